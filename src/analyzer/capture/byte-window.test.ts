import { expect, test } from "bun:test";
import { memoryBytes } from "./capture-builder.test-support.ts";
import { ByteWindow } from "./byte-window.ts";

const content = new Uint8Array(100).map((_, i) => i);

function held(window: ByteWindow): number[] {
  return [...window.bytes.subarray(window.start, window.end)];
}

test("the tail that was not taken comes first after a fill", async () => {
  const window = new ByteWindow(memoryBytes(content, 8), 16);
  await window.fill();
  window.skip(5);
  await window.fill();
  expect(held(window)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

test("bytes that were not read yet can be passed over", async () => {
  const window = new ByteWindow(memoryBytes(content, 8), 16);
  await window.fill();
  window.skip(50);
  expect(window.available).toBe(0);
  expect(await window.fill()).toBe(true);
  expect(held(window)[0]).toBe(50);
});

test("an end inside what is passed over is known", async () => {
  const window = new ByteWindow(memoryBytes(content), 16);
  await window.fill();
  window.skip(101);
  expect(await window.fill()).toBe(false);
  expect(window.endsInSkip).toBe(true);
});

test("it grows to what the next block needs", async () => {
  const window = new ByteWindow(memoryBytes(content), 16);
  await window.fill();
  await window.fill(64);
  expect(window.bytes.length).toBe(64);
  expect(held(window)).toEqual([...content.subarray(0, 64)]);
});
