import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxTextBytes } from "./limits.ts";
import * as message from "./message.ts";

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const tag = fc.integer({ min: 1, max: 0xffffffff });
const u64 = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const name = fc.string({ unit: "grapheme", maxLength: 16 });
const text = fc.string({ unit: "grapheme" });

/** The payload of a frame, with bytes around it that do not belong to it. */
function inside(frame: Uint8Array): [bytes: Uint8Array, start: number, end: number] {
  const start = 6 + ((frame[0]! << 8) | frame[1]!);
  return [Buffer.concat([Buffer.from("!"), frame, Buffer.from("!")]), start + 1, frame.length + 1];
}

describe("what is encoded is decoded again", () => {
  test("say", () =>
    fc.assert(
      fc.property(fc.record({ tag, room: u32, text }), (content) => {
        expect(message.decodeSay(...inside(message.encodeSay(content)))).toEqual(content);
      }),
    ));
  test("tell", () =>
    fc.assert(
      fc.property(fc.record({ tag, name, text }), (content) => {
        expect(message.decodeTell(...inside(message.encodeTell(content)))).toEqual(content);
      }),
    ));
  test("m", () =>
    fc.assert(
      fc.property(fc.record({ room: u32, id: u64, timeMs: u64, sender: name, text }), (content) => {
        expect(message.decodeRoomMessage(...inside(message.encodeRoomMessage(content)))).toEqual(content);
      }),
    ));
  test("p", () =>
    fc.assert(
      fc.property(fc.record({ id: u64, timeMs: u64, from: name, to: name, text }), (content) => {
        expect(message.decodePrivate(...inside(message.encodePrivate(content)))).toEqual(content);
      }),
    ));
  test("ack", () =>
    fc.assert(
      fc.property(fc.array(fc.record({ tag: u32, id: u64 }), { minLength: 1 }), (content) => {
        expect(message.decodeAcks(...inside(message.encodeAcks(content)))).toEqual(content);
      }),
    ));
});

describe("bytes that are no message are no exception", () => {
  const decoders = [
    message.decodeSay,
    message.decodeTell,
    message.decodeRoomMessage,
    message.decodePrivate,
    message.decodeAcks,
  ];

  test("any bytes", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(80), fc.nat(80), (bytes, a, b) => {
        const start = Math.min(a, bytes.length);
        const end = Math.min(start + b, bytes.length);
        for (const decode of decoders) decode(bytes, start, end);
      }),
      { numRuns: 5_000 },
    ));

  test("every truncation is refused, or is a shorter text", () => {
    const frames: [Uint8Array, message.Say["text"], (typeof decoders)[number], number][] = [
      [message.encodeSay({ tag: 1, room: 2, text: "abc" }), "abc", message.decodeSay, 3],
      [message.encodeTell({ tag: 1, name: "bob", text: "abc" }), "abc", message.decodeTell, 3],
      [
        message.encodePrivate({ id: 1, timeMs: 2, from: "ann", to: "bob", text: "abc" }),
        "abc",
        message.decodePrivate,
        3,
      ],
      [
        message.encodeRoomMessage({ room: 1, id: 1, timeMs: 2, sender: "ann", text: "abc" }),
        "abc",
        message.decodeRoomMessage,
        3,
      ],
    ];
    for (const [frame, whole, decode, letters] of frames) {
      const [bytes, start, end] = inside(frame);
      for (let cut = start; cut <= end; cut++) {
        const left = cut - (end - letters);
        const decoded = decode(bytes, start, cut);
        if (left < 0) expect(decoded).toBeUndefined();
        else expect(decoded).toMatchObject({ text: whole.slice(0, left) });
      }
    }
  });

  test("a tag of 0, text that is no UTF-8 or too long, a name that is too long, an id that no number holds", () => {
    const [say, start, end] = inside(message.encodeSay({ tag: 1, room: 2, text: "abc" }));
    const changed = (at: number, value: number): Uint8Array => Uint8Array.from(say).fill(value, at, at + 1);
    expect(message.decodeSay(changed(start + 3, 0), start, end)).toBeUndefined();
    expect(message.decodeSay(changed(end - 1, 0xff), start, end)).toBeUndefined();
    const longest = "x".repeat(maxTextBytes);
    expect(message.decodeSay(...inside(message.encodeSay({ tag: 1, room: 1, text: longest })))).toBeDefined();
    expect(message.decodeSay(...inside(message.encodeSay({ tag: 1, room: 1, text: `${longest}x` })))).toBe(
      undefined,
    );
    expect(
      message.decodeTell(...inside(message.encodeTell({ tag: 1, name: "b", text: `${longest}x` }))),
    ).toBe(undefined);
    const head = message.encodeRoomHead(1, "ann");
    expect(message.decodeRoomMessage(head, 0, head.length)).toMatchObject({ sender: "ann", text: "" });
    head[20] = 129;
    expect(message.decodeRoomMessage(Buffer.concat([head, Buffer.alloc(200)]), 0, 200)).toBeUndefined();
    const ack = new Uint8Array(12).fill(255);
    expect(message.decodeAcks(ack, 0, 12)).toBeUndefined();
    expect(message.decodeAcks(ack, 0, 0)).toBeUndefined();
    expect(message.decodeAcks(ack, 0, 11)).toBeUndefined();
    expect(() => message.encodeRoomHead(1, "x".repeat(129))).toThrow("a name of 129 bytes");
  });
});

test("id and time are filled into a head that is there", () => {
  const head = message.encodeRoomHead(7, "ann");
  message.writeRoomPlace(head, 2 ** 40 + 1, 2 ** 41 + 2);
  expect(message.decodeRoomMessage(head, 0, head.length)).toEqual({
    room: 7,
    id: 2 ** 40 + 1,
    timeMs: 2 ** 41 + 2,
    sender: "ann",
    text: "",
  });
});
