import { expect, test } from "bun:test";
import { SeatMemory } from "./seat-memory.ts";

const bytes = (tag: number): Uint8Array => Uint8Array.of(tag);

test("what is not acknowledged is said again, in order and under the same tags", () => {
  const memory = new SeatMemory();
  for (let i = 0; i < 4; i++) memory.add(bytes);
  memory.acknowledge(1, 10);
  memory.refuse(3);
  expect(memory.waitingCount).toBe(2);
  expect(memory.resume(0).map(({ tag, frame }) => [tag, frame()])).toEqual([
    [2, bytes(2)],
    [4, bytes(4)],
  ]);
  expect(memory.resume(2).map(({ tag }) => tag)).toEqual([4]);
  expect(memory.add(bytes).tag).toBe(5);
  memory.resume(100);
  expect([memory.waitingCount, memory.takeTag()]).toEqual([0, 101]);
});

test("who says something hears when it is acknowledged, and not when it is refused or only not said again", () => {
  const memory = new SeatMemory();
  const kept: string[] = [];
  for (const name of ["a", "b", "c", "d"]) memory.add(bytes, false, () => kept.push(name));
  memory.acknowledge(1, 0);
  memory.refuse(2);
  memory.resume(3);
  expect(kept).toEqual(["a"]);
  memory.acknowledge(4, 0);
  expect(kept).toEqual(["a", "d"]);
});

test("each message is news once; own ones are none where they were acknowledged", () => {
  const memory = new SeatMemory();
  expect(memory.hear("main", 5, false)).toBe(true);
  expect(memory.hear("main", 5, false)).toBe(false);
  expect(memory.hear("other", 4, false)).toBe(true);
  memory.acknowledge(1, 9);
  expect(memory.hear("main", 8, true)).toBe(false);
  expect(memory.hear("main", 10, true)).toBe(true);
  expect(memory.rooms.get("main")).toBe(10);
  // A room that keeps nothing has no ids.
  expect([memory.hear("main", 0, false), memory.hear("main", 0, false)]).toEqual([true, true]);
  expect([memory.hearPrivately(3), memory.hearPrivately(3), memory.hearPrivately(4)]).toEqual([
    true,
    false,
    true,
  ]);
});

test("an own message whose acknowledgement was lost is no news either, but one from elsewhere is", () => {
  const memory = new SeatMemory();
  memory.hear("main", 1, false);
  memory.add(bytes, true);
  memory.add(bytes, true);
  expect(memory.resume(1).length).toBe(1);
  expect([memory.hear("main", 2, true), memory.hear("main", 3, true)]).toEqual([false, true]);
});
