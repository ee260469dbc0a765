/** What the main thread and the thread that writes messages tell each other. */
import type { WrittenBatch } from "./message-writer.ts";

export type WriterRequest =
  { kind: "open"; path: string } | { kind: "write"; batch: WrittenBatch } | { kind: "close" };

/** Requests are answered in their order, each once. */
export type WriterNews =
  | { kind: "done" }
  /** Nothing of it was written; one sentence. */
  | { kind: "failed"; sentence: string }
  /** A fault inside pcs, with its stack. */
  | { kind: "fault"; text: string };
