import { expect, test } from "bun:test";
import { ShapeContexts } from "./shape-contexts.ts";

test("packets of one shape count together, of anyone, and are forgotten within seconds", () => {
  const shapes = new ShapeContexts();
  let record = 0;
  for (let i = 0; i < 50; i++) record = shapes.add(6, 1, 60, 0);
  expect(shapes.packetsOf(record)).toBe(50);
  expect(shapes.packetsOf(shapes.add(6, 1, 61, 0))).toBe(1);
  expect(shapes.packetsOf(shapes.add(17, 1, 60, 0))).toBe(1);
  shapes.add(6, 1, 60, 10);
  expect(shapes.packetsOf(record)).toBeLessThan(1.1);
  expect(shapes.codeOf(record)).toBe(1);
});
