/** How many packets one thread has counted, for another one that must not be ahead of it. */
const place = { packets: 0, ended: 1 } as const;

export class PacketCount {
  readonly memory: SharedArrayBuffer;
  private readonly words: BigInt64Array;

  /** @param memory of the other thread's count */
  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.words = new BigInt64Array(memory);
  }

  static create(): PacketCount {
    return new PacketCount(new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT));
  }

  add(packets: number): void {
    Atomics.add(this.words, place.packets, BigInt(packets));
    Atomics.notify(this.words, place.packets);
  }

  /** No more will be counted. */
  end(): void {
    Atomics.store(this.words, place.ended, 1n);
    Atomics.notify(this.words, place.packets);
  }

  /** Waits, and blocks, until `wanted` packets are counted or no more will be. @returns how many are */
  waitFor(wanted: number): number {
    for (;;) {
      const isEnded = Atomics.load(this.words, place.ended) !== 0n;
      const counted = Atomics.load(this.words, place.packets);
      if (isEnded || counted >= wanted) return Number(counted);
      // The end does not change the count, and may come just before the wait.
      Atomics.wait(this.words, place.packets, counted, longestWaitMs);
    }
  }
}

const longestWaitMs = 20;
