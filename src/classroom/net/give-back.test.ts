import { expect, test } from "bun:test";
import { giveBack } from "./give-back.ts";

test("a large chunk that has its buffer for itself is given back, and no other", () => {
  const large = new Uint8Array(64 << 10);
  const part = large.subarray(1);
  const small = new Uint8Array(100);
  const shared = new Uint8Array(new SharedArrayBuffer(64 << 10));
  for (const chunk of [part, small, shared]) giveBack(chunk);
  expect([large.length, small.length, shared.length]).toEqual([64 << 10, 100, 64 << 10]);
  giveBack(large);
  expect([large.length, part.length]).toEqual([0, 0]);
});
