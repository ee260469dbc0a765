/**
 * Item analysis as Moodle computes it (docs.moodle.org/dev/Quiz_statistics_calculations;
 * question/classes/statistics/questions/calculator.php). For item p and students s, with x the mark of an item,
 * T the sum of a student's marks and X = T - x the rest; means are over students, sums of squares and products are
 * divided by S - 1:
 *
 *      facility                  mean(x) / max mark
 *      standard deviation        sqrt(V(x)), as a share of the max mark
 *      discrimination index      C(x, X) / sqrt(V(x) V(X))
 *      discriminative efficiency C(x, X) / Cmax(x, X), with both sorted: the largest that these marks allow
 *      effective weight          sqrt(C(x, T)) / sum over items of sqrt(C(x, T))
 *      intended weight           max mark / sum of max marks
 *
 * Shares are from 0 to 1 (-1 to 1), where Moodle shows per cent. Undefined is what Moodle leaves empty.
 */
export interface ItemStatistics {
  readonly facility: number | undefined;
  readonly standardDeviation: number | undefined;
  readonly discriminationIndex: number | undefined;
  readonly discriminativeEfficiency: number | undefined;
  /** Undefined where the item goes against the test: its covariance with the sum is negative. */
  readonly effectiveWeight: number | undefined;
  readonly intendedWeight: number | undefined;
  /** V(x), in marks squared. */
  readonly markVariance: number | undefined;
}

/**
 * @param marks a row a student, a mark an item; a question without an answer has mark 0
 * @param maxMarks of each item
 */
export function itemStatistics(
  marks: readonly (readonly number[])[],
  maxMarks: readonly number[],
): ItemStatistics[] {
  const totals = marks.map(sumOf);
  const maxTotal = sumOf(maxMarks);
  const items = maxMarks.map((_, item) => marks.map((row) => row[item]!));
  const withTotal = items.map((item) => covariance(item, totals));
  const rootSum = sumOf(withTotal.map((value) => (value !== undefined && value >= 0 ? Math.sqrt(value) : 0)));
  return items.map((item, index) => {
    const maxMark = maxMarks[index]!;
    const rest = item.map((mark, student) => totals[student]! - mark);
    const [own, other, both] = [covariance(item, item), covariance(rest, rest), covariance(item, rest)];
    const largest = covariance(item.toSorted(ascending), rest.toSorted(ascending));
    const total = withTotal[index];
    return {
      facility: item.length === 0 || maxMark === 0 ? undefined : meanOf(item) / maxMark,
      standardDeviation: own === undefined || maxMark === 0 ? undefined : Math.sqrt(own) / maxMark,
      discriminationIndex: ratio(both, own === undefined ? undefined : Math.sqrt(own * other!)),
      discriminativeEfficiency: ratio(both, largest),
      effectiveWeight: total === undefined || total < 0 ? undefined : ratio(Math.sqrt(total), rootSum),
      intendedWeight: ratio(maxMark, maxTotal),
      markVariance: own,
    };
  });
}

/** Divided by one less than the students; undefined for fewer than two. */
export function covariance(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length < 2) return undefined;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! - meanA) * (b[index]! - meanB);
  // What rounding leaves of marks that are all the same is nothing.
  const hair = 1e-12 * a.length * (1 + Math.abs(meanA)) * (1 + Math.abs(meanB));
  return Math.abs(sum) <= hair ? 0 : sum / (a.length - 1);
}

export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function ratio(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined || by === 0 ? undefined : value / by;
}

function ascending(a: number, b: number): number {
  return a - b;
}
