/** The parts of the page that are only arithmetic, tested without a browser. */
import { expect, test } from "bun:test";
import {
  formatBitRate,
  formatBytes,
  formatDuration,
  formatMoment,
  formatShare,
  formatTick,
} from "../../../public/analyzer/format.ts";
import { rateColumns } from "../../../public/analyzer/charts/rate-columns.ts";
import { binSizes, sizeBins } from "../../../public/analyzer/overview/size-bins.ts";

test("gaps are filled with one zero, and the last step ends", () => {
  expect(
    rateColumns(
      10,
      [0, 10, 1_000_000],
      [
        [10, 20, 30],
        [1, 2, 3],
      ],
    ),
  ).toEqual({
    time: [0, 10, 20, 1_000_000, 1_000_010],
    rates: [
      [1, 2, 0, 3, 0],
      [0.1, 0.2, 0, 0.3, 0],
    ],
    from: [0, 1, -1, 2, -1],
  });
  expect(rateColumns(1, [], [[]])).toEqual({ time: [], rates: [[]], from: [] });
});

test("every size falls into one class", () => {
  expect(binSizes({ size: [0, 63, 64, 1518, 1519, 4_294_967_295], packets: [1, 1, 1, 1, 1, 1] })).toEqual([
    2, 1, 0, 0, 0, 1, 1, 1,
  ]);
  expect(sizeBins.map(({ label }) => label)).toEqual([
    "0–63",
    "64–127",
    "128–255",
    "256–511",
    "512–1023",
    "1024–1518",
    "1519–9000",
    "9001+",
  ]);
});

test.each([
  [formatBytes(0), "0 B"],
  [formatBytes(999), "999 B"],
  [formatBytes(999_999), "1 MB"],
  [formatBytes(49_551_323), "49.6 MB"],
  [formatBitRate(75_103), "601 kbit/s"],
  [formatShare(0, 0), "0.0 %"],
  [formatShare(1, 100_000), "< 0.1 %"],
  [formatShare(1, 3), "33.3 %"],
  [formatDuration(0), "0 s"],
  [formatDuration(0.000_268), "268 µs"],
  [formatDuration(0.5), "500 ms"],
  [formatDuration(59), "59 s"],
  [formatDuration(659.8), "11 min"],
  [formatDuration(3725), "1 h 2 min"],
  [formatDuration(142_000_000), "4 years 182 d"],
  [formatMoment(1e18), "1,000,000,000,000,000,000 s"],
  [formatTick(1e18, 1), "1,000,000,000,000,000,000"],
])("%s", (given, wanted) => {
  expect(given).toBe(wanted);
});
