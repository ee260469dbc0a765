/** What is asked of the thread that writes messages. */
import type { PruneBounds, PruneSlice } from "../../classroom/chat/message-store.ts";
import type { WrittenBatch } from "./message-writer.ts";

export type WriterRequest =
  | { kind: "open"; path: string }
  | { kind: "write"; batch: WrittenBatch }
  | { kind: "prune"; bounds: PruneBounds }
  | { kind: "close" };

/** Of `prune`. */
export type WriterAnswer = PruneSlice | undefined;
