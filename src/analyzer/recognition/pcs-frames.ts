/**
 * pcs itself: frames of both its protocols (classroom/protocol/frame.ts), so that a class can watch its own
 * messages cross the wire.
 *
 *      0        2              2+h          6+h
 *     | u16 h  | header       | u32 p      | payload       |     p at most 1 MiB
 */
import { headerNames } from "../../classroom/protocol/header.ts";
import { maxPayloadBytes } from "../../classroom/protocol/limits.ts";
import type { FrameKind } from "./frame-kind.ts";
import { startsWith, uint32 } from "./read-bytes.ts";

const kindOfHeader: Record<string, FrameKind> = {
  msg: "chat",
  to: "chat",
  file_transfer: "file",
  quiz_answer: "quiz",
  quiz_question: "quiz",
};

/** The headers of the first protocol, and the one that begins the second. */
const headers = [...headerNames, "hello"].map((name) => ({ name, kind: kindOfHeader[name] ?? "session" }));

/**
 * What the frame at `start` is about, or undefined where none begins there.
 * @param started whether pcs was seen in this flow: then a header that ends early will do
 */
export function frameKindAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  started: boolean,
): FrameKind | undefined {
  if (start + 4 > end || bytes[start] !== 0) return undefined;
  const length = bytes[start + 1]!;
  for (const { name, kind } of headers) {
    if (name.length !== length || !startsWith(bytes, start + 2, end, name)) continue;
    const at = start + 2 + length;
    if (at + 4 > end) return started ? kind : undefined;
    return uint32(bytes, at) <= maxPayloadBytes ? kind : undefined;
  }
  return undefined;
}
