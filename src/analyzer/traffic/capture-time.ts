/**
 * Moments of a capture to the nanosecond. One number cannot hold them (at 1.7 billion seconds its steps are
 * 240 ns), so they are whole seconds and nanoseconds, and become decimal text for the report.
 */
export interface CaptureTime {
  /** Whole seconds since 1970, rounded down. */
  seconds: number;
  /** On top of them, 0 to 999,999,999. */
  nanos: number;
}

/** Negative where `a` is earlier than `b`, 0 where they are the same. */
export function compareTimes(a: CaptureTime, b: CaptureTime): number {
  return a.seconds - b.seconds || a.nanos - b.nanos;
}

/** The time from `from` to `to`, which must not be earlier. */
export function timeBetween(from: CaptureTime, to: CaptureTime): CaptureTime {
  const nanos = to.nanos - from.nanos;
  return nanos < 0
    ? { seconds: to.seconds - from.seconds - 1, nanos: nanos + 1e9 }
    : { seconds: to.seconds - from.seconds, nanos };
}

/** Seconds as a decimal number without trailing zeros: `1700000000.000000001`. */
export function formatTime({ seconds, nanos }: CaptureTime): string {
  if (nanos === 0) return String(seconds);
  // -0.3 s is kept as -1 s and 0.7 s.
  const [sign, whole, rest] = seconds < 0 ? ["-", -seconds - 1, 1e9 - nanos] : ["", seconds, nanos];
  return `${sign}${whole}.${String(rest).padStart(9, "0").replace(/0+$/, "")}`;
}
