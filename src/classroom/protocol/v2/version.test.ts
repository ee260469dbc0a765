import { expect, test } from "bun:test";
import { agreeVersion } from "./version.ts";

test("two peers speak the lower minor of one major", () => {
  const rows: [theirs: string, ours: string, agreed: string | undefined][] = [
    ["2.0", "2.0", "2.0"],
    ["2.1", "2.0", "2.0"],
    ["2.0", "2.1", "2.0"],
    ["2.12", "2.9", "2.9"],
    ["1.0", "2.0", undefined],
    ["3.0", "2.0", undefined],
    ["99.0", "2.0", undefined],
  ];
  for (const [theirs, ours, agreed] of rows) expect(agreeVersion(theirs, ours)).toBe(agreed);
  for (const wrong of ["", "2", "2.", "2.00", "2.-1", "2.0.0", " 2.0", "2.99999", "two"])
    expect(agreeVersion(wrong)).toBeUndefined();
});
