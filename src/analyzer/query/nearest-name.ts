/** What somebody may have meant by a name that does not exist. */

/** As many letters may be wrong. */
const maxDistance = 2;

/** Of two letters that changed places, rather than a wrong one. */
const swapCost = 0.9;

/** The name that is least different from `written`, or undefined where none is like it. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const wanted = written.toLowerCase().slice(0, 32);
  let best: string | undefined;
  let bestDistance = Math.min(maxDistance, Math.floor(wanted.length / 2)) + 1;
  for (const name of names) {
    const distance = distanceBetween(wanted, name);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best ?? (wanted.length < 3 ? undefined : names.find((name) => name.startsWith(wanted)));
}

/** Letters to put in, leave out, change or swap with their neighbour (Damerau, 1964, of adjacent letters). */
function distanceBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, rows[i - 1]![j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + swapCost);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
