import { beforeEach, expect, test } from "bun:test";
import { ExpectedError } from "../../../lib/errors.ts";
import { memoryMessages } from "../../../store/memory/memory-messages.ts";
import { dayMs, type Retention } from "../../chat/retention.ts";
import type { Ports } from "../classroom.ts";
import { maxPrunedAtOnce } from "../limits.ts";
import { MessageKeeper } from "./message-keeper.ts";

const startMs = 1_764_000_000_000;
let clock: { wall: number; steady: number };
let screen: string[];
let woken: number;
let store: ReturnType<typeof memoryMessages>;

beforeEach(async () => {
  clock = { wall: startMs, steady: 5_000 };
  screen = [];
  woken = 0;
  store = memoryMessages();
  const days = [100, 91, 89, 1];
  const text = "x";
  await store.append(
    days.map((old, i) => ({
      id: i + 1,
      room: 1,
      sender: "ann",
      recipient: "",
      text,
      timeMs: startMs - old * dayMs,
    })),
    new Map(),
  );
});

function keeper(retention: Retention): MessageKeeper {
  const faults: unknown[] = [];
  return new MessageKeeper({
    messages: store,
    retention,
    search: { wake: () => void woken++ },
    now: () => clock.steady,
    wallClock: () => clock.wall,
    screen: { line: (text: string) => void screen.push(text) },
    log: { info() {}, warn() {}, fault: (error: unknown) => void faults.push(error) },
  } as unknown as Ports);
}

const left = (): number[] => store.inRoom(1, 0, 1e6, 1e6).map(({ id }) => id);

test("what is older than the days goes, and is counted", async () => {
  const kept = keeper({ days: 90, bytes: undefined });
  expect(await kept.prune()).toBe(false);
  expect([left(), kept.removed, woken]).toEqual([[3, 4], 2, 1]);
  clock.wall += 2 * dayMs;
  clock.steady += 2 * dayMs;
  await kept.prune();
  expect([left(), kept.removed, screen]).toEqual([[4], 3, []]);
});

test("without bounds nothing goes", async () => {
  expect(await keeper({ days: undefined, bytes: undefined }).prune()).toBe(false);
  expect(left()).toEqual([1, 2, 3, 4]);
});

test("after a jump of the clock no message is too old, which is told once", async () => {
  const kept = keeper({ days: 90, bytes: undefined });
  clock.wall += 400 * dayMs;
  clock.steady += 60_000;
  await kept.prune();
  await kept.prune();
  expect(left()).toEqual([1, 2, 3, 4]);
  expect(screen).toEqual([
    "The clock of this machine was changed: until the next start no message is too old.",
  ]);
});

test("many go in slices; what fails is told once and tried again", async () => {
  const old = { room: 1, sender: "ann", recipient: "", text: "x", timeMs: 0 };
  store = memoryMessages();
  await store.append(
    Array.from({ length: maxPrunedAtOnce + 1 }, (_, i) => ({ ...old, id: i + 1 })),
    new Map(),
  );
  const kept = keeper({ days: 90, bytes: undefined });
  expect(await kept.prune()).toBe(true);
  expect(left()).toHaveLength(1);
  const prune = store.prune.bind(store);
  store.prune = async () => {
    throw new ExpectedError("old messages cannot be removed: the disk is full.");
  };
  for (let i = 0; i < 3; i++) expect(await kept.prune()).toBe(false);
  expect(screen).toEqual(["Old messages cannot be removed: the disk is full."]);
  store.prune = prune;
  expect(await kept.prune()).toBe(false);
  expect(left()).toEqual([]);
});
