/**
 * pcs itself: frames of both its protocols (classroom/protocol/frame.ts), so that a class can watch its own
 * messages cross the wire.
 *
 *      0        2              2+h          6+h
 *     | u16 h  | header       | u32 p      | payload       |     p at most 1 MiB
 */
import { headerNames } from "../../classroom/protocol/header.ts";
import { maxPayloadBytes } from "../../classroom/protocol/limits.ts";
import { v2HeaderNames } from "../../classroom/protocol/v2/header.ts";
import type { FrameKind } from "./frame-kind.ts";
import { startsWith, uint32 } from "./read-bytes.ts";

const kindOfHeader: Record<string, FrameKind> = {
  msg: "chat",
  to: "chat",
  file_transfer: "file",
  quiz_answer: "quiz",
  quiz_question: "quiz",
  m: "chat",
  say: "chat",
  p: "chat",
  tell: "chat",
  old: "chat",
  history: "chat",
  typing: "chat",
  offer: "file",
  accept: "file",
  chunk: "file",
  credit: "file",
  end: "file",
  received: "file",
  cancel: "file",
  quiz: "quiz",
  question: "quiz",
  answer: "quiz",
  result: "quiz",
};

function withKind(name: string): { name: string; kind: FrameKind } {
  return { name, kind: kindOfHeader[name] ?? "session" };
}

/** The headers of the first protocol, and the one that begins the second. */
const firstHeaders = [...new Set<string>([...headerNames, "hello"])].map(withKind);

/** Those of the second are short, and count only where pcs was seen before: it says hello first. */
const allHeaders = [...new Set<string>([...headerNames, ...v2HeaderNames])].map(withKind);

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
  for (const { name, kind } of started ? allHeaders : firstHeaders) {
    if (name.length !== length || !startsWith(bytes, start + 2, end, name)) continue;
    const at = start + 2 + length;
    if (at + 4 > end) return started ? kind : undefined;
    return uint32(bytes, at) <= maxPayloadBytes ? kind : undefined;
  }
  return undefined;
}
