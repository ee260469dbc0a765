import { expect, test } from "bun:test";
import { bytes } from "./bytes-builder.test-support.ts";
import { readCapture } from "./capture-builder.test-support.ts";
import { maxCommentBytes } from "../limits.ts";
import { CaptureEncoder, type CaptureFormat } from "./capture-encoder.ts";

function encoded(format: CaptureFormat, linkTypes: number[], fill: (encoder: CaptureEncoder) => void) {
  const parts: Uint8Array[] = [];
  const sink = (part: Uint8Array): unknown => parts.push(part.slice());
  const encoder = new CaptureEncoder({ format, linkTypes, interfaceName: "é", sink, bufferBytes: 1000 });
  fill(encoder);
  encoder.flush();
  return { content: bytes(...parts), pieces: parts.length };
}

test("packets of several link types in one pcapng file", async () => {
  const { content, pieces } = encoded("pcapng", [1, 113], (encoder) => {
    for (let i = 0; i < 100; i++) encoder.add(i % 2, new Uint8Array(i).fill(i), i + 1, i, 999_999_999);
    encoder.addStatistics(3, 1);
  });
  const { packets, dropped, linkTypes, warnings } = await readCapture(content);
  expect({ linkTypes, dropped, warnings }).toEqual({ linkTypes: [1, 113], dropped: 3, warnings: [] });
  expect(packets).toHaveLength(100);
  expect(packets[99]).toEqual({
    data: "63".repeat(99),
    wire: 100,
    seconds: 99,
    nanos: 999_999_999,
    linkType: 113,
  });
  expect(pieces).toBeGreaterThan(5);
});

test("a packet without a time gets that of 1970, and pcap has no statistics", async () => {
  for (const format of ["pcap", "pcapng"] as const) {
    const { content } = encoded(format, [101], (encoder) => {
      encoder.add(0, bytes("4500"), 20, Number.NaN, 0);
      encoder.addStatistics(0, 1);
    });
    expect((await readCapture(content)).packets).toEqual([
      { data: "4500", wire: 20, seconds: 0, nanos: 0, linkType: 101 },
    ]);
  }
});

test("comments of any length lie between the packets, cut between characters where they are too long", async () => {
  const comments = [
    "",
    "a",
    "ab",
    "abc",
    "abcd",
    "é".repeat(maxCommentBytes),
    `x${"é".repeat(maxCommentBytes)}`,
  ];
  const parts: Uint8Array[] = [];
  const sink = (part: Uint8Array): unknown => parts.push(part.slice());
  const encoder = new CaptureEncoder({ format: "pcapng", linkTypes: [1], interfaceName: "", sink });
  for (const comment of comments) encoder.add(0, bytes("010203"), 3, 7, 0, new TextEncoder().encode(comment));
  encoder.flush();
  const content = bytes(...parts);
  const { packets, warnings } = await readCapture(content);
  expect(warnings).toEqual([]);
  expect(packets).toEqual(
    comments.map(() => ({ data: "010203", wire: 3, seconds: 7, nanos: 0, linkType: 1 })),
  );
  const text = new TextDecoder("utf-8", { fatal: true });
  const found: string[] = [];
  const view = new DataView(content.buffer);
  for (let at = 0; at < content.length; at += view.getUint32(at + 4, true)) {
    if (view.getUint32(at, true) !== 6) continue;
    const options = at + 28 + 4;
    const isLast = options + 4 === at + view.getUint32(at + 4, true);
    const length = isLast ? 0 : view.getUint16(options + 2, true);
    found.push(text.decode(content.subarray(options + 4, options + 4 + length)));
  }
  expect(found).toEqual(comments.map((comment) => comment.slice(0, maxCommentBytes / 2)));
});
