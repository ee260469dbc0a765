import { describe, expect, test } from "bun:test";
import { bytes, u16, u32 } from "../../capture/bytes-builder.test-support.ts";
import { fragmentPairs } from "./limits.ts";
import {
  countsOf,
  host,
  overIpv4,
  overIpv6,
  reasonsOf,
  rulesOf,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

const [tcp, udp, icmpv6] = [6, 17, 58];
const more = 0x2000;

interface Piece {
  /** In bytes, a multiple of 8. */
  offset: number;
  length: number;
  isMore?: boolean;
  identification?: number;
  protocol?: number;
  from?: number;
}

function piece({ offset, length, isMore = true, identification = 1, protocol = udp, from = host(1) }: Piece) {
  const fragment = offset / 8 + (isMore ? more : 0);
  const data = overIpv4(protocol, new Uint8Array(length).fill(0x50), { fragment, identification, from });
  return { data };
}

function piece6(
  { offset, length, isMore = true, identification = 1, protocol = icmpv6 }: Piece,
  before = "",
): TimedPacket {
  const header = bytes([protocol, 0], u16(offset + (isMore ? 1 : 0)), u32(identification));
  const chain = bytes(before, header, new Uint8Array(length));
  return { data: overIpv6(before === "" ? 44 : 0, chain) };
}

describe("pieces that overlap", () => {
  test.each<[string, Piece[], string]>([
    [
      "in order",
      [
        { offset: 0, length: 1480 },
        { offset: 1480, length: 100, isMore: false },
      ],
      "",
    ],
    [
      "the last first",
      [
        { offset: 1480, length: 100, isMore: false },
        { offset: 0, length: 1480 },
      ],
      "",
    ],
    [
      "a copy",
      [
        { offset: 0, length: 1480 },
        { offset: 0, length: 1480 },
      ],
      "",
    ],
    [
      "two packets",
      [
        { offset: 0, length: 1480 },
        { offset: 8, length: 80, identification: 2 },
      ],
      "",
    ],
    [
      "teardrop",
      [
        { offset: 0, length: 40 },
        { offset: 24, length: 8, isMore: false },
      ],
      "fragment-overlap",
    ],
    ["the ping of death", [{ offset: 65_528, length: 100, isMore: false }], "fragment-beyond"],
    ["the longest packet", [{ offset: 65_512, length: 23, isMore: false }], ""],
  ])("%s", (_, pieces, name) => {
    expect(rulesOf(pieces.map(piece)).at(-1)).toBe(name);
  });

  test("over IPv6", () => {
    const whole = [
      { offset: 0, length: 1400 },
      { offset: 1400, length: 8, isMore: false },
    ];
    expect(rulesOf(whole.map((one) => piece6(one)))).toEqual(["", ""]);
    const torn = [
      { offset: 0, length: 1400 },
      { offset: 1000, length: 8, isMore: false },
    ];
    expect(rulesOf(torn.map((one) => piece6(one)))).toEqual(["", "fragment-overlap"]);
  });

  test("a reason tells the place", () => {
    const reasons = reasonsOf([piece({ offset: 0, length: 40 }), piece({ offset: 24, length: 8 })]);
    expect(reasons[1]!.text).toBe("sends 10.0.0.2 bytes 24 to 31 of a packet once more, in other pieces");
  });
});

describe("a first piece that is tiny", () => {
  test.each<[string, TimedPacket, string]>([
    ["8 bytes of TCP, and more follow", piece({ offset: 0, length: 8, protocol: tcp }), "fragment-tiny"],
    ["a second piece within TCP's flags", piece({ offset: 8, length: 64, protocol: tcp }), "fragment-tiny"],
    ["24 bytes of TCP", piece({ offset: 0, length: 24, protocol: tcp }), ""],
    ["8 bytes of UDP", piece({ offset: 0, length: 8 }), ""],
    ["8 bytes over IPv6", piece6({ offset: 0, length: 8, protocol: tcp }), ""],
  ])("%s", (_, packet, name) => {
    expect(rulesOf([packet])).toEqual([name]);
  });

  test("is not one that only the snapshot cut", () => {
    const { data } = piece({ offset: 0, length: 1480, protocol: tcp });
    for (let kept = 34; kept < 60; kept++)
      expect(rulesOf([{ data: data.subarray(0, kept), wire: data.length }])).toEqual([""]);
  });
});

function begun(identification: number): TimedPacket {
  return piece6({ offset: 0, length: 8, identification }, "2c00 0104 00000000");
}

describe("packets begun and not finished", () => {
  test("over IPv6, behind a hop-by-hop header", () => {
    const counts = countsOf(times(100, (i) => ({ ...begun(i), at: i / 100 })));
    expect(counts).toEqual({ "fragments-unfinished": 80 });
    expect(reasonsOf(times(30, begun)).at(-1)!.text).toMatch(
      /^began 30 packets to 2001:db8::1:0 in 10 s and sent no further piece of them$/,
    );
  });

  test("are not those of long packets, each in its pieces", () => {
    const packets = times(100, (identification) => [
      piece({ offset: 0, length: 1480, identification }),
      piece({ offset: 1480, length: 500, isMore: false, identification }),
    ]);
    expect(countsOf(packets.flat())).toEqual({});
  });

  test("of ever new senders give way to each other", () => {
    const flood = times(fragmentPairs * 4, (i) => piece({ offset: 0, length: 64, from: host(100 + i) }));
    expect(reasonsOf(flood).at(-1)!.evicted).toBeGreaterThan(fragmentPairs);
  });
});
