/**
 * Sums that forget: each amount added counts exp(-age / time constant). One row a context, in which every
 * quantity (packets, bytes, …) is kept with every time constant. With time constant T the sum is about what
 * came within the last T seconds, and sum / T is a rate.
 *
 *     row: | time | quantity 0: T0 T1 … | quantity 1: T0 T1 … | …
 *
 * A row is brought up to date when it is touched, not as time passes: one exponential a time constant. Sums
 * are within one percent of what they should be.
 */
export class DecayingCounts {
  private readonly timeConstants: readonly number[];
  private readonly times: Float64Array;
  private readonly sums: Float64Array;
  private readonly rowLength: number;
  /** Seconds that are worth forgetting. */
  private readonly shortest: number;

  /**
   * @param rows contexts there is room for
   * @param quantities sums kept a context and time constant
   * @param timeConstants seconds
   */
  constructor(rows: number, quantities: number, timeConstants: readonly number[]) {
    this.timeConstants = timeConstants;
    this.shortest = Math.min(...timeConstants) / 100;
    this.rowLength = quantities * timeConstants.length;
    this.times = new Float64Array(rows);
    this.sums = new Float64Array(rows * this.rowLength);
  }

  /** Empties a row, whose context begins at `time`. */
  reset(row: number, time: number): void {
    this.times[row] = time;
    const end = (row + 1) * this.rowLength;
    for (let place = row * this.rowLength; place < end; place++) this.sums[place] = 0;
  }

  /**
   * Lets the row forget until `time`, or leaves it to the next time where less than a hundredth of the
   * shortest time constant has passed. A time before the row's own changes nothing: captures run backwards.
   */
  advance(row: number, time: number): void {
    const passed = time - this.times[row]!;
    if (!(passed >= this.shortest)) return;
    this.times[row] = time;
    const { sums, timeConstants, rowLength } = this;
    const count = timeConstants.length;
    const start = row * rowLength;
    for (let t = 0; t < count; t++) {
      const kept = Math.exp(-passed / timeConstants[t]!);
      for (let place = start + t; place < start + rowLength; place += count) sums[place]! *= kept;
    }
  }

  /** Adds to a quantity as of the time that the row was advanced to. */
  add(row: number, quantity: number, amount: number): void {
    const count = this.timeConstants.length;
    const start = row * this.rowLength + quantity * count;
    for (let place = start; place < start + count; place++) this.sums[place]! += amount;
  }

  /**
   * The sum as of the time that the row was advanced to.
   * @param timeConstant its place in the list
   */
  sum(row: number, quantity: number, timeConstant: number): number {
    return this.sums[row * this.rowLength + quantity * this.timeConstants.length + timeConstant]!;
  }
}
