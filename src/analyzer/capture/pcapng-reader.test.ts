import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { ExpectedError } from "../../lib/errors.ts";
import { bytes, u32 } from "./bytes-builder.test-support.ts";
import { pcapngBlocks, readCapture } from "./capture-builder.test-support.ts";

const data = bytes("0102030405");

describe("pcapng", () => {
  for (const little of [true, false])
    test(`every kind of packet block, ${little ? "little" : "big"} endian`, async () => {
      const ng = pcapngBlocks(little);
      const content = bytes(
        ng.section(),
        ng.block(0xbad, new Uint8Array(20)),
        ng.interface(1),
        ng.interface(101, 3, ng.option(9, bytes([9])), ng.option(14, bytes(new Uint8Array(8)))),
        ng.enhanced(0, 0, 1_500_000, data, 60),
        ng.simple(data, 5),
        ng.obsolete(1, 0, 2_000_000_007, data),
      );
      expect((await readCapture(content)).packets).toEqual([
        { data: "0102030405", wire: 60, seconds: 1, nanos: 500_000_000, linkType: 1 },
        { data: "0102030405", wire: 5, seconds: Number.NaN, nanos: 0, linkType: 1 },
        { data: "0102030405", wire: 5, seconds: 2, nanos: 7, linkType: 101 },
      ]);
    });

  test("each section has its own byte order and interfaces", async () => {
    const [first, second] = [pcapngBlocks(true), pcapngBlocks(false)];
    const content = bytes(
      first.section(),
      first.interface(1),
      first.enhanced(0, 0, 0, data),
      second.section(),
      second.interface(101),
      second.enhanced(0, 0, 0, data),
    );
    const { packets, linkTypes } = await readCapture(content);
    expect(packets.map((packet) => packet.linkType)).toEqual([1, 101]);
    expect(linkTypes).toEqual([1, 101]);
  });

  test("a simple packet is cut at the snapshot length of the first interface", async () => {
    const ng = pcapngBlocks();
    const { packets } = await readCapture(
      bytes(ng.section(), ng.interface(1, 3), ng.simple(bytes("010203"), 90)),
    );
    expect(packets[0]).toMatchObject({ data: "010203", wire: 90 });
  });

  test("packets that interfaces lost are counted over all sections", async () => {
    const ng = pcapngBlocks(false);
    const lost = (count: number): Uint8Array => ng.option(5, bytes(u32(0), u32(count)));
    const section = [ng.section(), ng.interface(), ng.statistics(0, lost(3)), ng.statistics(0, lost(5))];
    expect((await readCapture(bytes(...section, ...section))).dropped).toBe(10);
  });

  test("blocks larger than memory are passed over", async () => {
    const ng = pcapngBlocks();
    const huge = ng.block(0xbad, new Uint8Array(3 << 20));
    const content = bytes(ng.section(), ng.interface(), ng.enhanced(0, 0, 1, data));
    const large = new Uint8Array(content.length + huge.length + content.length);
    large.set(content);
    large.set(huge, content.length);
    large.set(content, content.length + huge.length);
    expect((await readCapture(large)).packets).toHaveLength(2);
  });

  test("a packet block of many comments makes the window grow", async () => {
    const ng = pcapngBlocks();
    const block = ng.block(6, u32(0), u32(0), u32(0), u32(4, true), u32(4, true), bytes("01020304"));
    const long = new Uint8Array(block.length + (2 << 20));
    long.set(block);
    const length = u32(long.length, true);
    long.set(length, 4);
    long.set(length, long.length - 4);
    const start = bytes(ng.section(), ng.interface());
    const content = new Uint8Array(start.length + long.length);
    content.set(start);
    content.set(long, start.length);
    expect((await readCapture(content)).packets).toMatchObject([{ data: "01020304" }]);
  });

  const ng = pcapngBlocks();
  const start = bytes(ng.section(), ng.interface(), ng.enhanced(0, 0, 1, data));
  for (const [name, block, warning] of [
    ["a length below the smallest", bytes(u32(6, true), u32(8, true), u32(8, true)), "a length of 8 bytes"],
    ["a length that is no multiple of 4", bytes(u32(6, true), u32(33, true), new Uint8Array(40)), "33 bytes"],
    ["a length of billions", bytes(u32(6, true), u32(0xfffffffc, true), u32(0)), "a length of 4294967292"],
    ["two lengths that differ", bytes(ng.simple(data).subarray(0, -4), u32(1)), "two different lengths"],
    ["a packet longer than its block", oversized(), "a packet of 500 bytes"],
    ["a packet of an unknown interface", ng.enhanced(7, 0, 0, data), "interface 7, which is none"],
    ["a section of version 2", ng.section(2), "version 2 of the format"],
  ] as const)
    test(`${name} ends the reading there`, async () => {
      const { packets, warnings } = await readCapture(bytes(start, block, start));
      expect(packets).toHaveLength(1);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(`Block 4 has`);
      expect(warnings[0]).toContain(warning);
    });

  test("every truncation: what came before counts", async () => {
    const content = bytes(start, ng.simple(data), ng.block(0xbad, new Uint8Array(8)));
    const whole = await readCapture(content);
    expect(whole.warnings).toEqual([]);
    for (let length = 28; length < content.length; length++) {
      const { packets, warnings } = await readCapture(content.subarray(0, length), 11);
      expect(packets).toEqual(whole.packets.slice(0, packets.length));
      expect(warnings.length).toBeLessThanOrEqual(1);
    }
  });

  test("arbitrary bytes behind a section never throw", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 64 }),
        async (tail, step) => {
          await readCapture(bytes(start, tail), step);
        },
      ),
    );
  });

  test("any byte changed is a capture or one sentence", async () => {
    const content = bytes(start, ng.statistics(0, ng.option(5, new Uint8Array(8))), ng.simple(data));
    for (let at = 12; at < content.length; at++)
      for (const value of [0, 1, 0x7f, 0xff])
        await readCapture(content.with(at, value)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(ExpectedError);
        });
  });
});

function oversized(): Uint8Array {
  const made = pcapngBlocks().enhanced(0, 0, 0, data);
  made.set(u32(500, true), 20);
  return made;
}
