/**
 * Quantiles of a stream in bounded memory, each within one percent of a value that really has that rank:
 * counts in buckets whose borders grow by a constant factor (DDSketch: Masson, Rim and Lee 2019), on both
 * sides of zero. What is nearer to zero than 1e-9 counts as zero, what is beyond 1e15 as 1e15. 45 KiB.
 *
 * Counts may be forgotten by a factor, so that a rolling baseline keeps learning.
 */
const accuracy = 0.01;
const smallest = 1e-9;
const largest = 1e15;
const logOfFactor = Math.log((1 + accuracy) / (1 - accuracy));
const buckets = Math.ceil(Math.log(largest / smallest) / logOfFactor) + 1;

export class QuantileSketch {
  /** What was added, less what was forgotten. */
  total = 0;
  /** From the largest negative values over zero, in the middle, to the largest. */
  private readonly counts = new Float64Array(2 * buckets + 1);

  /** NaN is a missing value and not counted. */
  add(value: number, weight = 1): void {
    if (Number.isNaN(value)) return;
    this.counts[placeOf(value)]! += weight;
    this.total += weight;
  }

  /** Multiplies every count by `kept`, from 0 to 1. */
  forget(kept: number): void {
    this.total = 0;
    for (let place = 0; place < this.counts.length; place++) {
      this.counts[place]! *= kept;
      this.total += this.counts[place]!;
    }
  }

  /**
   * The value that a share `q` of the stream does not exceed.
   * @param q from 0 to 1
   * @returns NaN where nothing was added
   */
  quantile(q: number): number {
    if (this.total === 0) return Number.NaN;
    const wanted = q * this.total;
    let sum = 0;
    let last = 0;
    for (let place = 0; place < this.counts.length; place++) {
      const count = this.counts[place]!;
      if (count === 0) continue;
      sum += count;
      last = place;
      if (sum >= wanted) break;
    }
    return valueAt(last);
  }

  /** The share of the stream that does not exceed `value`, within its bucket; NaN where nothing was added. */
  shareUpTo(value: number): number {
    const end = placeOf(value);
    let sum = 0;
    for (let place = 0; place <= end; place++) sum += this.counts[place]!;
    return sum / this.total;
  }
}

function placeOf(value: number): number {
  const size = Math.abs(value);
  if (size < smallest) return buckets;
  const bucket = Math.ceil(Math.log(Math.min(size, largest) / smallest) / logOfFactor) + 1;
  return value < 0 ? buckets - bucket : buckets + bucket;
}

/** The middle of a bucket: no value in it is further away than the accuracy. */
function valueAt(place: number): number {
  const bucket = Math.abs(place - buckets);
  if (bucket === 0) return 0;
  const upper = smallest * Math.exp((bucket - 1) * logOfFactor);
  return Math.sign(place - buckets) * upper * (1 - accuracy);
}
