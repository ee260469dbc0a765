import { describe, expect, test } from "bun:test";
import { BaselineSample } from "./baseline-sample.ts";
import { momentRows, momentRowsPerHost } from "./limits.ts";
import { SeededRandom } from "./seeded-random.ts";

const heldOf = (sample: BaselineSample): number[] => Array.from(sample.rows.subarray(0, sample.count));

describe("the sample of ordinary traffic", () => {
  test("a flood is a handful of rows, however many packets it has, and others still have theirs", () => {
    const sample = new BaselineSample(new SeededRandom(1));
    for (let second = 0; second < 20; second++) {
      for (let host = 0; host < 5; host++) sample.offer(1, 10 + host, 20 + host, second);
      if (second === 7) for (let i = 0; i < 5000; i++) sample.offer(2, 100 + i, 9, second + 0.01);
    }
    sample.flush();
    const rows = heldOf(sample);
    expect(rows.filter((row) => row === 2).length).toBeLessThanOrEqual(momentRowsPerHost);
    expect(rows.filter((row) => row === 1).length).toBeGreaterThanOrEqual(95);
    expect(sample.seconds).toBe(19);
  });

  test("a moment has so many rows, drawn from all of its packets", () => {
    const sample = new BaselineSample(new SeededRandom(1));
    for (let i = 0; i < 10_000; i++) sample.offer(i, i, i + 512, 0);
    sample.flush();
    expect(sample.count).toBeLessThanOrEqual(momentRows);
    expect(Math.max(...heldOf(sample))).toBeGreaterThan(5000);
  });

  test("however long the capture is, there is room, and all of it stays covered", () => {
    const sample = new BaselineSample(new SeededRandom(1), false, 200);
    for (let i = 0; i < 5000; i++) sample.offer(i, i, i + 500, i);
    sample.flush();
    expect(sample.count).toBeLessThanOrEqual(200);
    expect(heldOf(sample).some((row) => row < 2500)).toBe(true);
    expect(heldOf(sample).some((row) => row > 4500)).toBe(true);
  });

  test("a rolling sample is mostly of late", () => {
    const sample = new BaselineSample(new SeededRandom(1), true, 200);
    for (let i = 0; i < 5000; i++) sample.offer(i, i, i + 500, i);
    expect(heldOf(sample).filter((row) => row > 4500).length).toBeGreaterThan(90);
  });

  test("packets without a time are of one moment", () => {
    const sample = new BaselineSample(new SeededRandom(1));
    for (let i = 0; i < 9; i++) sample.offer(i, i, i + 50, Number.NaN);
    sample.flush();
    expect([sample.count, sample.seconds]).toEqual([9, 0]);
  });
});
