/**
 * The clock of the tables: seconds since the first packet's whole second, so that one number keeps nanoseconds
 * for months. It reads the capture's times and no other.
 */
export class TrafficClock {
  /** Seconds since 1970 that the times count from; NaN until a packet had a time. */
  private base = Number.NaN;

  /** Seconds since the base, or NaN where the packet has no time. */
  timeOf(seconds: number, nanos: number): number {
    if (Number.isNaN(this.base)) this.base = seconds;
    return seconds - this.base + nanos * 1e-9;
  }

  /** Back to seconds since 1970, to the microsecond: all that a number can hold. */
  secondsOf(time: number): number | null {
    return Number.isNaN(time) ? null : Math.round((this.base + time) * 1e6) / 1e6;
  }
}
