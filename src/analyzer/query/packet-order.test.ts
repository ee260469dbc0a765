import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createPacketBatch } from "../capture/packet-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { PacketStore } from "../store/packet-store.ts";
import { notJudged } from "../store/store-chunk.ts";
import { PacketOrder } from "./packet-order.ts";
import { Selections } from "./selections.ts";

interface Row {
  second: number;
  nano: number;
  size: number;
  score: number;
}

function selectionOf(packets: Row[]) {
  const store = new PacketStore(1000, 8);
  const batch = createPacketBatch(packets.length);
  batch.count = packets.length;
  packets.forEach(({ second, nano, size }, i) => {
    batch.seconds[i] = second;
    batch.nanos[i] = nano;
    batch.wire[i] = size;
  });
  store.add(batch, createDecodedColumns(packets.length), new Uint32Array(packets.length));
  const scores = Uint16Array.from(packets, ({ score }) => score);
  store.setScores(1, scores, new Uint32Array(packets.length), packets.length);
  return new Selections(store).select({ kind: "filter", node: { kind: "all" }, key: "all" });
}

/** A number cannot hold nanoseconds since 1970: they stand second. */
const valuesOf = {
  time: ({ second, nano }: Row): [number, number] => [second, nano],
  size: ({ size }: Row): [number, number] => [size, 0],
  score: ({ score }: Row): [number, number] => [score === notJudged ? Number.NaN : score, 0],
};

function expected(packets: Row[], column: keyof typeof valuesOf, descending: boolean): number[] {
  const values = packets.map(valuesOf[column]);
  const numbers = packets.map((_, i) => i + 1);
  const isMissing = (number: number): boolean => Number.isNaN(values[number - 1]![0]);
  const sign = descending ? -1 : 1;
  const having = numbers.filter((number) => !isMissing(number));
  having.sort((a, b) => {
    const [x, y] = [values[a - 1]!, values[b - 1]!];
    return sign * (x[0] - y[0] || x[1] - y[1]) || a - b;
  });
  return [...having, ...numbers.filter(isMissing)];
}

const rows = fc.array(
  fc.record({
    second: fc.constantFrom(0, 1, 2, 1_700_000_000, Number.NaN),
    nano: fc.constantFrom(0, 5, 999_999_999),
    size: fc.constantFrom(0, 60, 1514, 0xffffffff),
    score: fc.constantFrom(0, 1, 5000, 10_000, notJudged),
  }),
  { minLength: 1, maxLength: 40 },
);

test("packets by any column either way, those without a value last", () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (packets, isInTime) => {
      if (isInTime) packets.sort((a, b) => a.second - b.second || a.nano - b.nano);
      const selection = selectionOf(packets);
      const order = new PacketOrder();
      for (const column of ["time", "size", "score"] as const)
        for (const descending of [false, true])
          expect([column, descending, ...order.numbers(selection, column, descending)]).toEqual([
            column,
            descending,
            ...expected(packets, column, descending),
          ]);
    }),
  );
});

test("an order is kept until another one is asked for, or the packets change", () => {
  const selection = selectionOf([{ second: 1, nano: 0, size: 60, score: 1 }]);
  const order = new PacketOrder();
  const first = order.numbers(selection, "size", true);
  expect(order.numbers(selection, "size", true)).toBe(first);
  selection.version++;
  expect(order.numbers(selection, "size", true)).not.toBe(first);
});
