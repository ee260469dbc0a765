/** The thread that hashes files, as many at a time as there are. */
import { createHash, type Hash } from "node:crypto";
import { answerRequests } from "./request-thread.ts";

export type HashRequest =
  | { kind: "update"; id: number; pieces: readonly Uint8Array[] }
  | { kind: "digest"; id: number }
  | { kind: "forget"; id: number };

/** The hash in hexadecimal, where it was asked for. */
export type HashAnswer = string | undefined;

const hashes = new Map<number, Hash>();

answerRequests((request: HashRequest): HashAnswer => {
  const { id } = request;
  const hash = hashes.get(id) ?? createHash("sha256");
  if (request.kind === "update") {
    hashes.set(id, hash);
    for (const piece of request.pieces) hash.update(piece);
    return undefined;
  }
  hashes.delete(id);
  return request.kind === "digest" ? hash.digest("hex") : undefined;
});
