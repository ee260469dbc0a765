import { describe, expect, test } from "bun:test";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { PacketStore } from "../store/packet-store.ts";
import { Selections } from "./selections.ts";
import { parseFilter } from "./parse-filter.ts";
import type { Filter } from "./filter-node.ts";

const data = ethernet(0x0800, ipv4(6, tcp()));

function filterOf(text: string): Filter {
  const filter = parseFilter(text);
  if (filter.kind === "problem") throw new Error(filter.message);
  return filter;
}

/** Adds packets; packet `n` has the flow `n % 10` and the second `n`. */
function fill(store: PacketStore, packets: number): void {
  const columns = createDecodedColumns(1);
  for (let i = 0; i < packets; i++) {
    const number = store.last + 1;
    const batch = batchOf([{ data, seconds: number }]);
    decodeBatch(batch, columns);
    store.add(batch, columns, Uint32Array.of(number % 10));
  }
}

function storeOf(packets: number, limit = 100, chunkRows = 40): PacketStore {
  const store = new PacketStore(limit, chunkRows);
  fill(store, packets);
  return store;
}

test("of an empty store nothing is selected", () => {
  const selection = new Selections(storeOf(0)).select(filterOf(""));
  expect([selection.count, selection.numbers(0, 10), [...selection.rows()]]).toEqual([0, [], []]);
});

test("the n-th selected packet is found wherever it lies", () => {
  const selection = new Selections(storeOf(119)).select(filterOf("flow 7"));
  const numbers = [7, 17, 27, 37, 47, 57, 67, 77, 87, 97, 107, 117];
  expect(selection.count).toBe(12);
  for (let offset = 0; offset <= 13; offset++)
    for (const limit of [0, 1, 3, 100])
      expect(selection.numbers(offset, limit)).toEqual(numbers.slice(offset, offset + limit));
  expect(Array.from({ length: 130 }, (_, i) => i).filter((number) => selection.has(number))).toEqual(numbers);
});

test("rows are told chunk by chunk", () => {
  const store = storeOf(95);
  const found: number[] = [];
  for (const { chunk, rows, count, number } of new Selections(store).select(filterOf("flow 5")).rows())
    for (let i = 0; i < count; i++) {
      expect(chunk.seconds[rows[i]!]).toBe(number + rows[i]!);
      found.push(number + rows[i]!);
    }
  expect(found).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
});

test("what comes is taken in, and what goes is let go of", () => {
  const store = storeOf(0);
  const selections = new Selections(store);
  for (let round = 0; round < 60; round++) {
    fill(store, 7);
    const expected = Array.from({ length: store.last }, (_, i) => i + 1).filter(
      (number) => number >= store.first && number % 10 === 3,
    );
    const selection = selections.select(filterOf("flow 3"));
    expect([selection.count, selection.numbers(0, 1000)]).toEqual([expected.length, expected]);
  }
});

test("a selection is made once for filters of one meaning, and of many the latest are kept", () => {
  const selections = new Selections(storeOf(10), 2);
  const first = selections.select(filterOf("flow 1 and flow 2"));
  expect(selections.select(filterOf("flow 2 and flow 1"))).toBe(first);
  selections.select(filterOf("flow 3"));
  expect(selections.select(filterOf("flow 1 and flow 2"))).toBe(first);
  selections.select(filterOf("flow 4"));
  selections.select(filterOf("flow 5"));
  expect(selections.select(filterOf("flow 1 and flow 2"))).not.toBe(first);
});

describe("scores come later", () => {
  test("and are seen at once", () => {
    const store = storeOf(10);
    const selections = new Selections(store);
    const select = (text: string, threshold?: number): number[] =>
      selections.select(filterOf(text), threshold).numbers(0, 100);
    expect([select("score >= 0"), select("not score >= 0").length, select("flagged", 0.5)]).toEqual([
      [],
      10,
      [],
    ]);
    store.setScores(4, Uint16Array.of(0, 5000, 7000, 10_000), Uint32Array.of(1, 2, 3, 4), 4);
    expect(select("score >= 0")).toEqual([4, 5, 6, 7]);
    expect(select("score > 0.7")).toEqual([7]);
    expect(select("score = 0.7")).toEqual([6]);
    expect(select("score != 0.7")).toEqual([4, 5, 7]);
    expect(select("flagged", 0.7)).toEqual([6, 7]);
    expect(select("flagged", 0.71)).toEqual([7]);
    expect(select("flagged")).toEqual([]);
    store.setScores(4, Uint16Array.of(8000), Uint32Array.of(9), 1);
    expect(select("flagged", 0.7)).toEqual([4, 6, 7]);
  });
});
