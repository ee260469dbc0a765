import { expect, test } from "bun:test";
import { encodeFrame } from "../../classroom/protocol/frame.ts";
import { headerNames } from "../../classroom/protocol/header.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { looksAtAnything, pcsMessage } from "./payload-builder.test-support.ts";
import { frameKindAt } from "./pcs-frames.ts";

test("chat, file, quiz and the rest told apart by the header", () => {
  const kinds = headerNames.map((header) => {
    const frame = encodeFrame(header, "a b c");
    return [header, frameKindAt(frame, 0, frame.length, false)];
  });
  expect(kinds).toEqual([
    ["msg", "chat"],
    ["cmd", "session"],
    ["to", "chat"],
    ["info", "session"],
    ["file_transfer", "file"],
    ["quiz_answer", "quiz"],
    ["quiz_question", "quiz"],
    ["error", "session"],
    ["hello", "session"],
  ]);
});

test("the second protocol's headers count once pcs was seen in the flow", () => {
  for (const [header, kind] of [
    ["m", "chat"],
    ["tell", "chat"],
    ["chunk", "file"],
    ["question", "quiz"],
    ["seat", "session"],
  ] as const) {
    const frame = encodeFrame(header, "a b c");
    expect([header, frameKindAt(frame, 0, frame.length, true)]).toEqual([header, kind]);
    expect(frameKindAt(frame, 0, frame.length, false)).toBeUndefined();
  }
});

test("a header cut off, a payload too long, another header", () => {
  expect(frameKindAt(pcsMessage, 0, 6, false)).toBeUndefined();
  expect(frameKindAt(pcsMessage, 0, 6, true)).toBe("chat");
  expect(frameKindAt(bytes("0003 6d7367 00100001"), 0, 9, false)).toBeUndefined();
  expect(frameKindAt(bytes("0003 6d7368 00000001"), 0, 9, false)).toBeUndefined();
});

test("any bytes", () =>
  looksAtAnything((b, s, e) => [frameKindAt(b, s, e, false), frameKindAt(b, s, e, true)]));
