import { describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { ExpectedError } from "../../lib/errors.ts";
import { bytes } from "./bytes-builder.test-support.ts";
import { pcapFile, pcapngBlocks, readCapture } from "./capture-builder.test-support.ts";
import { openCaptureStream } from "./open-capture.ts";

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
    "fixture is no capture: it is neither pcap nor pcapng.",
  );
  expect(readCapture(gzipSync("hello"))).rejects.toThrow(
    "fixture is no capture: it is neither pcap nor pcapng.",
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

test("arbitrary bytes are a capture or one sentence", async () => {
  const starts = ["", "d4c3b2a1 02000400", "0a0d0d0a", "1f8b08"].map((start) => bytes(start));
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
