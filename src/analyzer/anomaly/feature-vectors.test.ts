import { expect, test } from "bun:test";
import { codeWords, FeatureVectors } from "./feature-vectors.ts";
import { featureCount } from "./features/feature-list.ts";

const codes = (n: number): Int32Array =>
  Int32Array.from({ length: codeWords }, (_, i) => Math.imul(n, 77 + i));

test("equal rows have one number, others another, however many there are", () => {
  const vectors = new FeatureVectors();
  const numbers = Array.from({ length: 20_000 }, (_, n) => vectors.numberOf(codes(n)));
  expect(new Set(numbers).size).toBe(20_000);
  numbers.forEach((number, n) => expect(vectors.numberOf(codes(n))).toBe(number));
  expect(vectors.isNew).toBe(false);
  expect(vectors.packets[numbers[5]!]).toBe(2);
});

test("the first packet of a row is its example", () => {
  const vectors = new FeatureVectors();
  const number = vectors.numberOf(codes(1));
  expect(vectors.isNew).toBe(true);
  const example = {
    number: 9,
    seconds: 1.5,
    source: 1,
    destination: 2,
    size: 60,
    protocol: 3,
    transport: 17,
    port: 53,
  };
  vectors.keepExample(example, new Float64Array(featureCount).fill(4));
  expect(vectors.exampleOf(number)).toEqual(example);
  expect([vectors.protocolOf(number), vectors.isWindowless(number)]).toEqual(["sctp", true]);
  expect(vectors.values[number * featureCount]).toBe(4);
});

test("beyond the limit a row counts as a similar one, and that is counted", () => {
  const vectors = new FeatureVectors(10);
  for (let n = 0; n < 10; n++) vectors.numberOf(Int32Array.of(n * 16, 0, 0, 0, 0, 0));
  const similar = vectors.numberOf(Int32Array.of(5 * 16 + 1, 0, 0, 0, 0, 0));
  expect(similar).toBe(vectors.numberOf(Int32Array.of(5 * 16, 0, 0, 0, 0, 0)));
  const before = vectors.end;
  for (let n = 0; n < 1000; n++) vectors.numberOf(codes(n + 99));
  expect([vectors.end, vectors.merged]).toEqual([before, 1001]);
});
