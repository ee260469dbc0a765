/**
 * Sends one raw file so that the original programs find its end. They look for `EOF` only at the end of what one
 * `recv(1024)` gave them, so the mark travels in one write with the last bytes, alone between two pauses.
 */
import { rawPauseMs, rawTailBytes } from "../protocol/limits.ts";
import { endMark, type RawSource } from "../protocol/raw-file.ts";
import type { Connection } from "./connection.ts";
import { rawChunkBytes, rawStallMs } from "./limits.ts";

/**
 * How a transfer ended: `sent`, `gone` (the connection), `stalled` (no byte taken for long), `failed` (the file
 * could not be read to the length it had, and its beginning was sent as a whole file).
 */
export type RawOutcome = "sent" | "gone" | "stalled" | "failed";

/** What is needed of a connection. */
export type RawTarget = Pick<Connection, "send" | "queue" | "whenEmpty" | "isOpen" | "isGone">;

const defaultTimes = { pauseMs: rawPauseMs, stallMs: rawStallMs };

/**
 * Sends the announcing frame, the file, and the mark; other frames wait meanwhile. One file at a time. A connection
 * that is being closed meanwhile is given the rest, so that no part of a file passes for the whole.
 * @param progress told the bytes handed to the system so far
 */
export async function sendRawFile(
  target: RawTarget,
  announcement: Uint8Array,
  source: RawSource,
  progress?: (bytes: number) => void,
  times = defaultTimes,
): Promise<RawOutcome> {
  if (!target.isOpen) return "gone";
  const { queue } = target;
  target.send(announcement);
  queue.beginFile();
  try {
    // Whoever does not know yet how we count takes a pause behind a name that is not ASCII for bytes
    // (`payload-length.ts`).
    if (announcement.some((byte) => byte > 127)) {
      const blocked = await untilEmpty(target, times.stallMs);
      if (blocked !== undefined) return blocked;
      await Bun.sleep(times.pauseMs);
    }
    const bodyBytes = Math.max(0, source.size - rawTailBytes);
    let sent = 0;
    while (sent < bodyBytes) {
      const chunk = await readUpTo(source, Math.min(bodyBytes - sent, rawChunkBytes));
      if (chunk.length === 0) break;
      sent += chunk.length;
      queue.sendRaw(chunk);
      const blocked = await untilEmpty(target, times.stallMs);
      if (blocked !== undefined) return blocked;
      progress?.(sent);
    }
    // Of a file that ends early the mark alone tells where.
    const tail = sent < bodyBytes ? new Uint8Array(0) : await readUpTo(source, source.size - sent);
    let blocked = await untilEmpty(target, times.stallMs);
    if (blocked !== undefined) return blocked;
    await Bun.sleep(times.pauseMs);
    queue.sendRaw(Buffer.concat([tail, endMark]));
    blocked = await untilEmpty(target, times.stallMs);
    if (blocked !== undefined) return blocked;
    progress?.(sent + tail.length);
    await Bun.sleep(times.pauseMs);
    return sent + tail.length < source.size ? "failed" : "sent";
  } finally {
    queue.endFile();
  }
}

/** Reads so many bytes, or fewer where the file ends or cannot be read any further. */
async function readUpTo(source: RawSource, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  try {
    for (let left = bytes; left > 0;) {
      const part = await source.read(left);
      if (part.length === 0) break;
      parts.push(part);
      left -= part.length;
    }
  } catch {
    // Told by the length.
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** @returns undefined when the system has every byte, else why it never will */
async function untilEmpty(target: RawTarget, stallMs: number): Promise<"gone" | "stalled" | undefined> {
  for (;;) {
    const before = target.queue.unwrittenBytes;
    let timer: Timer | undefined;
    const stall = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), stallMs);
    });
    const late = await Promise.race([target.whenEmpty(), stall]);
    clearTimeout(timer);
    if (target.isGone) return "gone";
    if (late === undefined) return undefined;
    if (target.queue.unwrittenBytes >= before) return "stalled";
  }
}
