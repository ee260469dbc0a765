import { expect, test } from "bun:test";
import { layerBit, layerNames } from "./layers.ts";

test("bits stand in the order of the names", () => {
  expect(layerNames.map((name): number => layerBit[name])).toEqual(layerNames.map((_, i) => 1 << i));
});
