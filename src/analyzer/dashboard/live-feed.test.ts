import { beforeEach, describe, expect, test } from "bun:test";
import { liveEveryMs, liveHeartbeatMs } from "../limits.ts";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import { LiveFeed } from "./live-feed.ts";

let now = 0;
let timers: (() => void)[] = [];
let counts: LiveCounts;
let feed: LiveFeed;

beforeEach(() => {
  now = 0;
  timers = [];
  counts = {
    packets: 0,
    bytes: 0,
    lastTime: null,
    droppedByKernel: 0,
    droppedByPcs: 0,
    flagged: null,
    learning: false,
    live: true,
  };
  feed = new LiveFeed(() => ({ ...counts }), {
    now: () => now,
    every(_, work) {
      timers.push(work);
      return () => void timers.splice(timers.indexOf(work), 1);
    },
  });
});

/** So many ticks pass, with packets of 100 bytes each. */
function pass(ticks: number, packets = 0): void {
  for (let i = 0; i < ticks; i++) {
    now += liveEveryMs;
    counts.packets += packets;
    counts.bytes += packets * 100;
    for (const timer of timers) timer();
  }
}

/** What was told by now; undefined where nothing was. */
async function toldNow(next: Promise<string | undefined>): Promise<unknown> {
  const text = await Promise.race([next, Bun.sleep(0).then(() => "nothing yet")]);
  const data = /^event: snapshot\ndata: (.*)\n\n$/.exec(text ?? "")?.[1];
  return data === undefined ? text : JSON.parse(data);
}

test("the first event comes at once, the next when something is new", async () => {
  const reader = feed.open();
  expect(await toldNow(reader.next())).toEqual({ ...counts, packetsPerSecond: 0, bytesPerSecond: 0 });
  const second = reader.next();
  pass(1);
  expect(await toldNow(second)).toBe("nothing yet");
  pass(1, 10);
  expect(await toldNow(second)).toMatchObject({ packets: 10, bytes: 1000 });
});

test("rates are those of the last second", async () => {
  const reader = feed.open();
  await reader.next();
  pass(20, 26);
  expect(await toldNow(reader.next())).toMatchObject({ packetsPerSecond: 100, bytesPerSecond: 10_000 });
  const quiet = reader.next();
  pass(5, 0);
  expect(await toldNow(quiet)).toMatchObject({ packets: 520 });
  expect(await toldNow(reader.next())).toMatchObject({ packetsPerSecond: 0, bytesPerSecond: 0 });
  expect(await toldNow(reader.next())).toBe("nothing yet");
});

test("at most four a second, however often somebody asks", async () => {
  const reader = feed.open();
  let told = 0;
  void (async () => {
    while ((await reader.next()) !== undefined) told++;
  })();
  for (let i = 0; i < 100; i++) {
    now += 10;
    counts.packets++;
    for (const timer of timers) timer();
    await Bun.sleep(0);
  }
  expect(told).toBe(4);
  reader.end();
});

test("who does not ask for long is told the latest, and nothing waited", async () => {
  const reader = feed.open();
  await reader.next();
  pass(10_000, 1);
  expect(await toldNow(reader.next())).toMatchObject({ packets: 10_000 });
  expect(await toldNow(reader.next())).toBe("nothing yet");
});

test("where nothing is new that is said at times", async () => {
  const reader = feed.open();
  await reader.next();
  const next = reader.next();
  pass(Math.ceil(liveHeartbeatMs / liveEveryMs));
  expect(await toldNow(next)).toBe(": nothing new\n\n");
});

test("after the end of the capture no event follows", async () => {
  const reader = feed.open();
  await reader.next();
  counts.live = false;
  const last = reader.next();
  pass(1);
  expect(await toldNow(last)).toMatchObject({ live: false });
  expect(await reader.next()).toBeUndefined();
  const late = feed.open();
  expect(await toldNow(late.next())).toMatchObject({ live: false });
  expect(await late.next()).toBeUndefined();
});

describe("the timer", () => {
  test("is one for all, and none where nobody looks", () => {
    const readers = Array.from({ length: 10 }, () => feed.open());
    expect(timers).toHaveLength(1);
    for (const reader of readers) reader.end();
    expect(timers).toHaveLength(0);
  });

  test("ends with the feed, and so do all streams", async () => {
    const reader = feed.open();
    await reader.next();
    const next = reader.next();
    feed.end();
    expect([await next, await feed.open().next(), timers.length]).toEqual([undefined, undefined, 0]);
  });
});
