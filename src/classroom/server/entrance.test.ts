import { describe, expect, it } from "bun:test";
import { Entrance } from "./entrance.ts";
import { entranceSliceMs } from "./limits.ts";

/** An entrance with a clock and a loop of its own. */
function newEntrance() {
  const clock = { ms: 0 };
  const turns: (() => void)[] = [];
  const faults: unknown[] = [];
  const entrance = new Entrance(
    () => clock.ms,
    (error) => faults.push(error),
    (run) => turns.push(run),
  );
  return {
    entrance,
    faults,
    turns,
    /** Work that takes so long, and notes itself. */
    taking: (ms: number, done: string[], name: string) => () => {
      clock.ms += ms;
      done.push(name);
    },
    nextTurn: () => turns.shift()?.(),
  };
}

describe("those who come in", () => {
  it("are let in at once while a slice lasts, and the others in later turns, in order", () => {
    const { entrance, taking, nextTurn, turns } = newEntrance();
    const done: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"])
      entrance.enter(taking(entranceSliceMs / 2 + 0.1, done, name));
    expect(done).toEqual(["a", "b"]);
    expect(entrance.waiting).toBe(3);
    nextTurn();
    expect(done).toEqual(["a", "b", "c", "d"]);
    nextTurn();
    expect(done).toEqual(["a", "b", "c", "d", "e"]);
    expect(entrance.waiting).toBe(0);
    nextTurn();
    expect(turns).toHaveLength(0);
  });

  it("have a new slice in each turn", () => {
    const { entrance, taking, nextTurn } = newEntrance();
    const done: string[] = [];
    entrance.enter(taking(entranceSliceMs, done, "a"));
    expect(entrance.isFree).toBe(false);
    nextTurn();
    expect(entrance.isFree).toBe(true);
    entrance.enter(taking(entranceSliceMs, done, "b"));
    expect(done).toEqual(["a", "b"]);
  });

  it("keep their order where one comes in within another's turn", () => {
    const { entrance, taking, nextTurn } = newEntrance();
    const done: string[] = [];
    entrance.enter(taking(entranceSliceMs, done, "a"));
    entrance.enter(() => entrance.enter(taking(1, done, "c")));
    entrance.enter(taking(1, done, "b"));
    nextTurn();
    expect(done).toEqual(["a", "b", "c"]);
  });

  it("are let in although one before them fails, which is told", () => {
    const { entrance, taking, faults } = newEntrance();
    const done: string[] = [];
    entrance.enter(() => {
      throw new Error("a bug");
    });
    entrance.enter(taking(1, done, "b"));
    expect(done).toEqual(["b"]);
    expect(faults).toEqual([new Error("a bug")]);
  });
});
