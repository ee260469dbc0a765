/** Attacks that only a neighbour can make: on addresses, on who hands them out, on the switch between. */
import type { Attack } from "../attack.ts";
import { about, between, cardMac, gap, outsideIp, pick, randomText } from "../chance.ts";
import { dhcpFrame, dhcpKind, type DhcpFields } from "../dhcp-message.ts";
import { arpFrame, broadcastMac, ethernet, tcpFlag, tcpFrame } from "../frames.ts";
import { networkOf } from "../lan.ts";

/** Who has this address? For every address of the network, and those who are there answer. */
export const arpScan: Attack = ({ random, cast, emit }) => {
  const source = cast.host();
  const known = new Map(cast.neighbours(source).map((host) => [host.ip, host]));
  let last = 0;
  return (atUs) => {
    last = (last % 254) + 1;
    const targetIp = networkOf(source.ip) * 256 + last;
    if (targetIp === source.ip) return 1;
    const asked = {
      operation: 1 as const,
      senderMac: source.mac,
      senderIp: source.ip,
      targetMac: 0,
      targetIp,
    };
    emit(atUs, arpFrame(broadcastMac, asked, source.pads));
    const other = known.get(targetIp);
    if (other !== undefined) {
      const answer = { senderMac: other.mac, senderIp: other.ip, targetMac: source.mac, targetIp: source.ip };
      emit(atUs + about(random, 400, 0.6), arpFrame(source.mac, { operation: 2, ...answer }, other.pads));
    }
    return about(random, 4000, 0.5);
  };
};

/** Tells the victim that the gateway, and the gateway that the victim, is at the attacker's card: each 250 ms or so. */
export const arpSpoof: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const attacker = cast.neighbour(victim);
  const gateway = cast.gateway(victim);
  return (atUs) => {
    for (const [told, claimed] of [
      [victim, gateway],
      [gateway, victim],
    ] as const) {
      const lie = { senderMac: attacker.mac, senderIp: claimed.ip, targetMac: told.mac, targetIp: told.ip };
      emit(atUs + between(random, 20, 900), arpFrame(told.mac, { operation: 2, ...lie }, attacker.pads));
    }
    return about(random, 250_000, 0.5);
  };
};

/** Asks for an address with one made-up card after another, through offer and acceptance, until none is left. */
export const dhcpStarvation: Attack = ({ random, cast, emit }) => {
  const host = cast.host();
  const server = cast.gateway(host);
  let last = 20;
  return (atUs) => {
    const client = cardMac(random);
    const given = networkOf(host.ip) * 256 + (last = last >= 250 ? 20 : last + 1);
    const fields = { transaction: random.bits() >>> 0, client, hostName: randomText(random, 8), server };
    emit(atUs, dhcpFrame({ ...fields, kind: dhcpKind.discover, given: 0 }));
    const offeredUs = atUs + about(random, 1500, 0.5);
    emit(offeredUs, dhcpFrame({ ...fields, kind: dhcpKind.offer, given }));
    emit(offeredUs + about(random, 900, 0.5), dhcpFrame({ ...fields, kind: dhcpKind.request, given }));
    emit(offeredUs + about(random, 2600, 0.2), dhcpFrame({ ...fields, kind: dhcpKind.ack, given }));
    return gap(random, 30_000);
  };
};

/** A second server answers whoever asks for an address: first, and with itself as gateway. Who asks is ordinary. */
export const rogueDhcp: Attack = ({ random, cast, emit, emitOrdinary }) => {
  const host = cast.host();
  const server = cast.newcomer(host);
  return (atUs) => {
    const client = cast.newcomer(host);
    const fields: Omit<DhcpFields, "kind" | "given"> = {
      transaction: random.bits() >>> 0,
      client: client.mac,
      hostName: `${pick(random, ["android", "laptop", "desktop"])}-${randomText(random, 5)}`,
      server,
    };
    emitOrdinary(atUs, dhcpFrame({ ...fields, kind: dhcpKind.discover, given: 0 }));
    const offeredUs = atUs + about(random, 700, 0.5);
    emit(offeredUs, dhcpFrame({ ...fields, kind: dhcpKind.offer, given: client.ip }));
    emit(
      offeredUs + about(random, 900, 0.5),
      dhcpFrame({ ...fields, kind: dhcpKind.request, given: client.ip }),
    );
    emit(
      offeredUs + about(random, 2600, 0.2),
      dhcpFrame({ ...fields, kind: dhcpKind.ack, given: client.ip }),
    );
    return gap(random, 500_000);
  };
};

/** So many made-up cards that the switch forgets the real ones and sends all frames everywhere (macof). */
export const macFlood: Attack = ({ random, emit }) => {
  return (atUs) => {
    // The lowest bit of the first byte would make it a group.
    const mac = () => (random.below(0x1000000) & ~0x010000) * 0x1000000 + random.below(0x1000000);
    const end = () => ({ mac: mac(), ip: outsideIp(random), ttl: 64, pads: true });
    const fields = { flags: tcpFlag.syn, seq: random.bits(), window: 512 };
    emit(
      atUs,
      tcpFrame(end(), random.below(65_536), end(), random.below(65_536), fields, {
        id: random.below(65_536),
      }),
    );
    return gap(random, 2500);
  };
};

/** Bridge messages that claim the best priority there is, so that all traffic takes its way over the attacker. */
export const stpTakeover: Attack = ({ random, cast, emit }) => {
  const attacker = cast.host();
  return (atUs) => {
    // LLC 42 42 03 | configuration: protocol, version, type, flags | root | cost | bridge | port | four times in 1/256 s
    const bpdu = Buffer.alloc(38);
    bpdu.set(Buffer.from("4242030000000000", "hex"));
    bpdu.writeUIntBE(attacker.mac, 10, 6);
    bpdu.writeUIntBE(attacker.mac, 22, 6);
    bpdu.set(Buffer.from("80010000140002000f00", "hex"), 28);
    emit(atUs, ethernet(0x0180c2000000, attacker.mac, bpdu.length, bpdu));
    return about(random, 100_000, 0.5);
  };
};
