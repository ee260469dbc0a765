import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { averagePathLength, createTreeNodes, growTree } from "./isolation-tree.ts";
import { SeededRandom } from "./seeded-random.ts";

const everyRow = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

const grow = (rows: Float64Array, width: number, seed = 1) => {
  const count = rows.length / width;
  const nodes = createTreeNodes(1, count);
  return { nodes, count, ...growTree(nodes, 0, rows, width, everyRow(count), new SeededRandom(seed)) };
};

test("average path lengths by hand, equation 1", () => {
  // c(3) = 2 (1 + 1/2) - 4/3, c(4) = 2 (1 + 1/2 + 1/3) - 6/4.
  expect([0, 1, 2, 3, 4].map(averagePathLength)).toEqual([0, 0, 1, 3 - 4 / 3, 11 / 3 - 1.5]);
  expect(averagePathLength(256)).toBeCloseTo(2 * (Math.log(255) + 0.5772156649) - 510 / 256, 2);
});

test("the expansion beyond 1,000 continues the sum", () => {
  const step = averagePathLength(1002) - averagePathLength(1001);
  expect(step).toBeCloseTo(2 / 1001 - (2 * 1001) / 1002 + 2000 / 1001, 12);
});

test("one row is one leaf, and so are rows that are all the same", () => {
  const one = grow(Float64Array.of(1, 2), 2);
  expect([one.end, one.depth, one.nodes.pathLength[0]]).toEqual([1, 0, 0]);
  const same = grow(Float64Array.of(5, 5, 5, 5), 1);
  expect([same.end, same.depth, same.nodes.pathLength[0]]).toEqual([1, 0, averagePathLength(4)]);
});

test("two rows are parted above the least value and not above the greatest", () => {
  for (let seed = 0; seed < 50; seed++) {
    const { nodes, end } = grow(Float64Array.of(0, 1, 0, 1 + Number.EPSILON), 2, seed);
    expect([end, nodes.column[0], nodes.threshold[0]]).toEqual([3, 1, 1 + Number.EPSILON]);
  }
});

const tables = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, count }) =>
    fc.record({
      width: fc.constant(width),
      seed: fc.integer(),
      rows: fc
        .array(
          fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
          {
            minLength: width * count,
            maxLength: width * count,
          },
        )
        .map((values) => Float64Array.from(values)),
    }),
  );

describe("a tree over any rows", () => {
  test("leads each row to a leaf, its rows counted there, and wastes no split", () => {
    fc.assert(
      fc.property(tables, ({ width, seed, rows }) => {
        const { nodes, end, count, depth } = grow(rows, width, seed);
        const { column, threshold, child, pathLength } = nodes;
        /** The rows are handed down as the split says; both sides of a split get some. */
        const follow = (node: number, held: number[], steps: number): number => {
          expect(held.length).toBeGreaterThan(0);
          if (child[node] === node) {
            expect(pathLength[node]).toBe(steps + averagePathLength(held.length));
            return steps;
          }
          const isBelow = (row: number): boolean => rows[row * width + column[node]!]! < threshold[node]!;
          const first = child[node]!;
          return Math.max(
            follow(first, held.filter(isBelow), steps + 1),
            follow(
              first + 1,
              held.filter((row) => !isBelow(row)),
              steps + 1,
            ),
          );
        };
        expect(follow(0, Array.from(everyRow(count)), 0)).toBe(depth);
        expect(depth).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) + 1);
        expect(end).toBeLessThanOrEqual(2 * count - 1);
      }),
    );
  });
});
