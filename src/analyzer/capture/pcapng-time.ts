/**
 * Timestamps of pcapng: 64-bit counts of units since 1970, where an interface says how long a unit is
 * (if_tsresol) and what to add (if_tsoffset). Kept to the nanosecond, without a BigInt for any resolution
 * that real captures have.
 */
import type { PacketBatch } from "./packet-batch.ts";

export interface TimeResolution {
  /** Units in one second, exact where below 2^37. */
  unitsPerSecond: number;
  /** The same for finer units; undefined where `unitsPerSecond` is exact. */
  exactUnits: bigint | undefined;
  /** Seconds to add. */
  offsetSeconds: number;
}

const microseconds = 6;

/**
 * The resolution of an interface.
 * @param tsresol the option's byte: 10^-n seconds, or 2^-n with the highest bit set
 */
export function timeResolution(tsresol = microseconds, offsetSeconds = 0): TimeResolution {
  const exponent = tsresol & 0x7f;
  const unitsPerSecond = (tsresol & 0x80 ? 2 : 10) ** exponent;
  const exact = unitsPerSecond < 2 ** 37;
  return {
    unitsPerSecond,
    exactUnits: exact ? undefined : (tsresol & 0x80 ? 2n : 10n) ** BigInt(exponent),
    offsetSeconds,
  };
}

/** Stores the time of row `row` of a batch, from the two halves of a timestamp. */
export function storeTime(
  batch: PacketBatch,
  row: number,
  high: number,
  low: number,
  time: TimeResolution,
): void {
  if (time.exactUnits !== undefined) {
    storeFineTime(batch, row, high, low, time.exactUnits, time.offsetSeconds);
    return;
  }
  const units = time.unitsPerSecond;
  let whole: number;
  let rest: number;
  if (high < 0x200000) {
    const stamp = high * 4_294_967_296 + low;
    whole = Math.floor(stamp / units);
    rest = stamp - whole * units;
  } else {
    // Long division by 16 bits at a time: every dividend stays below 2^53.
    whole = 0;
    rest = 0;
    for (let i = 0; i < 4; i++) {
      const half = i < 2 ? high : low;
      const digit = (i & 1) === 0 ? half >>> 16 : half & 0xffff;
      const dividend = rest * 65_536 + digit;
      const quotient = Math.floor(dividend / units);
      whole = whole * 65_536 + quotient;
      rest = dividend - quotient * units;
    }
  }
  batch.seconds[row] = whole + time.offsetSeconds;
  batch.nanos[row] = Math.floor((rest * 1e9) / units);
}

function storeFineTime(
  batch: PacketBatch,
  row: number,
  high: number,
  low: number,
  units: bigint,
  offsetSeconds: number,
): void {
  const stamp = (BigInt(high) << 32n) | BigInt(low);
  batch.seconds[row] = Number(stamp / units) + offsetSeconds;
  batch.nanos[row] = Number(((stamp % units) * 1_000_000_000n) / units);
}
