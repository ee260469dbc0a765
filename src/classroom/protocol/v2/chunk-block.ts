/**
 * A block of a file that is sent in chunks. It has room in front of each piece of its data for the head of a chunk,
 * so that the bytes of a disk are sent from where they were read to:
 *
 *      | head | 64 KiB of data | head | 64 KiB | head | 64 KiB | head | 64 KiB |
 */
import { chunkFrameHeadBytes, writeChunkHead } from "./chunk.ts";
import { pieceBytes } from "./limits.ts";

const piecesOfBlock = 4;
export const blockBytes = piecesOfBlock * pieceBytes;

export interface Block {
  /** Where its data begins in the file. */
  position: number;
  /** Where its data ends. */
  end: number;
  /** All of it, with the room for heads. */
  framed: Uint8Array;
  /** The pieces of data within `framed`. */
  pieces: Uint8Array[];
}

/** A file as blocks to send. */
export interface BlockSource {
  readonly size: number;
  /** Whether others send the same blocks, so that nothing may be written into their room for heads. */
  readonly isShared: boolean;
  /**
   * The block that begins at `position` or, where that is in the middle of one, the rest of it. A block that is not
   * shared is good until the second call after this one.
   * @throws where it cannot be read, or is not there any more
   */
  block(position: number): Promise<Block>;
  /** Hashes what is in front of `position`; costs nothing where all of it came through `block` in order. */
  hashTo(position: number): Promise<void>;
  /** @returns the SHA-256 of all of it */
  sha256(): Promise<string>;
  /** Nothing more is wanted of it. */
  close(): void;
}

/** How long so many bytes of data are with the room for heads. */
export function framedBytes(bytes: number): number {
  return bytes + Math.ceil(bytes / pieceBytes) * chunkFrameHeadBytes;
}

/** @param buffer is used where it is large enough. @returns the block from `position` on, its data not yet read */
export function layOutBlock(position: number, size: number, buffer?: Uint8Array): Block {
  const bytes = Math.min(size - position, blockBytes - (position % blockBytes));
  const length = framedBytes(bytes);
  const framed =
    buffer !== undefined && buffer.length >= length ? buffer.subarray(0, length) : new Uint8Array(length);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < length; at += chunkFrameHeadBytes + pieceBytes)
    pieces.push(framed.subarray(at + chunkFrameHeadBytes, at + chunkFrameHeadBytes + pieceBytes));
  return { position, end: position + bytes, framed, pieces };
}

/** Writes the heads, which makes the block whole frames. */
export function writeBlockHeads({ position, framed, pieces }: Block, transfer: number): void {
  let frame = 0;
  let offset = position;
  for (const { length } of pieces) {
    writeChunkHead(framed, frame, transfer, offset, length);
    frame += chunkFrameHeadBytes + length;
    offset += length;
  }
}
