import { expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { memoryBytes } from "./capture-builder.test-support.ts";
import { gunzipBytes, isGzip } from "./gunzip-bytes.ts";

const content = new Uint8Array(300_000).map((_, i) => (i * i) >> 7);

async function inflate(compressed: Uint8Array): Promise<{ bytes: Uint8Array; problem: string | undefined }> {
  const source = gunzipBytes(memoryBytes(compressed, 1000));
  const parts: Uint8Array[] = [];
  const into = new Uint8Array(4096);
  for (let length = await source.read(into); length > 0; length = await source.read(into))
    parts.push(into.slice(0, length));
  await source.close();
  return { bytes: Buffer.concat(parts), problem: source.problem };
}

test("what was compressed comes back, also in several members", async () => {
  const member = gzipSync(content);
  const { bytes, problem } = await inflate(Buffer.concat([member, member]));
  expect(problem).toBeUndefined();
  expect(Buffer.compare(bytes, Buffer.concat([content, content]))).toBe(0);
});

test("a cut file gives what came before the cut, and says so", async () => {
  const member = gzipSync(content);
  const { bytes, problem } = await inflate(member.subarray(0, member.length >> 1));
  expect(problem).toBe("The compressed file ends too early; what came before counts.");
  expect(bytes.length).toBeGreaterThan(5000);
  expect(Buffer.compare(bytes, content.subarray(0, bytes.length))).toBe(0);
});

test("damage gives what came before it, and says so", async () => {
  const member = gzipSync(content);
  member.fill(0xff, member.length >> 1, (member.length >> 1) + 200);
  const { bytes, problem } = await inflate(member);
  expect(problem).toBe("The compressed file is damaged; what came before the damage counts.");
  expect(bytes.length).toBeGreaterThan(0);
});

test("only 1f 8b is gzip", () => {
  expect(isGzip(new Uint8Array([0x1f, 0x8b]))).toBe(true);
  expect(isGzip(new Uint8Array([0x1f]))).toBe(false);
  expect(isGzip(new Uint8Array([0xd4, 0xc3]))).toBe(false);
});
