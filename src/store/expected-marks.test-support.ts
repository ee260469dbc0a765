/** What every store of marks promises, run over each of them. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ExpectedMark, ExpectedMarks } from "../analyzer/anomaly/expected-marks.ts";
import { maxExpectedMarks } from "../analyzer/anomaly/limits.ts";

export const mark = (key: string, since = 1): ExpectedMark => ({ key, text: `what ${key} is`, since });

/** @param open makes an empty store */
export function testExpectedMarks(what: string, open: () => ExpectedMarks): void {
  describe(`a store of marks: ${what}`, () => {
    let marks: ExpectedMarks;
    beforeEach(() => {
      marks = open();
    });
    afterEach(() => marks.close());

    test("has what was added, the latest first, until it is removed", () => {
      expect([marks.list(), marks.has("a")]).toEqual([[], false]);
      expect([marks.add(mark("a", 1)), marks.add(mark("b", 2.5))]).toEqual([true, true]);
      expect(marks.list()).toEqual([mark("b", 2.5), mark("a", 1)]);
      expect([marks.has("a"), marks.has("A"), marks.has("")]).toEqual([true, false, false]);
      marks.remove("a");
      marks.remove("never");
      expect([marks.has("a"), marks.list()]).toEqual([false, [mark("b", 2.5)]]);
    });

    test("what is marked already stays as it is", () => {
      marks.add(mark("a", 1));
      expect(marks.add({ key: "a", text: "other", since: 2 })).toBe(true);
      expect(marks.list()).toEqual([mark("a", 1)]);
    });

    test("text of any kind", () => {
      const odd = { key: "'; DROP TABLE expected; --", text: "<script>alert(1)</script> é 漢\0", since: 0 };
      marks.add(odd);
      expect(marks.list()).toEqual([odd]);
    });

    test("takes only so many", () => {
      for (let i = 0; i < maxExpectedMarks; i++) expect(marks.add(mark(`${i}`, i))).toBe(true);
      expect(marks.add(mark("more"))).toBe(false);
      expect(marks.add(mark("0"))).toBe(true);
      marks.remove("0");
      expect(marks.add(mark("more"))).toBe(true);
      expect(marks.list()).toHaveLength(maxExpectedMarks);
    });
  });
}
