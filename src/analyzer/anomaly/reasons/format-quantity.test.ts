import { expect, test } from "bun:test";
import { chooseFormat, formatNumber, formatRange, formatWhole } from "./format-quantity.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [1.008, "1.01"],
  [0.37368, "0.374"],
  [93.4, "93.4"],
  [2011, "2,010"],
  [40_000, "40,000"],
  [1.234e21, "1,230,000,000,000,000,000,000"],
])("%p is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

const typical = (low: number, high: number) => ({ low, median: low, high });

test.each([
  [1, 3, "1 to 3"],
  [1.008, 1.2, "1"],
  [0, 0, "0"],
  [2.4, 574.4, "2 to 574"],
])("from %p to %p is written %s", (low, high, text) => {
  expect(formatRange(typical(low, high), formatWhole)).toBe(text);
});

test("what is untypical never reads as typical", () => {
  expect(chooseFormat(1.4, typical(1, 1.2))(1.4)).toBe("1.4");
  expect(chooseFormat(1.1, typical(1, 1.2))(1.1)).toBe("1");
  expect(chooseFormat(212.3, typical(1, 3))(212.3)).toBe("212");
});
