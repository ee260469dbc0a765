/**
 * Parts of files, and how much of one may be sent:
 *
 *      chunk   | u32 transfer | u64 offset | data             1 to 256 KiB of data
 *      credit  | u32 transfer | u64 up to                     the offset that data may reach
 *
 * A credit is an offset and no amount, so that one that comes twice changes nothing.
 */
import { encodeFrame } from "../frame.ts";
import { readUint32, readUint64, writeUint32, writeUint64 } from "./binary.ts";
import { maxChunkBytes } from "./limits.ts";

/** Bytes in front of the data of a chunk, and all bytes of a credit. */
export const chunkHeadBytes = 12;

export interface Chunk {
  transfer: number;
  offset: number;
  /** The data is `bytes[start .. end)` of what was decoded. */
  start: number;
  end: number;
}

export interface Credit {
  transfer: number;
  upTo: number;
}

const chunkStart = encodeFrame("chunk", new Uint8Array(0)).subarray(0, -4);

/** Bytes of a chunk's frame in front of its data. */
export const chunkFrameHeadBytes = chunkStart.length + 4 + chunkHeadBytes;

export function encodeChunk(transfer: number, offset: number, data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(chunkFrameHeadBytes + data.length);
  writeChunkHead(frame, 0, transfer, offset, data.length);
  frame.set(data, chunkFrameHeadBytes);
  return frame;
}

/** Writes all of a chunk's frame that is in front of its data, for data that lies behind it or is sent behind it. */
export function writeChunkHead(
  target: Uint8Array,
  at: number,
  transfer: number,
  offset: number,
  dataBytes: number,
): void {
  target.set(chunkStart, at);
  const payload = at + chunkStart.length + 4;
  writeUint32(target, payload - 4, chunkHeadBytes + dataBytes);
  writeUint32(target, payload, transfer);
  writeUint64(target, payload + 4, offset);
}

/** Makes no copy. @returns undefined where it is empty, too long, or ends beyond 2^53 - 1 */
export function decodeChunk(bytes: Uint8Array, start: number, end: number): Chunk | undefined {
  const length = end - start - chunkHeadBytes;
  if (length < 1 || length > maxChunkBytes) return undefined;
  const offset = readUint64(bytes, start + 4);
  if (offset + length > Number.MAX_SAFE_INTEGER) return undefined;
  return { transfer: readUint32(bytes, start), offset, start: start + chunkHeadBytes, end };
}

export function encodeCredit({ transfer, upTo }: Credit): Uint8Array {
  const payload = new Uint8Array(chunkHeadBytes);
  writeUint32(payload, 0, transfer);
  writeUint64(payload, 4, upTo);
  return encodeFrame("credit", payload);
}

export function decodeCredit(bytes: Uint8Array, start: number, end: number): Credit | undefined {
  if (end - start !== chunkHeadBytes) return undefined;
  const upTo = readUint64(bytes, start + 4);
  return Number.isFinite(upTo) ? { transfer: readUint32(bytes, start), upTo } : undefined;
}
