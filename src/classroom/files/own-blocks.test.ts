import { createHash } from "node:crypto";
import { expect, test } from "bun:test";
import { blockBytes, type Block } from "../protocol/v2/chunk-block.ts";
import { OwnBlocks } from "./own-blocks.ts";

const content = Buffer.from(
  Array.from({ length: 11 * blockBytes + 1000 }, (_, i) => (i * 31 + (i >> 8)) & 255),
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

const holds = ({ position, end, pieces }: Block): boolean =>
  Buffer.concat(pieces).equals(content.subarray(position, end));

test.each([1, 4])(
  "two buffers by turns of %d blocks: a block is good until the second call after it",
  async (blocksAtOnce) => {
    const blocks = new OwnBlocks(file, { blocksAtOnce });
    const buffers = new Set<ArrayBufferLike>();
    let before: Block | undefined;
    for (let at = 0; at < content.length;) {
      const block = await blocks.block(at);
      // What is read ahead meanwhile is read into the other buffer.
      await Bun.sleep(1);
      expect([block.position, holds(block)]).toEqual([at, true]);
      if (before !== undefined) expect(holds(before)).toBe(true);
      buffers.add(block.framed.buffer);
      before = block;
      at = block.end;
    }
    expect(before?.end).toBe(content.length);
    expect(buffers.size).toBe(2);
    expect(await blocks.sha256()).toBe(sha256);
  },
);

test("it reads each place once, and no more than a buffer ahead", async () => {
  let readTo = 0;
  const counted = {
    size: content.length,
    readAt(views: Uint8Array[], position: number) {
      expect(position).toBe(readTo);
      for (const { length } of views) readTo += length;
      return file.readAt(views, position);
    },
  };
  const blocks = new OwnBlocks(counted, { blocksAtOnce: 4 });
  for (let at = 0; at < content.length; at = (await blocks.block(at)).end)
    expect(readTo).toBeLessThanOrEqual(at + 2 * 4 * blockBytes);
  expect(readTo).toBe(content.length);
});

test("from any place on, in the middle of a block, too", async () => {
  for (const from of [1, blockBytes - 1, 2 * blockBytes + 70_000, content.length - 1]) {
    const blocks = new OwnBlocks(file, { blocksAtOnce: 4 });
    await blocks.hashTo(from);
    for (let at = from; at < content.length;) {
      const block = await blocks.block(at);
      expect([block.position, holds(block)]).toEqual([at, true]);
      at = block.end;
    }
    expect(await blocks.sha256()).toBe(sha256);
    blocks.close();
  }
});

test("from the middle on, what is before is hashed first; a hash that is known is not made again", async () => {
  const blocks = new OwnBlocks(file);
  await blocks.hashTo(blockBytes);
  for (let at = blockBytes; at < content.length;) at = (await blocks.block(at)).end;
  expect(await blocks.sha256()).toBe(sha256);
  expect(
    await new OwnBlocks(
      { ...file, readAt: () => Promise.reject(new Error("read")) },
      { sha256: "ab" },
    ).sha256(),
  ).toBe("ab");
});
