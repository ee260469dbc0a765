import { beforeEach, describe, expect, test } from "bun:test";
import { ChunkReceiver } from "./chunk-receiver.ts";
import { creditStepBytes, creditWindowBytes } from "./limits.ts";

let taken: number[];
let pendingBytes: number;
const sink = {
  write(bytes: Uint8Array, start: number, end: number): void {
    taken.push(...bytes.subarray(start, end));
  },
  get pendingBytes() {
    return pendingBytes;
  },
};
beforeEach(() => {
  taken = [];
  pendingBytes = 0;
});

test("a file in order, with what was there before", () => {
  const receiver = new ChunkReceiver(5, sink, 2);
  expect(receiver.upTo).toBe(2);
  expect(receiver.creditDue()).toBe(5);
  expect(receiver.take(2, Uint8Array.of(9, 3, 4, 9), 1, 3)).toBeUndefined();
  expect(receiver.take(4, Uint8Array.of(5), 0, 1)).toBeUndefined();
  expect(receiver.end(5)).toBeUndefined();
  expect(taken).toEqual([3, 4, 5]);
});

test("an empty file", () => {
  const receiver = new ChunkReceiver(0, sink);
  expect(receiver.creditDue()).toBeUndefined();
  expect(receiver.end(0)).toBeUndefined();
});

describe("what ends a transfer", () => {
  const rows: [string, number, number, string][] = [
    ["a gap", 3, 1, "gap"],
    ["the same once more", 0, 1, "gap"],
    ["more than the size", 2, 9, "size"],
    ["more than the credit", 2, 3, "credit"],
  ];
  for (const [what, offset, length, code] of rows)
    test(what, () => {
      const receiver = new ChunkReceiver(8, sink);
      receiver.upTo = 4;
      expect(receiver.take(0, Uint8Array.of(1, 2), 0, 2)).toBeUndefined();
      expect(receiver.take(offset, new Uint8Array(length), 0, length)).toMatchObject({ code });
      expect(taken).toEqual([1, 2]);
    });

  test("an end before the end, or of another size", () => {
    const whole = (): ChunkReceiver => {
      const receiver = new ChunkReceiver(1, sink);
      receiver.creditDue();
      receiver.take(0, Uint8Array.of(1), 0, 1);
      return receiver;
    };
    expect(new ChunkReceiver(1, sink).end(1)).toMatchObject({ code: "size" });
    expect(whole().end(2)).toMatchObject({ code: "size" });
    expect(whole().end(1)).toBeUndefined();
  });
});

test("credit runs ahead of the disk by a window, and is told in steps", () => {
  const receiver = new ChunkReceiver(100 << 20, sink);
  expect(receiver.creditDue()).toBe(creditWindowBytes);
  expect(receiver.creditDue()).toBeUndefined();
  const piece = new Uint8Array(creditStepBytes);
  const quiet = {
    write() {},
    get pendingBytes() {
      return pendingBytes;
    },
  };
  const large = new ChunkReceiver(100 << 20, quiet);
  large.creditDue();
  pendingBytes = creditStepBytes;
  large.take(0, piece, 0, piece.length);
  expect(large.creditDue()).toBeUndefined();
  pendingBytes = 0;
  expect(large.creditDue()).toBe(creditWindowBytes + creditStepBytes);
});
