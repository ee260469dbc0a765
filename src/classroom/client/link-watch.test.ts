import { afterEach, beforeEach, expect, test } from "bun:test";
import { pingAfterMs, pongWithinMs } from "./limits.ts";
import { LinkWatch } from "./link-watch.ts";

let now: number;
let isDeaf: boolean;
let done: string[];
let watch: LinkWatch;

beforeEach(() => {
  now = 1_000;
  isDeaf = false;
  done = [];
  watch = new LinkWatch(
    () => now,
    () => isDeaf,
  );
  watch.watch({
    send: (frame) => void done.push(Buffer.from(frame.subarray(2, 6)).toString()),
    destroy: () => void done.push("given up"),
  });
});
afterEach(() => watch.stop());

function lookAfter(ms: number): string[] {
  now += ms;
  watch.look();
  return done;
}

test("a quiet connection is asked, and one that does not answer is given up, once", () => {
  expect(lookAfter(pingAfterMs - 1)).toEqual([]);
  expect(lookAfter(1)).toEqual(["ping"]);
  expect(lookAfter(pongWithinMs - 1)).toEqual(["ping"]);
  expect(lookAfter(1)).toEqual(["ping", "given up"]);
  expect(lookAfter(10 * pongWithinMs)).toEqual(["ping", "given up"]);
});

test("whatever comes is an answer", () => {
  lookAfter(pingAfterMs);
  watch.heard();
  expect(lookAfter(pongWithinMs)).toEqual(["ping", "ping"]);
});

test("a machine that slept asks first", () => {
  expect(lookAfter(3_600_000)).toEqual(["ping"]);
  watch.heard();
  expect(lookAfter(1)).toEqual(["ping"]);
});

test("who does not read at present gives nobody up", () => {
  lookAfter(pingAfterMs);
  isDeaf = true;
  expect(lookAfter(pongWithinMs)).toEqual(["ping"]);
  isDeaf = false;
  expect(lookAfter(pongWithinMs - 1)).toEqual(["ping"]);
});
