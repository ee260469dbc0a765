import { expect, test } from "bun:test";
import { createPacketBatch } from "./packet-batch.ts";
import { storeTime, timeResolution } from "./pcapng-time.ts";

function timeOf(stamp: bigint, tsresol?: number, offset?: number): [seconds: number, nanos: number] {
  const batch = createPacketBatch(1);
  storeTime(batch, 0, Number(stamp >> 32n), Number(stamp & 0xffffffffn), timeResolution(tsresol, offset));
  return [batch.seconds[0]!, batch.nanos[0]!];
}

test("microseconds, where an interface says nothing", () => {
  expect(timeOf(1_700_000_000_123_456n)).toEqual([1_700_000_000, 123_456_000]);
});

test("nanoseconds are kept to the last digit", () => {
  expect(timeOf(1_700_000_000_123_456_789n, 9)).toEqual([1_700_000_000, 123_456_789]);
});

test("an offset is added, also a negative one", () => {
  expect(timeOf(5_000_000n, 6, -10)).toEqual([-5, 0]);
});

test("every resolution agrees with the same division by BigInt", () => {
  const stamps = [
    0n,
    1n,
    999_999n,
    1n << 53n,
    (1n << 53n) - 1n,
    1_700_000_000_123_456_789n,
    (1n << 64n) - 1n,
  ];
  for (let tsresol = 0; tsresol < 256; tsresol++) {
    const units = (tsresol & 0x80 ? 2n : 10n) ** BigInt(tsresol & 0x7f);
    for (const stamp of stamps) {
      const [seconds, nanos] = timeOf(stamp, tsresol);
      expect(seconds).toBe(Number(stamp / units));
      expect(Math.abs(nanos - Number(((stamp % units) * 1_000_000_000n) / units))).toBeLessThanOrEqual(1);
    }
  }
});
