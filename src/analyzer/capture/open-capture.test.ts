import { describe, expect, test } from "bun:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import * as fc from "fast-check";
import { ExpectedError } from "../../lib/errors.ts";
import { bytes } from "./bytes-builder.test-support.ts";
import { memoryBytes, pcapFile, pcapngBlocks, readCapture } from "./capture-builder.test-support.ts";
import { openCapture, openCaptureStream } from "./open-capture.ts";

const packet = { data: bytes("0102"), seconds: 7 };
const ng = pcapngBlocks();

describe("the format is told by the content", () => {
  const plain = pcapFile([packet]);
  const sections = bytes(ng.section(), ng.interface(), ng.enhanced(0, 0, 7_000_000, packet.data));
  for (const [name, content] of [
    ["pcap", plain],
    ["pcapng", sections],
    ["gzip of pcap", gzipSync(plain)],
    ["gzip of pcapng", gzipSync(sections)],
    ["zstd of pcap", zstdCompressSync(plain)],
    ["zstd of pcapng", zstdCompressSync(sections)],
  ] as const)
    for (const step of [1, 1 << 16])
      test(`${name}, ${step} bytes at a time`, async () => {
        const { packets, warnings } = await readCapture(content, step);
        expect(warnings).toEqual([]);
        expect(packets).toEqual([{ data: "0102", wire: 2, seconds: 7, nanos: 0, linkType: 1 }]);
      });
});

test("what is no capture is refused in one sentence", () => {
  expect(readCapture(bytes(""))).rejects.toThrow("fixture is empty, and so no capture.");
  expect(readCapture(bytes("68656c6c6f"))).rejects.toThrow(
    "fixture is no capture: it is neither pcap nor pcapng nor snoop.",
  );
  expect(readCapture(gzipSync("hello"))).rejects.toThrow(
    "fixture is no capture: it is neither pcap nor pcapng nor snoop.",
  );
});

test("standard input is called by its name", () => {
  const stream = new Blob(["hello, this is no capture"]).stream();
  expect(openCaptureStream(stream)).rejects.toThrow("standard input is no capture");
});

test("more packets than a batch holds", async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({ data: bytes([i & 0xff]), seconds: i }));
  const { packets } = await readCapture(pcapFile(many));
  expect(packets).toHaveLength(20_000);
  expect(packets[19_999]).toMatchObject({ data: "1f", seconds: 19_999 });
});

test("every packet is found again where its batch says", async () => {
  const many = Array.from({ length: 40_000 }, (_, i) => ({
    data: bytes([i & 0xff, i >> 8], new Uint8Array(60)),
  }));
  const unknown = ng.block(0x0bad, new Uint8Array(3_000_000));
  const blocks = many.map(({ data }, i) => ng.enhanced(0, 0, i, data));
  const files = [
    pcapFile(many),
    bytes(ng.section(), ng.interface(), ...blocks, unknown, ...blocks.slice(0, 9)),
  ];
  for (const content of files) {
    const source = await openCapture("file", "fixture", memoryBytes(content, 100_000));
    let seen = 0;
    for (let batch = await source.next(); batch !== undefined; batch = await source.next())
      for (let i = 0; i < batch.count; i++) {
        const at = batch.position! + batch.offset[i]!;
        const wanted = batch.bytes.subarray(batch.offset[i], batch.offset[i]! + batch.captured[i]!);
        expect(Buffer.compare(content.subarray(at, at + wanted.length), wanted)).toBe(0);
        expect(content[at]! | (content[at + 1]! << 8)).toBe(seen++ % 40_000);
      }
    expect(seen).toBeGreaterThanOrEqual(40_000);
    await source.close();
  }
});

describe("what no capture should hold", () => {
  const far = 0xffffffff;
  test("a captured length above the wire length, nothing at all, a snapshot length of billions, 1970 and 2106", async () => {
    const odd = [
      { data: bytes("010203"), wire: 1 },
      { data: bytes(""), wire: 0, seconds: far, fraction: 999_999 },
      { data: bytes(""), wire: far },
    ];
    const read = [
      { data: "010203", wire: 1, seconds: 0, nanos: 0, linkType: 1 },
      { data: "", wire: 0, seconds: far, nanos: 999_999_000, linkType: 1 },
      { data: "", wire: far, seconds: 0, nanos: 0, linkType: 1 },
    ];
    expect(await readCapture(pcapFile(odd, { snapLength: far }))).toMatchObject({
      packets: read,
      warnings: [],
    });
    const blocks = [ng.enhanced(0, 0, 0, bytes("010203"), 1), ng.enhanced(0, far, far, bytes(""), far)];
    const { packets, warnings } = await readCapture(bytes(ng.section(), ng.interface(1, far), ...blocks));
    expect(warnings).toEqual([]);
    expect(packets[0]).toMatchObject({ data: "010203", wire: 1, seconds: 0 });
    expect(packets[1]).toMatchObject({ data: "", wire: far, seconds: 18_446_744_073_709 });
  });

  test("block lengths that overlap: what came before counts", async () => {
    const block = ng.enhanced(0, 0, 7, bytes("01020304"));
    for (const length of [0, 8, 12, 28, 32, 35, 44, 0x7fffffff, far]) {
      const odd = new Uint8Array(block);
      new DataView(odd.buffer).setUint32(4, length, true);
      const { packets, warnings } = await readCapture(bytes(ng.section(), ng.interface(), block, odd, block));
      expect([length, packets.length]).toEqual([length, 1]);
      expect(warnings).toEqual([expect.stringMatching(/^(Block 4 has|The file ends in the middle of) /)]);
    }
  });

  test("a million interfaces take a bounded place, and their packets are counted as dropped", async () => {
    const one = ng.interface();
    const many = new Uint8Array(one.length * 1_000_000);
    for (let at = 0; at < many.length; at += one.length) many.set(one, at);
    const packets = [0, 65_535, 65_536, 999_999].map((id) => ng.enhanced(id, 0, 7, packet.data));
    const before = process.memoryUsage().heapUsed;
    const read = await readCapture(bytes(ng.section(), many, ...packets), 1 << 20);
    expect([read.packets.length, read.dropped]).toEqual([2, 2]);
    expect(read.warnings).toEqual(["934464 interfaces are too many; packets of these are dropped."]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });
});

test("arbitrary bytes are a capture or one sentence", async () => {
  const starts = ["", "d4c3b2a1 02000400", "0a0d0d0a", "1f8b08", "28b52ffd", "736e6f6f70000000 00000002"].map(
    (start) => bytes(start),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, tail) => {
      try {
        await readCapture(bytes(start, tail));
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        expect(error.message).toMatch(/^[^\n]+\.$/);
      }
    }),
  );
});
