import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { pcapFile, readCapture } from "./capture-builder.test-support.ts";
import { bytes, u32 } from "./bytes-builder.test-support.ts";

const three = [
  { data: bytes("aabb"), seconds: 1_700_000_000, fraction: 1 },
  { data: bytes(""), wire: 60, seconds: 1_700_000_001, fraction: 999_999 },
  { data: bytes("01020304"), wire: 1500, seconds: 0xffffffff, fraction: 2 },
];

describe("pcap", () => {
  for (const little of [true, false])
    for (const [magic, nanosPerUnit] of [
      [0xa1b2c3d4, 1000],
      [0xa1b23c4d, 1],
      [0xa1b2cd34, 1000],
    ] as const)
      test(`magic ${magic.toString(16)}, ${little ? "little" : "big"} endian`, async () => {
        const { packets, linkTypes, warnings } = await readCapture(pcapFile(three, { little, magic }));
        expect(warnings).toEqual([]);
        expect(linkTypes).toEqual([1]);
        expect(packets).toEqual([
          { data: "aabb", wire: 2, seconds: 1_700_000_000, nanos: nanosPerUnit, linkType: 1 },
          { data: "", wire: 60, seconds: 1_700_000_001, nanos: 999_999 * nanosPerUnit, linkType: 1 },
          { data: "01020304", wire: 1500, seconds: 0xffffffff, nanos: 2 * nanosPerUnit, linkType: 1 },
        ]);
      });

  test("a fraction of more than a second is carried over", async () => {
    const { packets } = await readCapture(pcapFile([{ data: bytes("00"), seconds: 5, fraction: 2_500_000 }]));
    expect(packets[0]).toMatchObject({ seconds: 7, nanos: 500_000_000 });
  });

  test("version 2.2 has the two lengths the other way round", async () => {
    const content = pcapFile([{ data: bytes("0102") }], { minor: 2 });
    content.set(u32(100, true), 24 + 8);
    content.set(u32(2, true), 24 + 12);
    expect((await readCapture(content)).packets[0]).toMatchObject({ data: "0102", wire: 100 });
  });

  test("captured above the wire length is read as it stands", async () => {
    const { packets } = await readCapture(pcapFile([{ data: bytes("0102"), wire: 1 }]));
    expect(packets).toMatchObject([{ data: "0102", wire: 1 }]);
  });

  test("a snapshot length of billions allocates nothing and changes nothing", async () => {
    const { packets } = await readCapture(pcapFile(three, { snapLength: 0xffffffff }));
    expect(packets).toHaveLength(3);
  });

  test("a header before the packet that never crossed the wire is taken off", async () => {
    const content = pcapFile([{ data: bytes("00 7e01"), wire: 10 }], { linkType: 204 });
    expect((await readCapture(content)).packets[0]).toMatchObject({ data: "7e01", wire: 9 });
  });

  test("an impossible length ends the reading there, with a warning", async () => {
    const content = bytes(pcapFile(three), u32(1), u32(1), u32(0xfffffff0, true), u32(1));
    const { packets, warnings } = await readCapture(content);
    expect(packets).toHaveLength(3);
    expect(warnings).toEqual([
      "Packet 4 claims 4294967280 bytes, which no packet has: the file is damaged there, and what came before counts.",
    ]);
  });

  test("every truncation: the packets before it, and a warning unless it falls between packets", async () => {
    const content = pcapFile(three);
    const ends = [24, 42, 58, 78];
    for (let length = 24; length <= content.length; length++) {
      const { packets, warnings } = await readCapture(content.subarray(0, length), 7);
      expect(packets).toHaveLength(ends.findLastIndex((end) => end <= length));
      expect(warnings).toHaveLength(ends.includes(length) ? 0 : 1);
    }
    for (let length = 0; length < 24; length++)
      expect(readCapture(content.subarray(0, length))).rejects.toThrow(/\.$/);
  });

  test("other versions are refused in a sentence", () => {
    expect(readCapture(pcapFile([], { major: 3 }))).rejects.toThrow(
      "fixture is a pcap file of version 3.4, which pcs cannot read.",
    );
  });

  test("arbitrary bytes behind the header never throw", async () => {
    const header = pcapFile([]);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 64 }),
        async (tail, step) => {
          await readCapture(bytes(header, tail), step);
        },
      ),
    );
  });
});
