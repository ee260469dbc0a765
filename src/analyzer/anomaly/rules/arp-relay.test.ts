import { expect, test } from "bun:test";
import {
  arpOf,
  datagram,
  host,
  overIpv4,
  reasonsOf,
  rulesOf,
  type TimedPacket,
} from "./rules.test-support.ts";

const [gateway, victim, far] = [host(1), host(7), 0x08080808];
const [gatewayCard, victimCard, strangerCard] = [101, 107, 66];
const data = datagram(4000, 4001, new Uint8Array(4));

function fromFar(through: number, at: number): TimedPacket {
  return { data: overIpv4(17, data, { from: far, to: victim, fromCard: through, toCard: victimCard }), at };
}

function toFar(through: number, at: number): TimedPacket {
  return { data: overIpv4(17, data, { from: victim, to: far, fromCard: victimCard, toCard: through }), at };
}

const poison: TimedPacket[] = [
  { data: arpOf(1, gatewayCard, gateway, victim), at: 0 },
  { data: arpOf(2, strangerCard, gateway, victim), at: 2 },
];

test("what goes through the card that took the gateway's address, both ways", () => {
  const packets = [fromFar(gatewayCard, 0.5), toFar(gatewayCard, 0.6), ...poison];
  const after = [fromFar(strangerCard, 3), toFar(strangerCard, 3.1), fromFar(strangerCard, 4)];
  const names = rulesOf([...packets, ...after]);
  expect(names.slice(-3)).toEqual(["arp-relay", "arp-relay", "arp-relay"]);
  expect(reasonsOf([...packets, ...after]).at(-1)!.text).toContain(
    "8.8.8.8 to 10.0.0.7 through 02:00:00:00:00:42",
  );
});

test("what goes on through the old card, and what changes cards without any claim", () => {
  const before = [fromFar(gatewayCard, 0.5), toFar(gatewayCard, 0.6)];
  expect(rulesOf([...before, ...poison, fromFar(gatewayCard, 3), toFar(gatewayCard, 3.1)]).slice(-2)).toEqual(
    ["", ""],
  );
  expect(rulesOf([...before, fromFar(strangerCard, 3), toFar(strangerCard, 3.1)])).toEqual(["", "", "", ""]);
});

test("addresses that several cards carried before say nothing", () => {
  const both = [fromFar(gatewayCard, 0.1), fromFar(120, 0.2), fromFar(gatewayCard, 0.3)];
  expect(rulesOf([...both, ...poison, fromFar(strangerCard, 3)]).at(-1)).toBe("");
});
