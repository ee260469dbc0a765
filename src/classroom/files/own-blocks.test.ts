import { createHash } from "node:crypto";
import { expect, test } from "bun:test";
import { blockBytes } from "../protocol/v2/chunk-block.ts";
import { OwnBlocks } from "./own-blocks.ts";

const content = Buffer.from(
  Array.from({ length: 3 * blockBytes + 1000 }, (_, i) => (i * 31 + (i >> 8)) & 255),
);
const file = {
  size: content.length,
  async readAt(views: Uint8Array[], position: number) {
    let at = position;
    for (const view of views) at += content.copy(view, 0, at);
    return at - position;
  },
};
const sha256 = createHash("sha256").update(content).digest("hex");

test("two buffers by turns: a block is good until the second call after it", async () => {
  const blocks = new OwnBlocks(file);
  const first = await blocks.block(0);
  const second = await blocks.block(blockBytes);
  expect(Buffer.concat(first.pieces).equals(content.subarray(0, blockBytes))).toBe(true);
  const third = await blocks.block(2 * blockBytes);
  expect(third.framed.buffer).toBe(first.framed.buffer);
  expect(Buffer.concat(second.pieces).equals(content.subarray(blockBytes, 2 * blockBytes))).toBe(true);
  const last = await blocks.block(third.end);
  expect(Buffer.concat(last.pieces).equals(content.subarray(3 * blockBytes))).toBe(true);
  expect([last.end, await blocks.sha256()]).toEqual([content.length, sha256]);
});

test("from the middle on, what is before is hashed first; a hash that is known is not made again", async () => {
  const blocks = new OwnBlocks(file);
  await blocks.hashTo(blockBytes);
  for (let at = blockBytes; at < content.length;) at = (await blocks.block(at)).end;
  expect(await blocks.sha256()).toBe(sha256);
  expect(
    await new OwnBlocks({ ...file, readAt: () => Promise.reject(new Error("read")) }, "ab").sha256(),
  ).toBe("ab");
});
