/** A live interface as a packet source: a thread captures, and this one receives whole batches from it. */
import { ExpectedError } from "../../../lib/errors.ts";
import { liveSlotBytes, liveSlots } from "../../limits.ts";
import type { PacketBatch } from "../packet-batch.ts";
import type { PacketSource } from "../packet-source.ts";
import { BatchRing, createRingMemory } from "./batch-ring.ts";
import type { WorkerNews, WorkerRequest } from "./live-messages.ts";

export type LiveOptions = Omit<WorkerRequest, "memory">;

/**
 * Opens an interface and starts to capture.
 * @throws ExpectedError with one sentence where that cannot be done
 */
export async function openLiveSource(options: LiveOptions): Promise<PacketSource> {
  const memory = createRingMemory();
  const worker = new Worker(workerAddress());
  const opened = new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }: { data: WorkerNews }) => {
      if (data.kind === "opened") resolve(data.linkType);
      else if (data.kind === "refused") reject(new ExpectedError(data.sentence));
    };
    worker.onerror = (event) => reject(new Error(event.message));
  });
  worker.postMessage({ ...options, memory });
  try {
    return new LiveSource(options.interfaceName, await opened, worker, new BatchRing(memory));
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** In the executable the worker is an entry point of its own (scripts/build.ts), and lies where it did in `src`. */
function workerAddress(): string | URL {
  return Bun.isStandaloneExecutable
    ? "./analyzer/capture/live/capture-worker.ts"
    : new URL("./capture-worker.ts", import.meta.url);
}

class LiveSource implements PacketSource {
  readonly kind = "interface";
  readonly name: string;
  readonly linkTypes: readonly number[];
  readonly warnings: string[] = [];
  readonly progress = {};
  dropped = 0;
  private readonly worker: Worker;
  private readonly ring: BatchRing;
  /** Packets and bytes in the slots that were filled and not taken yet, oldest first. */
  private readonly filled: { count: number; bytes: number }[] = [];
  private waitingBytes = 0;
  private taken = 0;
  private isHeld = false;
  private ended = false;
  private wake = (): void => {};

  constructor(name: string, linkType: number, worker: Worker, ring: BatchRing) {
    this.name = name;
    this.linkTypes = [linkType];
    this.worker = worker;
    this.ring = ring;
    ring.setLinkType(linkType);
    worker.onmessage = ({ data }: { data: WorkerNews }) => this.hear(data);
    worker.onerror = (event) => {
      this.warnings.push(`The capture ended by a fault inside pcs: ${event.message}.`);
      this.ended = true;
      this.wake();
    };
  }

  get isBusy(): boolean {
    return this.waitingBytes > liveSlotBytes / 4;
  }

  /** Full slots count, not many that hold little: behind the ring there is still the kernel's buffer. */
  get isBehind(): boolean {
    return this.waitingBytes > (liveSlotBytes * liveSlots) / 2;
  }

  async next(): Promise<PacketBatch | undefined> {
    if (this.isHeld) this.ring.giveBack();
    this.isHeld = false;
    for (;;) {
      const filled = this.filled.shift();
      if (filled === undefined) {
        if (this.ended) return undefined;
        await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      const slot = this.ring.slots[this.taken++ % this.ring.slots.length]!;
      slot.count = filled.count;
      this.waitingBytes -= filled.bytes;
      this.isHeld = true;
      return slot;
    }
  }

  stop(): void {
    this.ring.stop();
  }

  async close(): Promise<void> {
    this.ring.stop();
    while (!this.ended) {
      for (let i = this.filled.length; i > 0; i--) this.ring.giveBack();
      this.filled.length = 0;
      this.waitingBytes = 0;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.worker.terminate();
  }

  private hear(news: WorkerNews): void {
    if (news.kind === "batch") {
      this.dropped = news.dropped;
      this.filled.push({ count: news.count, bytes: news.bytes });
      this.waitingBytes += news.bytes;
    } else if (news.kind === "ended") {
      this.dropped = news.dropped;
      if (news.problem !== undefined) this.warnings.push(news.problem);
      this.ended = true;
    }
    this.wake();
  }
}
