/**
 * One room's outgoing frames of the present tick, written once for everybody in it.
 *
 *      log     | frame | frame | frame | frame |
 *      cursor      ^a              ^b          ^length
 *
 * Each member has a cursor: what lies between it and the end is still due to it. At the end of the tick every
 * member gets its part in one write, straight out of the log, and the log begins anew. Only a member that is
 * behind keeps its part; the members that are share one copy.
 */
import { overheadOf, writeFrameStart } from "../protocol/frame.ts";
import { maxLogBytes } from "./limits.ts";
import type { SendQueue } from "./send-queue.ts";
import type { WriteTick } from "./write-tick.ts";

const firstLogBytes = 64 << 10;

export class Fanout {
  log = new Uint8Array(firstLogBytes);
  length = 0;
  #members = new Set<SendQueue>();
  #tick: WriteTick;
  /** Parts of the log of this tick that those who are behind keep, by where they begin. */
  #retained = new Map<number, Uint8Array>();

  constructor(tick: WriteTick) {
    this.#tick = tick;
    tick.addFanout(this);
  }

  get size(): number {
    return this.#members.size;
  }

  /** From now on the reader gets this room's frames. */
  join(queue: SendQueue): void {
    queue.cursor = this.length;
    queue.fanout = this;
    this.#members.add(queue);
  }

  /** What was sent before stays due to the reader. */
  leave(queue: SendQueue): void {
    if (!this.#members.delete(queue)) return;
    queue.takeShared();
    queue.fanout = undefined;
    this.#tick.schedule(queue);
  }

  /** Sends whole frames to all, or to all but one. */
  send(frame: Uint8Array, except?: SendQueue): void {
    this.#reserve(frame.length);
    this.#skip(except, frame.length);
    this.log.set(frame, this.length);
    this.#commit(frame.length);
  }

  /**
   * Sends one frame whose payload is `prefix`, `bytes[start .. end)` and a line feed, without making it first.
   */
  sendLine(
    header: Uint8Array,
    prefix: Uint8Array,
    bytes: Uint8Array,
    start: number,
    end: number,
    except: SendQueue,
  ): void {
    const payload = prefix.length + end - start + 1;
    const size = overheadOf(header.length) + payload;
    this.#reserve(size);
    this.#skip(except, size);
    const log = this.log;
    let at = writeFrameStart(log, this.length, header, payload);
    log.set(prefix, at);
    at += prefix.length;
    if (end - start < 32) for (let i = start; i < end; i++) log[at + i - start] = bytes[i]!;
    else log.set(bytes.subarray(start, end), at);
    log[at + end - start] = 10;
    this.#commit(size);
  }

  /** Writes the log out to every member and begins a new one. */
  flush(): void {
    if (this.length === 0) return;
    for (const member of this.#members) member.flush();
    this.#retained.clear();
    this.length = 0;
    for (const member of this.#members) member.cursor = 0;
  }

  /** A copy of the log from `from` on, for a member that leaves the shared path within the tick. */
  copy(from: number): Uint8Array {
    return this.log.slice(from, this.length);
  }

  /** The log from `from` on, to be kept beyond this tick. Only for calls out of `flush`. */
  retain(from: number): Uint8Array {
    // One copy a tick for all who are equally behind: cheaper than to grow a new log, and whoever is due a little
    // of a long log keeps only that little alive.
    let part = this.#retained.get(from);
    if (part === undefined) this.#retained.set(from, (part = this.copy(from)));
    return part;
  }

  #skip(except: SendQueue | undefined, size: number): void {
    if (except === undefined || !this.#members.has(except)) return;
    except.takeShared();
    except.cursor = this.length + size;
  }

  #reserve(size: number): void {
    if (this.length > 0 && this.length + size > maxLogBytes) this.flush();
    if (this.length + size <= this.log.length) return;
    const larger = new Uint8Array(Math.max(this.log.length * 2, this.length + size));
    larger.set(this.log.subarray(0, this.length));
    this.log = larger;
  }

  #commit(size: number): void {
    this.length += size;
    this.#tick.scheduleFanouts();
  }
}
