/**
 * Statistics of a whole quiz as Moodle computes them (mod/quiz/report/statistics/classes/calculator.php). With
 * S students, P items, and m2, m3, m4 the mean powers of T - mean(T):
 *
 *      k2 = S m2 / (S - 1)
 *      k3 = S² m3 / ((S - 1)(S - 2))
 *      k4 = S² ((S + 1) m4 - 3 (S - 1) m2²) / ((S - 1)(S - 2)(S - 3))
 *      skewness k3 / k2^(3/2), kurtosis k4 / k2²
 *      coefficient of internal consistency (Cronbach's alpha) P / (P - 1) (1 - sum of V(x) / k2)
 *      error ratio sqrt(1 - alpha), standard error = error ratio · standard deviation
 */
import { meanOf, sumOf, type ItemStatistics } from "./item-statistics.ts";

export interface QuizStatistics {
  readonly students: number;
  /** In marks, as are median, standard deviation and standard error. */
  readonly mean: number | undefined;
  readonly median: number | undefined;
  readonly standardDeviation: number | undefined;
  readonly skewness: number | undefined;
  readonly kurtosis: number | undefined;
  /** Moodle shows it, and the error ratio, in per cent. It can be negative. */
  readonly internalConsistency: number | undefined;
  readonly errorRatio: number | undefined;
  readonly standardError: number | undefined;
}

/** @param marks a row a student, a mark an item; @param items their statistics */
export function quizStatistics(
  marks: readonly (readonly number[])[],
  items: readonly ItemStatistics[],
): QuizStatistics {
  const totals = marks.map(sumOf);
  const students = totals.length;
  const mean = students === 0 ? undefined : meanOf(totals);
  const powers = [2, 3, 4].map((power) =>
    mean === undefined ? 0 : meanOf(totals.map((total) => (total - mean) ** power)),
  );
  const [m2, m3, m4] = [powers[0]!, powers[1]!, powers[2]!];
  const k2 = students > 1 ? (students * m2) / (students - 1) : undefined;
  const standardDeviation = k2 === undefined ? undefined : Math.sqrt(k2);
  // Three students and some difference between them, as in Moodle.
  const isTelling = students > 2 && k2 !== undefined && k2 > 1e-12;
  const k3 = (students ** 2 * m3) / ((students - 1) * (students - 2));
  const k4 =
    (students ** 2 * ((students + 1) * m4 - 3 * (students - 1) * m2 ** 2)) /
    ((students - 1) * (students - 2) * (students - 3));
  const alpha = isTelling ? internalConsistency(items, k2) : undefined;
  const errorRatio = alpha === undefined ? undefined : Math.sqrt(1 - alpha);
  return {
    students,
    mean,
    median: medianOf(totals),
    standardDeviation,
    skewness: isTelling ? k3 / k2 ** 1.5 : undefined,
    kurtosis: isTelling && students > 3 ? k4 / k2 ** 2 : undefined,
    internalConsistency: alpha,
    errorRatio,
    standardError: errorRatio === undefined ? undefined : errorRatio * standardDeviation!,
  };
}

function internalConsistency(items: readonly ItemStatistics[], k2: number): number | undefined {
  if (items.length < 2) return undefined;
  const variances = sumOf(items.map(({ markVariance }) => markVariance ?? 0));
  return (items.length / (items.length - 1)) * (1 - variances / k2);
}

function medianOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
