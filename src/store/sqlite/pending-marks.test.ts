import { expect, test } from "bun:test";
import { PendingMarks } from "./pending-marks.ts";

test("the highest counts, before it is written, while it is, and where it could not be", () => {
  const marks = new PendingMarks();
  marks.setSeen("ann", 7);
  marks.setSeen("ann", 5);
  marks.setRead("ann", 1, 3);
  marks.setRead("ann", 2, 9);
  marks.addRoom({ number: 2, name: "group" });
  const taken = marks.take();
  expect(taken).toEqual({
    seen: new Map([["ann", 7]]),
    reads: [
      ["ann", 1, 3],
      ["ann", 2, 9],
    ],
    newRooms: [{ number: 2, name: "group" }],
  });
  expect([marks.seen("ann"), marks.read("ann", 1), marks.read("bob", 1)]).toEqual([7, 3, undefined]);
  marks.setRead("ann", 1, 4);
  marks.addRoom({ number: 3, name: "other" });
  marks.giveBack(taken);
  expect(marks.take()).toEqual({
    seen: new Map([["ann", 7]]),
    reads: [
      ["ann", 1, 4],
      ["ann", 2, 9],
    ],
    newRooms: [
      { number: 2, name: "group" },
      { number: 3, name: "other" },
    ],
  });
});
