/** The examples of PROTOCOL.md are what the codec makes of them, in both directions. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeFrame } from "./frame.ts";
import { decodeChunk, decodeCredit, encodeChunk, encodeCredit } from "./v2/chunk.ts";
import { decodeControl, encodeControl, type ControlHeader } from "./v2/control.ts";
import { v2HeaderNames, type V2HeaderName } from "./v2/header.ts";
import * as message from "./v2/message.ts";

const document = readFileSync(join(import.meta.dir, "PROTOCOL.md"), "utf8");

interface Example {
  header: V2HeaderName;
  frame: Buffer;
  content: unknown;
}

const examples: Example[] = [...document.matchAll(/^```frame\n([0-9a-f \n]+)\n(\w+) (.+)\n```$/gm)].map(
  ([, hex, header, json]) => ({
    header: header as V2HeaderName,
    frame: Buffer.from(hex!.replaceAll(/\s/g, ""), "hex"),
    content: JSON.parse(json!),
  }),
);

type Codec = {
  encode: (content: never) => Uint8Array;
  decode: (bytes: Uint8Array, start: number, end: number) => unknown;
};

const raw = (header: string): Codec => ({
  encode: (text: string) => encodeFrame(header, text),
  decode: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString(),
});

const binary: Partial<Record<V2HeaderName, Codec>> = {
  say: { encode: message.encodeSay, decode: message.decodeSay },
  tell: { encode: message.encodeTell, decode: message.decodeTell },
  m: {
    encode: (content: message.RoomMessage) => message.encodeRoomMessage(content),
    decode: message.decodeRoomMessage,
  },
  old: {
    encode: (content: message.RoomMessage) => message.encodeRoomMessage(content, "old"),
    decode: message.decodeRoomMessage,
  },
  p: { encode: message.encodePrivate, decode: message.decodePrivate },
  ack: { encode: message.encodeAcks, decode: message.decodeAcks },
  chunk: {
    encode: (content: { transfer: number; offset: number; data: string }) =>
      encodeChunk(content.transfer, content.offset, Buffer.from(content.data)),
    decode(bytes, start, end) {
      const chunk = decodeChunk(bytes, start, end)!;
      const data = Buffer.from(bytes.subarray(chunk.start, chunk.end)).toString();
      return { transfer: chunk.transfer, offset: chunk.offset, data };
    },
  },
  credit: { encode: encodeCredit, decode: decodeCredit },
  ping: raw("ping"),
  pong: raw("pong"),
};

function codecOf(header: V2HeaderName): Codec {
  const control = header as ControlHeader;
  return (
    binary[header] ?? {
      encode: (content: never) => encodeControl(control, content),
      decode: (bytes, start, end) => decodeControl(control, bytes, start, end),
    }
  );
}

test("every block is an example, and every header has one", () => {
  expect(examples.length).toBe(document.split("```frame").length - 1);
  const shown = new Set(examples.map(({ header }) => header));
  expect(v2HeaderNames.filter((header) => !shown.has(header))).toEqual([]);
});

for (const [index, { header, frame, content }] of examples.entries())
  test(`example ${index + 1}: ${header}`, () => {
    expect(Buffer.from(codecOf(header).encode(content as never)).toString("hex")).toBe(frame.toString("hex"));
    // In the middle of other bytes, as a decoder gives it.
    const start = frame.length - frame.readUInt32BE(2 + header.length);
    expect(start).toBe(6 + header.length);
    const bytes = Buffer.concat([Buffer.from("??"), frame, Buffer.from("??")]);
    expect(codecOf(header).decode(bytes, start + 2, frame.length + 2)).toEqual(content);
  });
