/** The rows of a table that come first, without sorting all of them. */

/**
 * @param size how large a row is: the largest come first
 * @param compare orders rows of the same size
 * @returns at most `limit` rows
 */
export function topRows(
  rows: (see: (row: number) => void) => void,
  size: (row: number) => number,
  compare: (a: number, b: number) => number,
  limit: number,
): number[] {
  // Kept twice as long as needed, and cut back whenever it is full: cheap, and the order stays total.
  let kept: number[] = [];
  let smallest = Number.NEGATIVE_INFINITY;
  const order = (a: number, b: number) => size(b) - size(a) || compare(a, b);
  rows((row) => {
    if (size(row) < smallest) return;
    kept.push(row);
    if (kept.length < limit * 8) return;
    kept = kept.sort(order).slice(0, limit);
    smallest = size(kept.at(-1)!);
  });
  return kept.sort(order).slice(0, limit);
}
