import { expect, test } from "bun:test";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { PacketStore } from "./packet-store.ts";
import { notJudged } from "./store-chunk.ts";

const data = ethernet(0x0800, ipv4(6, tcp()));

/** Adds packets in batches of seven; packet `n` has the second, the flow and the place `n`. */
function fill(store: PacketStore, packets: number): void {
  for (let from = 1; from <= packets; from += 7) {
    const numbers = Array.from({ length: Math.min(7, packets - from + 1) }, (_, i) => from + i);
    const batch = batchOf(numbers.map((seconds) => ({ data, seconds })));
    const columns = createDecodedColumns(numbers.length);
    decodeBatch(batch, columns);
    store.add(batch, columns, Uint32Array.from(numbers), undefined, Float64Array.from(numbers));
  }
}

function kept(store: PacketStore): number[] {
  const numbers: number[] = [];
  for (const { chunk, from, until, number } of store.rows())
    for (let row = from; row < until; row++) {
      expect(chunk.seconds[row]).toBe(number + row - from);
      numbers.push(chunk.flow[row]!);
    }
  return numbers;
}

test.each([0, 1, 9, 10, 11, 29, 30, 31, 39, 40, 41, 60, 400, 403])(
  "after %i packets the last twenty are there",
  (packets) => {
    const store = new PacketStore(20, 10);
    fill(store, packets);
    const numbers = kept(store);
    expect(store.last).toBe(packets);
    expect(numbers).toEqual(Array.from({ length: packets - store.first + 1 }, (_, i) => store.first + i));
    expect(numbers.length).toBeGreaterThanOrEqual(Math.min(20, packets));
    expect(numbers.length).toBeLessThanOrEqual(30);
  },
);

test("a packet by its number", () => {
  const store = new PacketStore(20, 10);
  fill(store, 45);
  const found = store.find(41)!;
  expect(found.chunk.place[found.row]).toBe(41);
  expect(found.chunk.wire[found.row]).toBe(data.length);
  expect(found.chunk.destinationPort[found.row]).toBe(80);
  expect(store.addresses.addressOf(found.chunk.source[found.row]!)?.toHex()).toBe("0a000001");
  expect([store.find(0), store.find(store.first - 1), store.find(46)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("scores are set wherever their packets are kept, and ignored for others", () => {
  const store = new PacketStore(20, 10);
  fill(store, 45);
  expect([store.first, store.last]).toEqual([21, 45]);
  const numbers = Array.from({ length: 100 }, (_, i) => i);
  store.setScores(0, Uint16Array.from(numbers), Uint32Array.from(numbers), 35);
  store.setScores(40, Uint16Array.from(numbers), Uint32Array.from(numbers), 100);
  const scores: number[] = [];
  for (const { chunk, from, until } of store.rows()) scores.push(...chunk.score.subarray(from, until));
  expect(scores).toEqual([
    ...numbers.slice(21, 35),
    ...Array.from({ length: 5 }, () => notJudged),
    ...numbers.slice(0, 6),
  ]);
  expect(store.find(34)!.chunk.vector[store.find(34)!.row]).toBe(34);
  store.forgetVectors();
  expect(store.find(34)!.chunk.vector[store.find(34)!.row]).toBe(0);
  // What is written over is not judged again.
  fill(store, 40);
  for (const { chunk, from, until } of store.rows(60))
    expect(chunk.score.subarray(from, until).every((score) => score === notJudged)).toBe(true);
});

test("packets of expected episodes are known by the episode's number, and are judged anew with them", () => {
  const store = new PacketStore(20, 10);
  fill(store, 12);
  const [scores, vectors] = [new Uint16Array(12), new Uint32Array(12)];
  store.setScores(
    1,
    scores,
    vectors,
    12,
    Uint32Array.from(scores, (_, i) => i % 3),
  );
  const expected = (): number[] =>
    Array.from({ length: 12 }, (_, i) => i + 1).filter((number) => {
      const { chunk, row } = store.find(number)!;
      return store.isExpected(chunk, row);
    });
  expect(expected()).toEqual([]);
  const before = store.scoresSet;
  store.expectEpisodes([]);
  expect(store.scoresSet).toBe(before);
  store.expectEpisodes([2]);
  expect(expected()).toEqual([3, 6, 9, 12]);
  expect(store.scoresSet).toBeGreaterThan(before);
  store.expectEpisodes([]);
  expect(expected()).toEqual([]);
  // What comes later is part of nothing yet.
  store.expectEpisodes([1, 2]);
  fill(store, 20);
  const { chunk, row } = store.find(store.last)!;
  expect(chunk.episode[row]).toBe(0);
});
