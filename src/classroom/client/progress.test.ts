import { describe, expect, test } from "bun:test";
import { formatProgress } from "./progress.ts";

describe("a file on its way", () => {
  for (const [what, progress, line] of [
    ["at the start", [0, 1000, 0], "a.txt  [--------------------] 0 %"],
    ["half way", [500_000, 1_000_000, 1000], "a.txt  [##########----------] 50 %  500.0 kB/s  1 s left"],
    ["slow", [1_000_000, 1e9, 1000], "a.txt  [--------------------] 0 %  1.0 MB/s  16 min 39 s left"],
    ["at the end", [1000, 1000, 1000], "a.txt  [####################] 100 %  1.0 kB/s"],
    ["empty", [0, 0, 0], "a.txt  [####################] 100 %"],
    ["of unknown size", [2_500_000, undefined, 1000], "a.txt  2.5 MB  2.5 MB/s"],
    ["standing still", [0, 1000, 1000], "a.txt  [--------------------] 0 %  0 B/s"],
  ] as const)
    test(what, () => {
      const [bytes, size, elapsedMs] = progress;
      expect(formatProgress({ file: "a.txt", bytes, size, elapsedMs }, 80)).toBe(line);
    });

  test("a long name is shortened to the terminal's width", () => {
    const line = formatProgress({ file: "漢".repeat(100), bytes: 1, size: 2, elapsedMs: 0 }, 60);
    expect(Bun.stringWidth(line)).toBeLessThan(60);
    expect(line).toContain("…  [##########----------] 50 %");
  });

  test("a narrow terminal gets one row all the same", () => {
    const line = formatProgress({ file: "a.txt", bytes: 1, size: 2, elapsedMs: 1000 }, 10);
    expect(line.length).toBeLessThan(10);
  });
});
