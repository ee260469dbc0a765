import { expect, test } from "bun:test";
import { seriesWithout } from "./series-without.ts";

const all = { step: 1, time: [10, 11, 15, 30], packets: [5, 4, 3, 2], bytes: [50, 40, 30, 20] };

test("steps of one length are taken out as they are", () => {
  const part = { step: 1, time: [11, 30], packets: [4, 1], bytes: [40, 10] };
  expect(seriesWithout(all, [part])).toEqual({ ...all, packets: [5, 0, 3, 1], bytes: [50, 0, 30, 10] });
  expect(seriesWithout(all, [])).toBe(all);
});

test("a coarse step is taken out of the rows in it, and of no other", () => {
  const coarse = { step: 10, time: [10, 30], packets: [7, 9], bytes: [70, 90] };
  expect(seriesWithout(all, [coarse])).toEqual({ ...all, packets: [0, 2, 3, 0], bytes: [0, 20, 30, 0] });
});

test("where all of it is coarser, a part is taken out of the step it lies in", () => {
  const minutes = { step: 60, time: [0, 60], packets: [9, 9], bytes: [90, 90] };
  const part = { step: 1, time: [59, 60], packets: [2, 3], bytes: [20, 30] };
  expect(seriesWithout(minutes, [part])).toMatchObject({ packets: [7, 6], bytes: [70, 60] });
});
