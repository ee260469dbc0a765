import { expect, test } from "bun:test";
import { causeOf } from "./flagged-cell.ts";

test.each([
  ["source.services", "forest:source", "source"],
  ["destination.packets", "forest:destination", "destination"],
  ["pair.connections", "forest:pair", "pair"],
  ["shape.packets", "forest:shape", "pair"],
  ["new", "forest:new", "pair"],
])("%s is told as %s about the %s", (feature, cause, focus) => {
  expect(causeOf({ feature, value: 1, typical: null, weight: 1, text: "" })).toEqual({
    cause,
    focus: focus as "pair",
  });
});
