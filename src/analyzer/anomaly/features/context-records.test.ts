import { describe, expect, test } from "bun:test";
import { ContextRecords, recordFloat } from "./context-records.ts";

const table = (records = 8): ContextRecords =>
  new ContextRecords({ records, sums: 2, floats: 8, timeConstant: 10 });

describe("records of contexts", () => {
  test("a key keeps its record, and a new one is empty", () => {
    const records = table(64);
    const first = records.touch(1, 2, 0);
    expect(records.isFresh).toBe(true);
    records.floats[first * records.stride + 1] = 5;
    expect(records.touch(1, 2, 1)).toBe(first);
    expect(records.isFresh).toBe(false);
    expect([records.find(1, 2), records.find(2, 2), records.size]).toEqual([first, -1, 1]);
  });

  test("the key of zeros is a key", () => {
    const records = table();
    const place = records.touch(0, 0, 0);
    expect(records.find(0, 0)).toBe(place);
    expect([records.size, records.evicted]).toEqual([1, 0]);
  });

  test("sums forget with the time constant, and not when time runs backwards", () => {
    const records = table();
    const at = records.touch(1, 0, 0) * records.stride;
    records.floats[at + recordFloat.packets] = 100;
    records.advance(at / records.stride, 10);
    expect(records.floats[at + recordFloat.packets]).toBeCloseTo(100 / Math.E, 6);
    records.advance(at / records.stride, 5);
    expect(records.floats[at + recordFloat.packets]).toBeCloseTo(100 / Math.E, 6);
  });

  test("where a bucket is full the least active record gives way, and its stamp no longer holds", () => {
    const records = table();
    const places = Array.from({ length: 8 }, (_, i) => {
      const place = records.touch(i + 1, 0, 0);
      records.floats[place * records.stride + recordFloat.packets] = i === 3 ? 1 : 50;
      return place;
    });
    const stamp = records.stampOf(places[3]!);
    expect(records.touch(99, 0, 1)).toBe(places[3]!);
    expect([records.evicted, records.find(4, 0), records.holds(places[3]!, stamp)]).toEqual([1, -1, false]);
  });

  test("a record is due at once, after a sixth more packets, and as time passes", () => {
    const records = table();
    const place = records.touch(1, 0, 0);
    expect(records.isDue(place, 1, 0)).toBe(true);
    records.floats[place * records.stride + recordFloat.packets] = 18;
    records.advance(place, 0);
    expect(records.left(place)).toBe(3);
    expect([1, 2, 1].map((packets) => records.isDue(place, packets, 0))).toEqual([false, false, true]);
    records.advance(place, 0);
    expect(records.isDue(place, 1, 0.6)).toBe(true);
    records.advance(place, 0.6);
    records.expire(place);
    expect(records.isDue(place, 1, 0.6)).toBe(true);
  });

  test.each([0, 4, 12])("%p records are no table", (count) => {
    expect(() => table(count)).toThrow(RangeError);
  });
});
