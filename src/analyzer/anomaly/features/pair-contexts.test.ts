import { describe, expect, test } from "bun:test";
import { featureColumn, featureCount, type FeatureName } from "./feature-list.ts";
import { PairContexts } from "./pair-contexts.ts";

function told(pairs: PairContexts, record: number): (name: FeatureName) => number {
  const row = new Float64Array(featureCount);
  pairs.write(record, row, 0);
  return (name) => row[featureColumn[name]]!;
}

describe("pairs", () => {
  test("who began, and how much more that one sent than it got", () => {
    const pairs = new PairContexts();
    const record = pairs.touch(1, 2, true, false, 0);
    expect([pairs.isFromBeginner(record, true), pairs.isFromBeginner(record, false)]).toEqual([true, false]);
    for (let i = 0; i < 10; i++) pairs.add(record, true, 1, 1000, false, 0);
    pairs.add(record, false, 1, 400, false, 0);
    expect(told(pairs, record)("pair.excess")).toBe(9600);
    expect(pairs.isFromBeginner(pairs.touch(1, 3, true, true, 0), true)).toBe(false);
  });

  test("an opening of a connection tells who began, once", () => {
    const pairs = new PairContexts();
    const record = pairs.touch(1, 2, true, false, 0);
    pairs.add(record, false, 1, 60, true, 0);
    expect(pairs.isFromBeginner(record, false)).toBe(true);
    pairs.add(record, true, 1, 60, true, 0);
    expect(pairs.isFromBeginner(record, false)).toBe(true);
  });

  test.each([
    ["each thirty seconds", (i: number) => i * 30, 10, 60],
    ["now and then", (i: number) => i * 30 + (i % 3) * 9, 0, 8],
    ["only three times", (i: number) => Math.min(i, 2) * 30, 0, 0],
  ])("speaking %s", (_, timeOf, least, most) => {
    const pairs = new PairContexts();
    const record = pairs.touch(1, 2, true, false, 0);
    for (let i = 0; i < 12; i++) pairs.add(record, true, 1, 200, false, timeOf(i));
    const regularity = told(pairs, record)("pair.regularity");
    expect(regularity).toBeGreaterThanOrEqual(least);
    expect(regularity).toBeLessThanOrEqual(most);
  });

  test("connections and ports are counted once each", () => {
    const pairs = new PairContexts();
    const record = pairs.touch(1, 2, true, false, 0);
    for (let i = 0; i < 60; i++) pairs.note(record, Math.imul(i % 20, 0x9e3779b1), -1, 6 << 16, 1, 0);
    expect(told(pairs, record)("pair.connections")).toBeGreaterThan(14);
    expect(told(pairs, record)("pair.connections")).toBeLessThan(27);
    expect(told(pairs, record)("pair.ports")).toBe(0);
  });
});
