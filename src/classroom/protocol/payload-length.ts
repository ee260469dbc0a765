/**
 * How long a payload really is. A length counts bytes, but the original programs count characters, so that a
 * non-ASCII payload whose count is N may be N bytes or N characters. What follows N bytes tells: a known header
 * or silence means bytes, anything else (the rest of the text) means characters.
 */
import { headerCode, headerFollows } from "./header.ts";

/** What is known of how a peer counts. */
export type Counting = "unknown" | "bytes" | "characters";

/** Where a payload ends; `learnt` is set where this payload gave the peer's way of counting away. */
interface Found {
  kind: "found";
  end: number;
  ascii: boolean;
  learnt?: Counting;
}

export type PayloadLength =
  | Found
  /** not before `bytes` bytes are there in all, counted from the start of the buffer */
  | { kind: "need"; bytes: number }
  /** more bytes or silence will tell */
  | { kind: "ambiguous" };

/**
 * Finds the end of the payload that starts at `start` with the count `count`.
 * @param end how far the buffer is filled
 * @param silent the peer has been silent for `countSilenceMs`
 * @param fromServer the peer is a server: its `file_transfer` is a notice
 */
export function findPayloadEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  header: number,
  counting: Counting,
  silent: boolean,
  fromServer = false,
): PayloadLength {
  const byBytes = start + count;
  if (byBytes > end) return { kind: "need", bytes: byBytes };
  if (isAscii(bytes, start, byBytes)) return { kind: "found", end: byBytes, ascii: true };
  if (counting === "bytes") return { kind: "found", end: byBytes, ascii: false };
  if (counting === "characters") return endOfCharacters(bytes, start, end, count);
  // Raw bytes follow a file_transfer, so nothing can be learnt from what comes next.
  if (header === headerCode.file_transfer)
    return fromServer
      ? endOfNotice(bytes, start, end, count, silent)
      : endOfCharacters(bytes, start, end, count);
  const follows = headerFollows(bytes, byBytes, end);
  if (follows === "yes" || (follows === "perhaps" && silent))
    return { kind: "found", end: byBytes, ascii: false, learnt: "bytes" };
  if (follows === "perhaps") return { kind: "ambiguous" };
  const found = endOfCharacters(bytes, start, end, count);
  return found.kind === "found" ? { ...found, learnt: "characters" } : found;
}

/**
 * A server's notice of a file tells by its own end: the original ends it with a line feed and counts characters;
 * pcs counts bytes and has no line feed in it. Where too little follows to tell, silence means bytes.
 */
function endOfNotice(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  silent: boolean,
): PayloadLength {
  const found = endOfCharacters(bytes, start, end, count);
  if (found.kind === "need" && !silent) return { kind: "ambiguous" };
  if (found.kind === "found" && bytes.indexOf(0x0a, start) === found.end - 1)
    return { ...found, learnt: "characters" };
  return { kind: "found", end: start + count, ascii: false, learnt: "bytes" };
}

function endOfCharacters(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
): Found | { kind: "need"; bytes: number } {
  let at = start;
  for (let left = count; left > 0; left--) {
    // Each character that is missing takes at least one byte more.
    if (at >= end) return { kind: "need", bytes: at + left };
    at += characterBytes(bytes[at]!);
  }
  return at <= end ? { kind: "found", end: at, ascii: false } : { kind: "need", bytes: at };
}

/** Bytes of the UTF-8 character that begins with `lead` (RFC 3629 §3); a byte that begins none counts as one. */
function characterBytes(lead: number): number {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xc0 && lead < 0xe0 ? 2 : 1;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 127) return false;
  return true;
}
