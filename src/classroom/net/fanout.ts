/**
 * One room's outgoing frames of the present tick, written once for everybody in it.
 *
 *      log     | frame | frame | frame | frame |
 *      cursor      ^a              ^b          ^length
 *
 * Each member has a cursor: what lies between it and the end is still due to it. At the end of the tick every
 * member gets its part in one write, straight out of the log, and the log begins anew. Only a member that is
 * behind keeps its part; the members that are share one copy. A reader may be in several rooms, with a cursor in
 * each.
 */
import { overheadOf, writeFrameStart } from "../protocol/frame.ts";
import { maxLogBytes } from "./limits.ts";
import type { SendQueue } from "./send-queue.ts";
import type { WriteTick } from "./write-tick.ts";

const firstLogBytes = 64 << 10;

/** A reader in a room, and how far it is within the room's log. */
export interface Membership {
  readonly fanout: Fanout;
  readonly queue: SendQueue;
  cursor: number;
}

export class Fanout {
  log = new Uint8Array(firstLogBytes);
  length = 0;
  #members = new Map<SendQueue, Membership>();
  #tick: WriteTick;
  /** The log is written out at the end of the tick. */
  #isDue = false;
  /** It is written out when the time for which news wait is over. */
  #isTimed = false;
  /** Parts of the log of this tick that those who are behind keep, by where they begin. */
  #retained = new Map<number, Uint8Array>();

  constructor(tick: WriteTick) {
    this.#tick = tick;
  }

  get size(): number {
    return this.#members.size;
  }

  /** From now on the reader gets this room's frames. */
  join(queue: SendQueue): void {
    if (this.#members.has(queue)) return;
    const membership = { fanout: this, queue, cursor: this.length };
    this.#members.set(queue, membership);
    queue.memberships.push(membership);
  }

  /** What was sent before stays due to the reader. */
  leave(queue: SendQueue): void {
    const membership = this.#members.get(queue);
    if (membership === undefined) return;
    queue.takeShared();
    this.#members.delete(queue);
    queue.memberships.splice(queue.memberships.indexOf(membership), 1);
    this.#tick.schedule(queue);
  }

  /** Sends whole frames to all, or to all but one. */
  send(frame: Uint8Array, except?: SendQueue): void {
    this.#append(frame, except);
    this.#commit(frame.length);
  }

  /** The same for small news: they may wait a little for more, and never change places with other frames. */
  sendNews(frame: Uint8Array, except?: SendQueue): void {
    this.#append(frame, except);
    this.length += frame.length;
    if (this.#isDue || this.#isTimed) return;
    this.#isTimed = true;
    this.#tick.scheduleNews(this.size, () => {
      this.#isTimed = false;
      this.flush();
    });
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
    except?: SendQueue,
  ): void {
    const at = this.#begin(header, prefix, bytes, start, end, 1, except);
    this.log[at] = 10;
    this.#commit(at + 1 - this.length);
  }

  /** The same without the line feed. */
  sendParts(
    header: Uint8Array,
    prefix: Uint8Array,
    bytes: Uint8Array,
    start: number,
    end: number,
    except?: SendQueue,
  ): void {
    const at = this.#begin(header, prefix, bytes, start, end, 0, except);
    this.#commit(at - this.length);
  }

  /** Writes a frame that has `more` bytes behind these. @returns where they belong */
  #begin(
    header: Uint8Array,
    prefix: Uint8Array,
    bytes: Uint8Array,
    start: number,
    end: number,
    more: number,
    except: SendQueue | undefined,
  ): number {
    const payload = prefix.length + end - start + more;
    const size = overheadOf(header.length) + payload;
    this.#reserve(size);
    this.#skip(except, size);
    const log = this.log;
    let at = writeFrameStart(log, this.length, header, payload);
    log.set(prefix, at);
    at += prefix.length;
    if (end - start < 32) for (let i = start; i < end; i++) log[at + i - start] = bytes[i]!;
    else log.set(bytes.subarray(start, end), at);
    return at + end - start;
  }

  /** Writes the log out to every member and begins a new one. */
  flush(): void {
    if (this.length === 0) return;
    for (const member of this.#members.values()) member.queue.flushShared(member);
    this.#retained.clear();
    this.length = 0;
    this.#isDue = false;
    for (const member of this.#members.values()) member.cursor = 0;
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

  #append(frame: Uint8Array, except: SendQueue | undefined): void {
    this.#reserve(frame.length);
    this.#skip(except, frame.length);
    this.log.set(frame, this.length);
  }

  #skip(except: SendQueue | undefined, size: number): void {
    if (except === undefined) return;
    const membership = this.#members.get(except);
    if (membership === undefined) return;
    except.takeShared();
    membership.cursor = this.length + size;
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
    if (this.#isDue) return;
    this.#isDue = true;
    this.#tick.scheduleFanout(this);
  }
}
