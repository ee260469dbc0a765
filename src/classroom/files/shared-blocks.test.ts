import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "bun:test";
import { blockBytes, type Block } from "../protocol/v2/chunk-block.ts";
import { sharedWindowBytes } from "./limits.ts";
import { SharedBlocks } from "./shared-blocks.ts";

const content = Buffer.alloc(sharedWindowBytes + 5 * blockBytes + 1000, "some words of a file, ");
let reads: number[];
beforeEach(() => {
  reads = [];
});

const open = (bytes = content, size = bytes.length): SharedBlocks =>
  new SharedBlocks({
    size,
    async readAt(views, position) {
      reads.push(position);
      let at = position;
      for (const view of views) at += bytes.copy(view, 0, at);
      return at - position;
    },
  });
const data = ({ pieces }: Block): Buffer => Buffer.concat(pieces);
const sha256 = createHash("sha256").update(content).digest("hex");

test("thirty readers at one pace: each block is read once, and the hash is made on the way", async () => {
  const shared = open();
  for (let at = 0; at < content.length; at += blockBytes) {
    const blocks = await Promise.all(Array.from({ length: 30 }, () => shared.block(at)));
    expect(blocks.every((block) => block === blocks[0])).toBe(true);
    expect(data(blocks[0]!).equals(content.subarray(at, at + blockBytes))).toBe(true);
  }
  const count = Math.ceil(content.length / blockBytes);
  expect(await shared.sha256()).toBe(sha256);
  expect(await shared.sha256()).toBe(sha256);
  expect(reads).toEqual(Array.from({ length: count }, (_, i) => i * blockBytes));
  expect(shared.repeatedReads).toBe(0);
});

test("who is far behind reads again, and takes nothing from the others", async () => {
  const shared = open();
  for (let at = 0; at < content.length; at += blockBytes) await shared.block(at);
  const before = reads.length;
  expect(data(await shared.block(0)).equals(content.subarray(0, blockBytes))).toBe(true);
  expect(data(await shared.block(100)).equals(content.subarray(100, blockBytes))).toBe(true);
  expect([reads.length - before, shared.repeatedReads]).toEqual([2, 2]);
  await shared.block(content.length - (content.length % blockBytes));
  expect(reads.length - before).toBe(2);
});

test("who begins in the middle gets the hash of all of it", async () => {
  const shared = open();
  await shared.block(5 * blockBytes);
  await Promise.all([shared.hashTo(3 * blockBytes + 7), shared.hashTo(blockBytes)]);
  expect(await shared.sha256()).toBe(sha256);
  expect(new Set(reads).size).toBe(reads.length);
});

test("a file that is shorter by now is told", async () => {
  const shared = open(content.subarray(0, 10), 11);
  expect(shared.block(0)).rejects.toThrow("shorter");
});
