import { expect, test } from "bun:test";
import { UnreadMarks } from "./unread-marks.ts";

test("what is shown elsewhere is unread until somebody goes there", () => {
  const marks = new UnreadMarks();
  marks.shown("main", 5, true);
  marks.shown("group", 6, false);
  marks.shown("group", 7, false);
  expect([marks.of("main"), marks.of("group"), marks.text]).toEqual([0, 2, "(group 2) "]);
  expect(marks.takeUntold()).toEqual([["main", 5]]);
  expect(marks.takeUntold()).toEqual([]);
  marks.read("group", 7);
  marks.read("group", 6);
  expect([marks.of("group"), marks.takeUntold()]).toEqual([0, [["group", 7]]]);
});

test("the server's count is where it begins, and a room that is left has none", () => {
  const marks = new UnreadMarks();
  marks.joined("group", 3);
  marks.shown("group", 9, false);
  expect(marks.of("group")).toBe(4);
  marks.joined("group", 0);
  expect(marks.text).toBe("");
  marks.shown("group", 9, false);
  marks.left("group");
  expect(marks.text).toBe("");
});
