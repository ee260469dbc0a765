import { describe, expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import {
  countsOf,
  datagram,
  host,
  overIpv4,
  overIpv6,
  reasonsOf,
  rulesOf,
  segment,
  times,
} from "./rules.test-support.ts";

const data = datagram(4000, 4001, new Uint8Array(4));
const echo = bytes("0800 0000 0001 0001");

function withDestination(card: string, packet: Uint8Array): Uint8Array {
  return bytes(card, packet.subarray(6));
}

describe("addresses that a packet cannot honestly have", () => {
  test.each<[string, Uint8Array, string]>([
    ["from a group", overIpv4(17, data, { from: 0xe0000001 }), "impossible-source"],
    ["from everyone", overIpv4(17, data, { from: 0xffffffff }), "impossible-source"],
    [
      "from the machine itself, over a network",
      overIpv4(17, data, { from: 0x7f000001 }),
      "impossible-source",
    ],
    ["from itself, port and all", overIpv4(6, segment(80, 80, 2), { from: host(5), to: host(5) }), "land"],
    ["from a reserved address, which some networks use", overIpv4(17, data, { from: 0xfa3a7057 }), ""],
    ["from nobody yet", overIpv4(17, data, { from: 0, to: 0xffffffff }), ""],
    ["from itself to another port", overIpv4(6, segment(80, 81, 2), { from: host(5), to: host(5) }), ""],
    ["to a group", overIpv4(17, data, { to: 0xe00000fb }), ""],
    [
      "to itself on loopback",
      loopback(overIpv4(6, segment(80, 80, 2), { from: 0x7f000001, to: 0x7f000001 })),
      "",
    ],
    ["over IPv6", overIpv6(17, data), ""],
    ["over IPv6, from its own destination", overIpv6(17, datagram(9, 9, new Uint8Array(1)), 0x10000), "land"],
  ])("%s", (_, packet, name) => {
    expect(rulesOf([{ data: packet }])).toEqual([name]);
  });

  test("a reason names the address", () => {
    const [reason] = reasonsOf([{ data: overIpv4(17, data, { from: 0xe0000001 }) }]);
    expect(reason!.text).toBe("claims to come from 224.0.0.1");
  });
});

describe("echoes asked of everyone", () => {
  const asked = withDestination("ffffffffffff", overIpv4(1, echo, { to: host(255) }));

  test("again and again", () => {
    const counts = countsOf(times(60, (i) => ({ data: asked, at: i / 100 })));
    expect(counts["smurf"]).toBeGreaterThan(30);
  });

  test("once a second, as `ping -b` does", () => {
    expect(countsOf(times(60, (i) => ({ data: asked, at: i })))).toEqual({});
  });

  test("of one host, however often", () => {
    expect(countsOf(times(200, (i) => ({ data: overIpv4(1, echo), at: i / 100 })))).toEqual({});
  });
});

function loopback(packet: Uint8Array): Uint8Array {
  return bytes(new Uint8Array(12), packet.subarray(12));
}
