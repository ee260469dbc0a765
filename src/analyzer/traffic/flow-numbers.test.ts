import { expect, test } from "bun:test";
import { FlowNumbers } from "./flow-numbers.ts";
import { flowKeyWords, flowStride, flowWord } from "./flow-record.ts";
import { RecordTable } from "./record-table.ts";

/** A table whose flows have the numbers 1, 2, … as long as there is room. */
function numbered(flows: number, limit: number, remembered: number) {
  const table = new RecordTable({
    stride: flowStride,
    keyWords: flowKeyWords,
    limit,
    activity: (row) => table.words[row * flowStride + flowWord.number]!,
  });
  const numbers = new FlowNumbers(table, remembered);
  for (let number = 1; number <= flows; number++) {
    table.key[0] = number;
    const row = table.insert(table.hash());
    table.words[row * flowStride + flowWord.number] = number;
    numbers.note(number, row);
  }
  return { table, numbers };
}

test.each([
  [10, 100, 100],
  [100, 100, 7],
  [500, 64, 128],
  [500, 64, 7],
])("of %i flows those that are kept are found, and no others", (flows, limit, remembered) => {
  const { table, numbers } = numbered(flows, limit, remembered);
  const kept = new Map<number, number>();
  table.forEach((row) => kept.set(table.words[row * flowStride + flowWord.number]!, row));
  expect(kept.size).toBeGreaterThan(0);
  for (let number = 0; number <= flows + 1; number++)
    expect([number, numbers.rowOf(number, flows)]).toEqual([number, kept.get(number) ?? -1]);
});
