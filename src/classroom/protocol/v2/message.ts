/**
 * Messages of the second protocol, binary because one of them is read once and written thousands of times:
 *
 *      say    | u32 tag | u32 room | text                                     to a room
 *      tell   | u32 tag | u8 n | name | text                                  to one person
 *      m      | u32 room | u64 id | u64 time | u8 n | sender | text           out of a room; `old` is the same
 *      p      | u64 id | u64 time | u8 n | from | u8 n | to | text            from one person to one person
 *      ack    | u32 tag | u64 id | …                                          records of 12 bytes
 *
 * All numbers big-endian, time in milliseconds since 1970, names and text in UTF-8 and their lengths in bytes. A
 * busy server reads and writes these fields where they lie; the functions here make objects, for everybody else.
 */
import { encodeFrame } from "../frame.ts";
import { readUint32, readUint64, writeUint32, writeUint64 } from "./binary.ts";
import { maxNameBytes, maxTextBytes } from "./limits.ts";

/** Bytes in front of the text of a `say`. */
export const sayHeadBytes = 8;
/** Bytes in front of the sender's name in an `m`, without the length of the name. */
export const roomHeadBytes = 20;
/** Bytes of one record of an `ack`. */
export const ackBytes = 12;

export interface Say {
  tag: number;
  room: number;
  text: string;
}

export interface Tell {
  tag: number;
  name: string;
  text: string;
}

/** A message out of a room. */
export interface RoomMessage {
  room: number;
  /** 0 where the room keeps nothing. */
  id: number;
  timeMs: number;
  sender: string;
  text: string;
}

export interface PrivateMessage {
  id: number;
  timeMs: number;
  from: string;
  to: string;
  text: string;
}

export interface Ack {
  tag: number;
  /** The id that the message got, or 0. */
  id: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function encodeSay({ tag, room, text }: Say): Uint8Array {
  const body = encoder.encode(text);
  const payload = new Uint8Array(sayHeadBytes + body.length);
  writeUint32(payload, 0, tag);
  writeUint32(payload, 4, room);
  payload.set(body, sayHeadBytes);
  return encodeFrame("say", payload);
}

export function decodeSay(bytes: Uint8Array, start: number, end: number): Say | undefined {
  if (end - start < sayHeadBytes || end - start > sayHeadBytes + maxTextBytes) return undefined;
  const text = textOf(bytes, start + sayHeadBytes, end);
  const tag = readUint32(bytes, start);
  return text === undefined || tag === 0 ? undefined : { tag, room: readUint32(bytes, start + 4), text };
}

export function encodeTell({ tag, name, text }: Tell): Uint8Array {
  const [nameBytes, body] = [encoder.encode(name), encoder.encode(text)];
  const payload = new Uint8Array(4 + 1 + nameBytes.length + body.length);
  writeUint32(payload, 0, tag);
  payload.set(body, writeName(payload, 4, nameBytes));
  return encodeFrame("tell", payload);
}

export function decodeTell(bytes: Uint8Array, start: number, end: number): Tell | undefined {
  if (end - start < 5) return undefined;
  const tag = readUint32(bytes, start);
  const name = nameAt(bytes, start + 4, end);
  if (name === undefined || tag === 0 || end - name.end > maxTextBytes) return undefined;
  const text = textOf(bytes, name.end, end);
  return text === undefined ? undefined : { tag, name: name.text, text };
}

/** Everything of an `m` in front of its text, for a sender in a room; `writeRoomPlace` fills in id and time. */
export function encodeRoomHead(room: number, sender: string): Uint8Array {
  const name = encoder.encode(sender);
  const head = new Uint8Array(roomHeadBytes + 1 + name.length);
  writeUint32(head, 0, room);
  writeName(head, roomHeadBytes, name);
  return head;
}

export function writeRoomPlace(head: Uint8Array, id: number, timeMs: number): void {
  writeUint64(head, 4, id);
  writeUint64(head, 12, timeMs);
}

/** @param header `old` for what was asked for by `history` */
export function encodeRoomMessage(message: RoomMessage, header: "m" | "old" = "m"): Uint8Array {
  const head = encodeRoomHead(message.room, message.sender);
  writeRoomPlace(head, message.id, message.timeMs);
  const body = encoder.encode(message.text);
  const payload = new Uint8Array(head.length + body.length);
  payload.set(head);
  payload.set(body, head.length);
  return encodeFrame(header, payload);
}

export function decodeRoomMessage(bytes: Uint8Array, start: number, end: number): RoomMessage | undefined {
  const sender = nameAt(bytes, start + roomHeadBytes, end);
  if (sender === undefined) return undefined;
  const id = readUint64(bytes, start + 4);
  const timeMs = readUint64(bytes, start + 12);
  const text = textOf(bytes, sender.end, end);
  if (text === undefined || !Number.isFinite(id + timeMs)) return undefined;
  return { room: readUint32(bytes, start), id, timeMs, sender: sender.text, text };
}

export function encodePrivate({ id, timeMs, from, to, text }: PrivateMessage): Uint8Array {
  const [fromBytes, toBytes, body] = [encoder.encode(from), encoder.encode(to), encoder.encode(text)];
  const payload = new Uint8Array(16 + 2 + fromBytes.length + toBytes.length + body.length);
  writeUint64(payload, 0, id);
  writeUint64(payload, 8, timeMs);
  payload.set(body, writeName(payload, writeName(payload, 16, fromBytes), toBytes));
  return encodeFrame("p", payload);
}

export function decodePrivate(bytes: Uint8Array, start: number, end: number): PrivateMessage | undefined {
  const from = nameAt(bytes, start + 16, end);
  const to = from === undefined ? undefined : nameAt(bytes, from.end, end);
  if (from === undefined || to === undefined) return undefined;
  const id = readUint64(bytes, start);
  const timeMs = readUint64(bytes, start + 8);
  const text = textOf(bytes, to.end, end);
  if (text === undefined || !Number.isFinite(id + timeMs)) return undefined;
  return { id, timeMs, from: from.text, to: to.text, text };
}

export function encodeAcks(acks: readonly Ack[]): Uint8Array {
  const payload = new Uint8Array(acks.length * ackBytes);
  for (const [index, { tag, id }] of acks.entries()) {
    writeUint32(payload, index * ackBytes, tag);
    writeUint64(payload, index * ackBytes + 4, id);
  }
  return encodeFrame("ack", payload);
}

export function decodeAcks(bytes: Uint8Array, start: number, end: number): Ack[] | undefined {
  if (end === start || (end - start) % ackBytes !== 0) return undefined;
  const acks: Ack[] = [];
  for (let at = start; at < end; at += ackBytes) {
    const id = readUint64(bytes, at + 4);
    if (!Number.isFinite(id)) return undefined;
    acks.push({ tag: readUint32(bytes, at), id });
  }
  return acks;
}

/** @returns where the name ends */
function writeName(target: Uint8Array, at: number, bytes: Uint8Array): number {
  if (bytes.length > maxNameBytes) throw new RangeError(`a name of ${bytes.length} bytes`);
  target[at] = bytes.length;
  target.set(bytes, at + 1);
  return at + 1 + bytes.length;
}

function nameAt(bytes: Uint8Array, at: number, end: number): { text: string; end: number } | undefined {
  if (at >= end) return undefined;
  const length = bytes[at]!;
  const nameEnd = at + 1 + length;
  if (length > maxNameBytes || nameEnd > end) return undefined;
  const text = textOf(bytes, at + 1, nameEnd);
  return text === undefined ? undefined : { text, end: nameEnd };
}

function textOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
