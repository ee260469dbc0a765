/** The thread that hashes files, as many at a time as there are. */
import { createHash, type Hash } from "node:crypto";
import { readSync, readvSync } from "node:fs";
import { answerRequests } from "./request-thread.ts";

export type HashRequest =
  | { kind: "update"; id: number; pieces: readonly Piece[] }
  | { kind: "read"; id: number; file: number; position: number; pieces: readonly Piece[] }
  | { kind: "digest"; id: number }
  | { kind: "forget"; id: number };

/**
 * What is hashed: a view, which makes the thread an object as large as all of its buffer for the garbage collector; or
 * a place in a buffer that this file sent before, or sends now to be kept under the number.
 */
export type Piece = Uint8Array | { buffer: number; kept?: SharedArrayBuffer; start: number; length: number };

/** The hash in hexadecimal, or how many bytes were read, where that was asked for. */
export type HashAnswer = string | number | undefined;

const files = new Map<number, { hash: Hash; buffers: Uint8Array[] }>();

answerRequests((request: HashRequest): HashAnswer => {
  const { id } = request;
  const file = files.get(id) ?? { hash: createHash("sha256"), buffers: [] };
  if (request.kind === "update") {
    files.set(id, file);
    for (const piece of request.pieces) file.hash.update(bytesOf(piece, file.buffers));
    return undefined;
  }
  if (request.kind === "read") {
    files.set(id, file);
    const pieces = request.pieces.map((piece) => bytesOf(piece, file.buffers));
    const bytes = readInto(request.file, pieces, request.position);
    for (const piece of pieces) file.hash.update(piece);
    return bytes;
  }
  files.delete(id);
  return request.kind === "digest" ? file.hash.digest("hex") : undefined;
});

function bytesOf(piece: Piece, buffers: Uint8Array[]): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  const { buffer, kept, start, length } = piece;
  if (kept !== undefined) buffers[buffer] = new Uint8Array(kept);
  return buffers[buffer]!.subarray(start, start + length);
}

/** Fills the pieces, however little the system gives at once. @returns bytes read, fewer only at the end of the file */
function readInto(file: number, pieces: Uint8Array[], position: number): number {
  let total = readvSync(file, pieces, position);
  let end = 0;
  for (const piece of pieces) {
    const start = end;
    end += piece.length;
    for (let at = Math.max(start, total); at < end; at = total) {
      const bytes = readSync(file, piece, at - start, end - at, position + at);
      if (bytes === 0) return total;
      total += bytes;
    }
  }
  return total;
}
