import { expect, test } from "bun:test";
import { Hono } from "hono";
import { exportSliceMs } from "../limits.ts";
import { inSlices, OpenStreams, streamBody } from "./open-streams.ts";

test("so many at once, and each ends once", () => {
  const streams = new OpenStreams(2);
  const [one, other] = [streams.begin(), streams.begin()];
  expect([streams.begin(), streams.open, streams.refused]).toEqual([undefined, 2, 1]);
  one!();
  one!();
  expect(streams.open).toBe(1);
  expect(streams.begin()).toBeDefined();
  other!();
});

async function open(next: () => Uint8Array | undefined) {
  let [ended, kept] = [0, 0];
  const app = new Hono().get("/", (c) => c.body(streamBody(c, next, () => ended++)));
  const abort = new AbortController();
  const response = await app.request("/", { signal: abort.signal }, { keepOpen: () => kept++ });
  return { reader: response.body!.getReader(), abort, ended: () => ended, kept: () => kept };
}

test("a piece is made when it is asked for, and the reader has time for each", async () => {
  const pieces = [new Uint8Array(1), new Uint8Array(2)];
  const { reader, ended, kept } = await open(() => pieces.shift());
  await Bun.sleep(1);
  expect([pieces.length, kept()]).toEqual([2, 0]);
  expect((await reader.read()).value).toHaveLength(1);
  expect([pieces.length, kept(), ended()]).toEqual([1, 1, 0]);
  await reader.read();
  expect([(await reader.read()).done, ended()]).toEqual([true, 1]);
});

test.each(["cancel", "abort", "fault"])("ends once by %s", async (how) => {
  const { reader, abort, ended } = await open(() => {
    if (how === "fault") throw new Error("so not.");
    return new Uint8Array(1);
  });
  if (how === "fault") expect(reader.read()).rejects.toThrow("so not.");
  else await reader.read();
  if (how === "abort") abort.abort();
  await reader.cancel().catch(() => {});
  expect(ended()).toBe(1);
});

test("between slices everything else has its turn, and empty pieces are sent to nobody", async () => {
  let now = 0;
  function* make(isOver: () => boolean): Generator<Uint8Array, void> {
    for (let i = 0; i < 5; i++) {
      while (!isOver()) now++;
      yield new Uint8Array(i === 3 ? 7 : 0);
    }
  }
  const next = inSlices(make, () => now);
  const order: string[] = [];
  setImmediate(() => order.push("another"));
  void next().then((piece) => order.push(piece?.length === 7 ? "piece" : "nothing"));
  while (order.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(["another", "piece"]);
  // Four slices up to the piece, and one more to the end.
  expect(now).toBe(4 * exportSliceMs);
  expect(await next()).toBeUndefined();
  expect(now).toBe(5 * exportSliceMs);
});
