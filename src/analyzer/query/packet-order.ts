/**
 * The packets of a selection by a column, as their numbers: all of them at once, because a list scrolls through them,
 * and kept until something else is asked for. Equal ones stand in their own order, and those without a value last.
 */
import { notJudged, type StoreChunk } from "../store/store-chunk.ts";
import type { Selection } from "./selection.ts";

/** Columns by which packets are sorted whole. */
export type PacketColumn = "time" | "size" | "score";

/** Above every place in a selection: a value and a place share one number. */
const places = 2 ** 21;
const largest = 0xffffffff;

export class PacketOrder {
  private kept: { selection: Selection; version: number; by: string; numbers: Uint32Array } | undefined;

  /** The numbers of all selected packets in that order; valid until the store changes. */
  numbers(selection: Selection, column: PacketColumn, descending: boolean): Uint32Array {
    const { version } = selection;
    const by = `${descending ? "-" : ""}${column}`;
    const { kept } = this;
    if (kept?.selection === selection && kept.version === version && kept.by === by) return kept.numbers;
    const numbers =
      column === "time" ? byTime(selection, descending) : byNumber(selection, column, descending);
    this.kept = { selection, version, by, numbers };
    return numbers;
  }
}

/** Values and places in one column, which is then sorted as numbers are. */
function byNumber(selection: Selection, column: "size" | "score", descending: boolean): Uint32Array {
  const { count } = selection;
  const keys = new Float64Array(count);
  const numbers = new Uint32Array(count);
  let filled = 0;
  for (const { chunk, rows, count, number } of selection.rows())
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const value = column === "size" ? chunk.wire[row]! : scoreOf(chunk, row, descending);
      keys[filled] = (descending ? largest - value : value) * places + filled;
      numbers[filled++] = number + row;
    }
  keys.sort();
  return Uint32Array.from(keys, (key) => numbers[key % places]!);
}

/** Packets that were not judged stand behind all others, whatever the direction. */
function scoreOf({ score }: StoreChunk, row: number, descending: boolean): number {
  return score[row] === notJudged && descending ? 0 : score[row]! + 1;
}

/** Mostly they are in this order as they came. */
function byTime(selection: Selection, descending: boolean): Uint32Array {
  const { count } = selection;
  const seconds = new Float64Array(count);
  const nanos = new Uint32Array(count);
  const numbers = new Uint32Array(count);
  let filled = 0;
  let isSorted = true;
  for (const { chunk, rows, count, number } of selection.rows())
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      seconds[filled] = chunk.seconds[row]!;
      nanos[filled] = chunk.nanos[row]!;
      numbers[filled] = number + row;
      if (filled > 0 && !isInOrder(seconds, nanos, filled)) isSorted = false;
      filled++;
    }
  if (isSorted && !descending) return numbers;
  const sign = descending ? -1 : 1;
  const order = isSorted ? reversed(seconds, nanos) : numbers.map((_, i) => i);
  if (!isSorted)
    order.sort((a, b) => {
      const missing = Number(Number.isNaN(seconds[a]!)) - Number(Number.isNaN(seconds[b]!));
      if (missing !== 0 || Number.isNaN(seconds[a]!)) return missing || a - b;
      return sign * (seconds[a]! - seconds[b]! || nanos[a]! - nanos[b]!) || a - b;
    });
  return order.map((i) => numbers[i]!);
}

function isInOrder(seconds: Float64Array, nanos: Uint32Array, i: number): boolean {
  return seconds[i]! > seconds[i - 1]! || (seconds[i] === seconds[i - 1] && nanos[i]! >= nanos[i - 1]!);
}

/** The places from the last moment to the first; those of one moment stay in their order. */
function reversed(seconds: Float64Array, nanos: Uint32Array): Uint32Array {
  const order = new Uint32Array(seconds.length);
  let filled = 0;
  for (let end = seconds.length; end > 0;) {
    let start = end - 1;
    while (start > 0 && seconds[start] === seconds[start - 1] && nanos[start] === nanos[start - 1]) start--;
    for (let i = start; i < end; i++) order[filled++] = i;
    end = start;
  }
  return order;
}
