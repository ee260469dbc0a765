/**
 * The outgoing side of one connection. What it promises:
 *
 * 1. Frames leave whole and in the order they were given, or the connection is closed.
 * 2. While nothing is blocked there is one write a tick, however many frames were given within it.
 * 3. A frame for many is never copied for one of them unless that one is behind.
 * 4. While a raw file runs, frames wait; they leave behind it, in order.
 * 5. No more than `maxBytes` wait, or one chunk alone. The chunk (a frame, or a room's frames of one tick) that
 *    would be over it is not taken, `onOverflow` is told once, and every later chunk is counted and dropped.
 * 6. Bytes given to it are kept by reference: the giver leaves them alone.
 */
import type { Fanout, Membership } from "./fanout.ts";
import { maxGatheredBytes, maxQueuedBytes } from "./limits.ts";
import type { WriteTick } from "./write-tick.ts";

/** Where the bytes go: a socket, or what stands for one in a test. */
export interface ByteWriter {
  /** Takes as much as it can at once. @returns the bytes taken, or -1 where it is closed */
  write(bytes: Uint8Array, start: number, length: number): number;
}

export class SendQueue {
  /** The rooms whose frames this reader gets; kept by `Fanout`. */
  readonly memberships: Membership[] = [];
  /** Chunks not taken because the queue was full or closed. */
  droppedChunks = 0;
  /** Told once, when the queue is full. */
  onOverflow: (() => void) | undefined;
  /** Told whenever the last waiting byte was taken by the writer. */
  onEmpty: (() => void) | undefined;
  #writer: ByteWriter;
  #tick: WriteTick;
  #maxBytes: number;
  #ready: Uint8Array[] = [];
  /** Bytes of `#ready[0]` that are written already. */
  #written = 0;
  #readyBytes = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #inFile = false;
  #blocked = false;
  #overflowed = false;
  #closed = false;

  constructor(writer: ByteWriter, tick: WriteTick, maxBytes = maxQueuedBytes) {
    this.#writer = writer;
    this.#tick = tick;
    this.#maxBytes = maxBytes;
  }

  /** Bytes that wait. */
  get queuedBytes(): number {
    return this.#readyBytes + this.#heldBytes;
  }

  /** Bytes that wait for the writer, and not for the end of a raw file. */
  get unwrittenBytes(): number {
    return this.#readyBytes;
  }

  /** True while a raw file runs; a second one has to wait for its end. */
  get inFile(): boolean {
    return this.#inFile;
  }

  /** Gives one whole frame (or several) to this reader alone. */
  send(frame: Uint8Array): void {
    this.takeShared();
    this.#push(frame);
    this.#tick.schedule(this);
  }

  /** From here on frames wait, and only `sendRaw` writes. */
  beginFile(): void {
    this.takeShared();
    this.#inFile = true;
  }

  /** Bytes of the raw file. Not bounded by itself: the giver waits for `onEmpty` before it gives more. */
  sendRaw(bytes: Uint8Array): void {
    if (this.#closed || bytes.length === 0) return;
    this.#ready.push(bytes);
    this.#readyBytes += bytes.length;
    this.#tick.schedule(this);
  }

  endFile(): void {
    this.#inFile = false;
    for (const frame of this.#held) this.#ready.push(frame);
    this.#readyBytes += this.#heldBytes;
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#readyBytes === 0) this.onEmpty?.();
    else this.#tick.schedule(this);
  }

  /** Takes the parts of its rooms' logs that this reader has not had, as copies of its own. */
  takeShared(): void {
    for (const membership of this.memberships) {
      const { fanout } = membership;
      if (membership.cursor >= fanout.length) continue;
      const range = fanout.copy(membership.cursor);
      membership.cursor = fanout.length;
      this.#push(range);
    }
  }

  /** Called at the end of a tick. */
  flush(): void {
    this.takeShared();
    this.#pump();
  }

  /** Called when the log of one of its rooms is about to be reset. */
  flushShared(membership: Membership): void {
    if (this.#closed) return;
    const { fanout, cursor } = membership;
    if (cursor < fanout.length) {
      membership.cursor = fanout.length;
      if (this.#blocked || this.#inFile || this.#readyBytes > 0) this.#push(fanout.retain(cursor));
      else return this.#writeShared(fanout, cursor);
    }
    this.#pump();
  }

  /** The writer has room again. */
  drained(): void {
    this.#blocked = false;
    this.#pump();
  }

  /** Forgets everything; nothing is taken any more. */
  close(): void {
    this.#closed = true;
    this.#ready = [];
    this.#held = [];
    this.#readyBytes = 0;
    this.#heldBytes = 0;
  }

  /**
   * Drops everything that waits but the rest of a frame that is half written, and puts `lastFrame` behind it.
   * @returns false where a raw file runs, within which no frame can be told
   */
  replaceAll(lastFrame: Uint8Array): boolean {
    if (this.#inFile || this.#closed) return false;
    const head = this.#ready[0];
    const rest =
      head === undefined || this.#written === 0 ? undefined : head.subarray(0, frameEnd(head, this.#written));
    this.#ready = rest === undefined ? [lastFrame] : [rest, lastFrame];
    this.#readyBytes = (rest === undefined ? 0 : rest.length - this.#written) + lastFrame.length;
    this.#tick.schedule(this);
    return true;
  }

  #writeShared(fanout: Fanout, from: number): void {
    const length = fanout.length - from;
    const taken = this.#writer.write(fanout.log, from, length);
    if (taken < 0) return this.close();
    if (taken < length) {
      // Whole, so that `replaceAll` finds the frames in it; what is written is counted off.
      this.#ready.push(fanout.retain(from));
      this.#written = taken;
      this.#readyBytes = length - taken;
      this.#blocked = true;
    } else this.onEmpty?.();
  }

  #push(frame: Uint8Array): void {
    if (this.#closed || this.#overflowed) {
      this.droppedChunks++;
      return;
    }
    if (this.queuedBytes + frame.length > this.#maxBytes && this.queuedBytes > 0) {
      this.#overflowed = true;
      this.droppedChunks++;
      this.onOverflow?.();
      return;
    }
    if (this.#inFile) {
      this.#held.push(frame);
      this.#heldBytes += frame.length;
    } else {
      this.#ready.push(frame);
      this.#readyBytes += frame.length;
    }
  }

  #pump(): void {
    if (this.#blocked || this.#closed || this.#readyBytes === 0) return;
    let next = 0;
    while (next < this.#ready.length) {
      const count = this.#countGathered(next);
      const bytes = count === 1 ? this.#ready[next]! : Buffer.concat(this.#ready.slice(next, next + count));
      const length = bytes.length - this.#written;
      const taken = this.#writer.write(bytes, this.#written, length);
      if (taken < 0) return this.close();
      this.#readyBytes -= taken;
      if (taken < length) {
        this.#blocked = true;
        this.#ready.splice(0, next + count, bytes);
        this.#written += taken;
        return;
      }
      this.#written = 0;
      next += count;
    }
    this.#ready = [];
    this.onEmpty?.();
  }

  /** How many chunks from `first` on go into one write. */
  #countGathered(first: number): number {
    let bytes = this.#ready[first]!.length;
    let count = 1;
    while (first + count < this.#ready.length) {
      bytes += this.#ready[first + count]!.length;
      if (bytes > maxGatheredBytes) break;
      count++;
    }
    return count;
  }
}

/** The end of the frame within `frames` that holds the byte before `at`. */
function frameEnd(frames: Uint8Array, at: number): number {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
  let end = 0;
  while (end < at) {
    const place = end + 2 + view.getUint16(end);
    end = place + 4 + view.getUint32(place);
  }
  return end;
}
