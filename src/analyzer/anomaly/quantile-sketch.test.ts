import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { QuantileSketch } from "./quantile-sketch.ts";

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

test("nothing has no quantile", () => {
  const sketch = new QuantileSketch();
  expect(sketch.quantile(0.5)).toBeNaN();
  expect(sketch.shareUpTo(1)).toBeNaN();
  sketch.add(NaN);
  expect(sketch.total).toBe(0);
});

test.each([
  ["zero", 0, 0],
  ["nearly zero", 1e-12, 0],
  ["beyond the largest", 1e300, 1e15],
  ["infinity", Infinity, 1e15],
  ["minus infinity", -Infinity, -1e15],
])("%s", (_, value, expected) => {
  const found = sketchOf([value]).quantile(0.5);
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.abs(expected) * 0.0101);
});

test("each quantile is within one percent of the sorted values", () => {
  const size = fc.double({ min: 1e-8, max: 1e14, noNaN: true });
  const value = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -2000, max: 2000 }),
    size,
    size.map((x) => -x),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), (values) => {
      const sketch = sketchOf(values);
      const sorted = values.toSorted((a, b) => a - b);
      for (const q of [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1]) {
        const exact = sorted[Math.max(0, Math.ceil(q * values.length) - 1)]!;
        expect(Math.abs(sketch.quantile(q) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.010_001);
      }
    }),
  );
});

test("the share up to a value", () => {
  const sketch = sketchOf([-5, 0, 1, 2, 3, 100]);
  expect([-100, -5, 0, 2.5, 100, Infinity].map((value) => sketch.shareUpTo(value) * 6)).toEqual([
    0, 1, 2, 4, 6, 6,
  ]);
});

describe("forgetting", () => {
  test("lets what came later weigh more", () => {
    const sketch = sketchOf(Array.from({ length: 100 }, () => 1));
    sketch.forget(0.1);
    expect(sketch.total).toBeCloseTo(10, 9);
    for (let i = 0; i < 30; i++) sketch.add(50);
    expect(sketch.quantile(0.5)).toBeCloseTo(50, 0);
    expect(sketch.quantile(0.2)).toBeCloseTo(1, 1);
  });

  test("everything leaves nothing", () => {
    const sketch = sketchOf([1, 2]);
    sketch.forget(0);
    expect(sketch.quantile(0.5)).toBeNaN();
  });
});
