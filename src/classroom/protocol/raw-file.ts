/**
 * Where a raw file of the first protocol ends. The sender writes the file's bytes and then `EOF`, with no length
 * in front, and a file may hold those three bytes itself. So `EOF` ends the file only when silence or a whole
 * frame follows it; otherwise it was data.
 */
import { headerFollows } from "./header.ts";
import { maxPayloadBytes } from "./limits.ts";

const E = 0x45;
const O = 0x4f;
const F = 0x46;

export const endMark = new Uint8Array([E, O, F]);

/** A file to read from front to back. */
export interface RawSource {
  /** Length in bytes, as it was when the file was opened. */
  readonly size: number;
  /** @returns up to `bytes` bytes from where the last call ended; empty at the end, also of a file that shrank */
  read(bytes: number): Promise<Uint8Array>;
}

/** What `scanRawFile` found: `data` bytes of the file up to there, and why it stopped. */
export interface RawScan {
  /** bytes of `bytes[start .. dataEnd)` are data */
  dataEnd: number;
  /** `ended`: the mark lies at `dataEnd`; `silence`: it may, and silence would tell; `more`: no mark in sight */
  state: "ended" | "silence" | "more";
}

/**
 * Looks for the end of a raw file.
 * @param silent the sender has been silent for `fileEndSilenceMs`
 */
export function scanRawFile(bytes: Uint8Array, start: number, end: number, silent: boolean): RawScan {
  let at = start;
  for (;;) {
    const mark = findMark(bytes, at, end);
    if (mark < 0) return { dataEnd: end - markBegun(bytes, at, end), state: "more" };
    const behind = mark + endMark.length;
    const frame = frameFollows(bytes, behind, end);
    if (frame === "yes" || (frame === "perhaps" && silent)) return { dataEnd: mark, state: "ended" };
    if (frame === "perhaps") return { dataEnd: mark, state: "silence" };
    at = behind;
  }
}

/** Whether a whole frame stands at `start`; a part of one, or nothing at all, is `perhaps`. */
function frameFollows(bytes: Uint8Array, start: number, end: number): "yes" | "no" | "perhaps" {
  const header = headerFollows(bytes, start, end);
  if (header !== "yes") return header;
  const place = start + 2 + bytes[start + 1]!;
  if (place + 4 > end) return "perhaps";
  const payload =
    bytes[place]! * 0x1000000 + (bytes[place + 1]! << 16) + (bytes[place + 2]! << 8) + bytes[place + 3]!;
  if (payload > maxPayloadBytes) return "no";
  return place + 4 + payload <= end ? "yes" : "perhaps";
}

/** By the native search: a loop over every `E` is slow on files full of them. */
function findMark(bytes: Uint8Array, start: number, end: number): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).indexOf(endMark);
  return at < 0 ? -1 : start + at;
}

/** How many of the last bytes could be the beginning of a mark that is cut: 0, 1 or 2. */
function markBegun(bytes: Uint8Array, start: number, end: number): number {
  if (end - start >= 2 && bytes[end - 2] === E && bytes[end - 1] === O) return 2;
  return end > start && bytes[end - 1] === E ? 1 : 0;
}
