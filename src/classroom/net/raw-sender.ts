/**
 * Sends one raw file so that the original programs find its end. They look for `EOF` only at the end of what one
 * `recv(1024)` gave them, so the mark travels in one write with the last bytes, alone between two pauses.
 */
import { endMark, type RawSource } from "../protocol/raw-file.ts";
import { rawPauseMs, rawTailBytes } from "../protocol/limits.ts";
import type { Connection } from "./connection.ts";
import { rawChunkBytes, rawStallMs } from "./limits.ts";

/** How a transfer ended: `sent`, `gone` (the connection), `stalled` (no byte taken for long), `failed` (reading). */
export type RawOutcome = "sent" | "gone" | "stalled" | "failed";

/**
 * Sends the announcing frame, the file, and the mark; other frames wait meanwhile. One file at a time.
 * @param progress told the bytes handed to the system so far
 */
export async function sendRawFile(
  connection: Connection,
  announcement: Uint8Array,
  source: RawSource,
  progress?: (bytes: number) => void,
): Promise<RawOutcome> {
  const { queue } = connection;
  connection.send(announcement);
  queue.beginFile();
  try {
    let left = Math.max(0, source.size - rawTailBytes);
    let sent = 0;
    while (left > 0 && connection.isOpen) {
      const chunk = await source.read(Math.min(left, rawChunkBytes));
      if (chunk.length === 0) break;
      left -= chunk.length;
      sent += chunk.length;
      queue.sendRaw(chunk);
      if (!(await emptied(connection))) return "stalled";
      progress?.(sent);
    }
    const tail = await readTail(source, Math.min(source.size, rawTailBytes));
    if (!(await emptied(connection))) return "stalled";
    await Bun.sleep(rawPauseMs);
    queue.sendRaw(Buffer.concat([tail, endMark]));
    if (!(await emptied(connection))) return "stalled";
    progress?.(sent + tail.length);
    await Bun.sleep(rawPauseMs);
    return connection.isOpen ? "sent" : "gone";
  } catch {
    // The file cannot be read to its end: the mark alone tells the peer where it stops.
    await Bun.sleep(rawPauseMs);
    queue.sendRaw(endMark);
    await emptied(connection);
    await Bun.sleep(rawPauseMs);
    return "failed";
  } finally {
    queue.endFile();
  }
}

async function readTail(source: RawSource, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let left = bytes; left > 0;) {
    const part = await source.read(left);
    if (part.length === 0) break;
    parts.push(part);
    left -= part.length;
  }
  return Buffer.concat(parts);
}

/** @returns false where the reader took nothing for `rawStallMs` */
async function emptied(connection: Connection): Promise<boolean> {
  let timer: Timer | undefined;
  const stall = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), rawStallMs);
  });
  const done = await Promise.race([connection.whenEmpty().then(() => true), stall]);
  clearTimeout(timer);
  return done;
}
