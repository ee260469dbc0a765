/** Marks in memory: for tests, and for a run that has no file for them. */
import type { ExpectedMark, ExpectedMarks } from "../../analyzer/anomaly/expected-marks.ts";
import { maxExpectedMarks } from "../../analyzer/anomaly/limits.ts";

export function memoryExpectedMarks(): ExpectedMarks {
  const marks = new Map<string, ExpectedMark>();
  return {
    list: () => [...marks.values()].reverse(),
    has: (key) => marks.has(key),
    add(mark) {
      if (marks.has(mark.key)) return true;
      if (marks.size >= maxExpectedMarks) return false;
      marks.set(mark.key, mark);
      return true;
    },
    remove: (key) => void marks.delete(key),
    close() {},
  };
}
