/** Rows in an order, as many as are asked for, without sorting all of them where that can be saved. */

/**
 * The first `limit` of the numbers from 0 to `count` in the order of `compare`.
 * @param compare orders any two different numbers
 */
export function firstInOrder(
  count: number,
  compare: (a: number, b: number) => number,
  limit: number,
): number[] {
  // Kept several times as long as needed, and cut back whenever it is full.
  const room = Math.max(256, limit * 8);
  let kept: number[] = [];
  let worst = -1;
  for (let i = 0; i < count; i++) {
    if (worst >= 0 && compare(i, worst) > 0) continue;
    kept.push(i);
    if (kept.length < room) continue;
    kept = kept.sort(compare).slice(0, limit);
    worst = kept.at(-1) ?? -1;
  }
  return kept.sort(compare).slice(0, limit);
}

/** What stands in a column of a row; of several texts the first counts. */
export type Cell = number | string | readonly string[] | null | undefined;

/** The order of two cells: numbers by value, texts by code unit, nothing behind everything. */
export function compareCells(a: Cell, b: Cell, descending: boolean): number {
  const isNothingA = isNothing(a);
  const isNothingB = isNothing(b);
  if (isNothingA || isNothingB) return Number(isNothingA) - Number(isNothingB);
  const order = typeof a === "number" && typeof b === "number" ? a - b : compareTexts(textOf(a), textOf(b));
  return descending ? -order : order;
}

function isNothing(cell: Cell): boolean {
  return cell === null || cell === undefined || (typeof cell !== "number" && cell.length === 0);
}

function textOf(cell: Cell): string {
  return typeof cell === "object" ? (cell?.[0] ?? "") : String(cell);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
