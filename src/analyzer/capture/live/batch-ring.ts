/**
 * How packets get from the capturing thread to the one that counts: a ring of slots in shared memory, each a
 * packet batch. Nothing is copied on the way and nothing is made a packet. The capturing thread fills the
 * slots in turn and tells the other by a message; that one gives each back when it is done with it. While none
 * is free the capturing thread waits, and the kernel's buffer takes what comes, or counts what it drops.
 *
 *     0  stop    i32, 1 once the capture is to end
 *     4  given   i32, how many slots were given back, modulo 2^32: the capturing thread sleeps on it
 *     8  slots   each: seconds f64 × rows | offset | captured | wire | nanos, u32 × rows | bytes
 */
import { batchRows, liveSlotBytes, liveSlots } from "../../limits.ts";
import type { PacketBatch } from "../packet-batch.ts";

const headerBytes = 8;
const columnBytes = batchRows * (8 + 4 * 4);
const slotBytes = columnBytes + liveSlotBytes;

const word = { stop: 0, given: 1 } as const;

/** A batch whose memory both threads see. */
export interface RingSlot extends PacketBatch {
  readonly bytes: Uint8Array;
  /** Bytes taken so far, from the front. */
  used: number;
}

/** Shared memory for a ring, all zero. */
export function createRingMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + liveSlots * slotBytes);
}

/** One thread's view of the ring. Each thread makes its own over the same memory. */
export class BatchRing {
  readonly slots: readonly RingSlot[];
  private readonly words: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, 2);
    // One column of link types serves all slots: an interface has one link type, set by `setLinkType`.
    const linkType = new Uint16Array(batchRows);
    this.slots = Array.from({ length: liveSlots }, (_, i) =>
      slotAt(memory, headerBytes + i * slotBytes, linkType),
    );
  }

  /** The link type of every packet in this thread's view. */
  setLinkType(number: number): void {
    this.slots[0]!.linkType.fill(number);
  }

  /** Asks the capturing thread to end. */
  stop(): void {
    Atomics.store(this.words, word.stop, 1);
    Atomics.notify(this.words, word.given);
  }

  get isStopped(): boolean {
    return Atomics.load(this.words, word.stop) === 1;
  }

  /** Gives the oldest slot that was received back to the capturing thread. */
  giveBack(): void {
    Atomics.add(this.words, word.given, 1);
    Atomics.notify(this.words, word.given);
  }

  /**
   * Waits until the slot after `filled` earlier ones is free, or the capture is to end.
   * @param filled slots filled since the beginning
   * @returns that slot, or undefined at the end
   */
  nextFree(filled: number): RingSlot | undefined {
    for (;;) {
      const given = Atomics.load(this.words, word.given);
      if (((filled - given) | 0) < liveSlots) return this.slots[filled % liveSlots];
      if (this.isStopped) return undefined;
      Atomics.wait(this.words, word.given, given, 100);
    }
  }
}

function slotAt(memory: SharedArrayBuffer, start: number, linkType: Uint16Array): RingSlot {
  const numbers = start + batchRows * 8;
  const column = (i: number): Uint32Array => new Uint32Array(memory, numbers + i * batchRows * 4, batchRows);
  return {
    count: 0,
    used: 0,
    seconds: new Float64Array(memory, start, batchRows),
    offset: column(0),
    captured: column(1),
    wire: column(2),
    nanos: column(3),
    bytes: new Uint8Array(memory, start + columnBytes, liveSlotBytes),
    linkType,
  };
}
