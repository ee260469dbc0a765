/** What is remembered about contexts of one kind (senders, receivers, pairs, shapes): one slot each. */
import { ContextTable } from "./context-table.ts";
import { DecayingCounts } from "./decaying-counts.ts";
import { DistinctCounts } from "./distinct-counts.ts";

export interface ContextShape {
  slots: number;
  /** How many sums are kept, and how many sets of different things. */
  sums: number;
  sets: number;
  /** Seconds after which what is summed counts 1/e, and the length of a window of different things. */
  timeConstant: number;
}

/** Three times the time constant a context's activity lasts against others that want its slot. */
const activitySpan = 3;

export class Context {
  readonly table: ContextTable;
  private readonly sums: DecayingCounts;
  private readonly sets: readonly DistinctCounts[];

  constructor({ slots, sums, sets, timeConstant }: ContextShape) {
    this.table = new ContextTable(slots, activitySpan * timeConstant);
    this.sums = new DecayingCounts(slots, sums, [timeConstant]);
    this.sets = Array.from({ length: sets }, () => new DistinctCounts(slots, timeConstant));
  }

  /**
   * The key's slot, its sums brought to `time` (seconds); an empty one where the key had none. Sets are
   * brought to their time when they are used, as most packets bring nothing new to them.
   */
  touch(high: number, low: number, time: number): number {
    const slot = this.table.touch(high, low, time);
    if (!this.table.isFresh) {
      this.sums.advance(slot, time);
      return slot;
    }
    this.sums.reset(slot, time);
    for (const set of this.sets) set.reset(slot, time);
    return slot;
  }

  addTo(slot: number, sum: number, amount: number): void {
    this.sums.add(slot, sum, amount);
  }

  note(slot: number, set: number, hash: number, time: number): void {
    this.sets[set]!.advance(slot, time);
    this.sets[set]!.add(slot, hash);
  }

  sum(slot: number, sum: number): number {
    return this.sums.sum(slot, sum, 0);
  }

  different(slot: number, set: number, time: number): number {
    this.sets[set]!.advance(slot, time);
    return this.sets[set]!.count(slot);
  }

  /** A sum of a context that may not be there: 0 then. */
  sumOf(high: number, low: number, time: number, sum: number): number {
    const slot = this.table.find(high, low);
    if (slot < 0) return 0;
    this.sums.advance(slot, time);
    return this.sums.sum(slot, sum, 0);
  }
}
