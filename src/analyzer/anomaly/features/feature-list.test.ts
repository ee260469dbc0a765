import { expect, test } from "bun:test";
import { featureColumn, featureCount, features, scaleFeatures } from "./feature-list.ts";

test("every feature has a column of its own", () => {
  expect(Object.values(featureColumn)).toEqual(features.map((_, i) => i));
  expect(Object.keys(featureColumn)).toHaveLength(featureCount);
});

test("scaling keeps the order, and zero", () => {
  const row = Float64Array.of(0, 1, 9, 99);
  scaleFeatures(row);
  expect(row[0]).toBe(0);
  expect(row[3]).toBeCloseTo(2 * row[2]!, 9);
});
