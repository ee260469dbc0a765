import { createHash } from "node:crypto";
import { expect, test } from "bun:test";
import { OwnBlocks } from "../files/own-blocks.ts";
import { SharedBlocks } from "../files/shared-blocks.ts";
import { chunkFrameHeadBytes, decodeChunk } from "../protocol/v2/chunk.ts";
import type { BlockSource } from "../protocol/v2/chunk-block.ts";
import { ChunkSender, type ChunkTarget } from "./chunk-sender.ts";

const content = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));

/** A file as blocks, shared or not. */
function source(bytes: Buffer, size = bytes.length, isShared = false): BlockSource {
  const file = {
    size,
    async readAt(views: Uint8Array[], position: number) {
      let at = position;
      for (const view of views) at += bytes.copy(view, 0, at);
      return at - position;
    },
  };
  return isShared ? new SharedBlocks(file) : new OwnBlocks(file);
}

class Target {
  isOpen = true;
  isGone = false;
  sent: Buffer[] = [];
  offsets: number[] = [];
  queue = { queuedBytes: 0, flush() {} };
  /** One or several whole frames. */
  send(frames: Uint8Array): void {
    for (let at = 0; at < frames.length;) {
      const length = new DataView(frames.buffer, frames.byteOffset).getUint32(at + 7);
      const end = at + 11 + length;
      const chunk = decodeChunk(frames, at + 11, end)!;
      expect([chunk.transfer, chunk.start - at]).toEqual([7, chunkFrameHeadBytes]);
      this.offsets.push(chunk.offset);
      this.sent.push(Buffer.from(frames.subarray(chunk.start, chunk.end)));
      at = end;
    }
  }
  whenEmpty = async (): Promise<void> => {};
  asTarget(): ChunkTarget {
    return this as unknown as ChunkTarget;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("all of it in order, with the hash of all of it; from an offset on where part is there", async () => {
  for (const isShared of [false, true])
    for (const offset of [0, 1, 69_999, 70_000, 262_144, 300_000, content.length]) {
      const target = new Target();
      const sender = new ChunkSender(target.asTarget(), 7, source(content, content.length, isShared));
      sender.credit(content.length);
      expect(await sender.run(offset)).toEqual({ kind: "sent", sha256: sha256(content) });
      expect(Buffer.concat(target.sent).equals(content.subarray(offset))).toBe(true);
      expect(target.offsets[0]).toBe(offset === content.length ? undefined : offset);
    }
  const empty = new ChunkSender(new Target().asTarget(), 7, source(Buffer.alloc(0)));
  expect(await empty.run(0)).toEqual({ kind: "sent", sha256: sha256(Buffer.alloc(0)) });
});

test("never beyond the credit", async () => {
  const target = new Target();
  const sender = new ChunkSender(target.asTarget(), 7, source(content));
  const done = sender.run(0);
  const sentBytes = (): number => target.sent.reduce((sum, { length }) => sum + length, 0);
  for (const upTo of [0, 65_536, 100_000, 100_000, 300_000]) {
    sender.credit(upTo);
    await Bun.sleep(5);
    expect(sentBytes()).toBeLessThanOrEqual(upTo);
    expect(sentBytes()).toBe(upTo);
  }
  sender.credit(1e9);
  expect(await done).toMatchObject({ kind: "sent" });
  expect(sentBytes()).toBe(content.length);
});

test("how it ends otherwise", async () => {
  const stalled = new ChunkSender(new Target().asTarget(), 7, source(content), 10);
  expect(await stalled.run(0)).toEqual({ kind: "stalled" });
  const stopped = new ChunkSender(new Target().asTarget(), 7, source(content));
  setTimeout(() => stopped.stop(), 5);
  expect(await stopped.run(0)).toEqual({ kind: "stopped" });
  const gone = new Target();
  gone.isOpen = false;
  expect(await new ChunkSender(gone.asTarget(), 7, source(content)).run(0)).toEqual({ kind: "gone" });
  const short = new ChunkSender(new Target().asTarget(), 7, source(content, content.length + 1));
  short.credit(1e9);
  expect(await short.run(0)).toEqual({ kind: "failed" });
  const broken = new OwnBlocks({ size: 5, readAt: () => Promise.reject(new Error("EIO")) });
  expect(await new ChunkSender(new Target().asTarget(), 7, broken).run(0)).toEqual({ kind: "failed" });
});
