/** Selections by what their filters mean: those asked for last are kept, and brought up to date when asked again. */
import { maxKeptSelections } from "../limits.ts";
import type { PacketStore } from "../store/packet-store.ts";
import { asksForScores } from "./compile-filter.ts";
import type { Filter } from "./filter-node.ts";
import { Selection } from "./selection.ts";

export class Selections {
  readonly store: PacketStore;
  private readonly kept = new Map<string, Selection>();
  private readonly limit: number;
  private readonly mask: Uint8Array;

  constructor(store: PacketStore, limit = maxKeptSelections) {
    this.store = store;
    this.limit = limit;
    this.mask = new Uint8Array(store.chunkRows);
  }

  /**
   * The packets that are stored now and for which the filter holds.
   * @param threshold the lowest score that is flagged; undefined where nothing is
   */
  select(filter: Filter, threshold?: number): Selection {
    const key = asksForScores(filter.node) ? `${filter.key} at ${threshold}` : filter.key;
    const selection = this.kept.get(key) ?? new Selection(this.store, filter, threshold);
    // Those asked for last stand last.
    this.kept.delete(key);
    this.kept.set(key, selection);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.limit) break;
      this.kept.delete(oldest);
    }
    selection.update(this.mask, threshold);
    return selection;
  }
}
