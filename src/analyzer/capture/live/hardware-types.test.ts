import { expect, test } from "bun:test";
import { hardwareType, linkTypeOfHardware } from "./hardware-types.ts";

test.each([
  [1, 1],
  [772, 1],
  [65_534, 101],
  [803, 127],
  [999, undefined],
])("hardware %p is captured as %p", (hardware, linkType) => {
  expect(linkTypeOfHardware(hardware)).toBe(linkType);
});

test("what an interface is made of", () => {
  expect(hardwareType("nowhere0")).toBeUndefined();
  if (process.platform === "linux") expect(hardwareType("lo")).toBe(772);
});
