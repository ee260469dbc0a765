/**
 * The frames of the second protocol whose payload is JSON: all but messages and chunks of files. JSON because a
 * person can read it in a capture, a stranger can write it, and a later version can add a field; none of these
 * frames is sent often enough for its cost to matter.
 */
import { encodeFrame } from "../frame.ts";
import { v2HeaderNames, type V2HeaderName } from "./header.ts";
import {
  maxAnswersCharacters,
  maxControlBytes,
  maxHelloBytes,
  maxHistoryMessages,
  maxNesting,
  maxRoomNameCharacters,
} from "./limits.ts";
import { decimal, flag, listOf, object, oneOf, optional, text, whole, type ShapeOf } from "./shape.ts";
import { role, teachingShapes } from "./teaching-shapes.ts";

/** Person, room and file names in characters; what they may hold is checked where they are used. */
const person = text(64);
const room = text(maxRoomNameCharacters);
const fileName = text(255);
const sentence = text(1000);
const code = text(32);
/** An id, a size or an offset: up to 2^53 - 1, so that every language has it exactly. */
const large = whole(0, Number.MAX_SAFE_INTEGER);
const tag = whole(1, 0xffffffff);
const number = whole(0, 0xffffffff);
const sha256: (value: unknown) => string | undefined = (value) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : undefined;

const foundMessage = object({
  id: large,
  timeMs: large,
  from: person,
  room: optional(room),
  to: optional(person),
  text: text(maxControlBytes),
});

/** What was handed in, and when. */
const receiptFields = { file: fileName, bytes: large, sha256, timeMs: large };
const receipt = object(receiptFields);

export const controlShapes = {
  hello: object({
    version: text(16),
    tls: flag,
    agent: optional(text(64)),
    capabilities: listOf(text(32), 32),
  }),
  name: object({ name: person }),
  login: object({
    name: optional(person),
    password: optional(text(256)),
    create: optional(flag),
    newPassword: optional(text(256)),
    token: optional(text(64)),
  }),
  seat: object({
    name: person,
    role,
    token: optional(text(64)),
    lastTag: number,
    seen: large,
    room,
    kept: optional(object({ days: optional(number), bytes: optional(large) })),
  }),
  bye: object({ code, text: optional(sentence) }),
  error: object({
    code,
    text: sentence,
    tag: optional(tag),
    ask: optional(number),
    transfer: optional(number),
  }),
  join: object({
    ask: number,
    room,
    since: optional(large),
    history: optional(whole(0, maxHistoryMessages)),
    keep: optional(flag),
  }),
  joined: object({
    ask: number,
    room,
    number,
    keeps: flag,
    members: listOf(person, 1000),
    memberCount: number,
    missed: number,
    skipped: flag,
    read: optional(large),
    unread: optional(number),
  }),
  part: object({ ask: number, number }),
  rooms: object({
    ask: number,
    rooms: optional(listOf(object({ room, members: number, keeps: flag, unread: optional(number) }), 1000)),
  }),
  read: object({ number, id: large }),
  search: object({
    ask: number,
    words: optional(text(maxControlBytes)),
    number: optional(number),
    before: optional(large),
    count: optional(number),
    found: optional(listOf(foundMessage, 1000)),
    more: optional(flag),
    behind: optional(flag),
  }),
  history: object({ ask: number, number, before: large, count: whole(0, maxHistoryMessages) }),
  presence: object({ number, name: person, here: flag }),
  typing: object({ number, name: optional(person) }),
  notice: object({ text: text(maxControlBytes) }),
  seen: object({ id: large }),
  mode: object({ chat: flag, files: flag }),
  offer: object({
    tag: optional(tag),
    transfer: number,
    name: fileName,
    size: large,
    to: optional(person),
    number: optional(number),
    from: optional(person),
    folder: optional(text(1000)),
    same: optional(text(64)),
    batch: optional(object({ word: text(64), files: number, bytes: large })),
    collect: optional(number),
    bank: optional(oneOf(["new", "replace"])),
    answers: optional(object({ name: fileName, text: text(maxAnswersCharacters) })),
    resume: optional(text(64)),
  }),
  collect: object({
    ask: optional(number),
    do: optional(oneOf(["begin", "end", "list"])),
    number: optional(number),
    name: text(64),
    open: optional(flag),
    receipt: optional(receipt),
  }),
  receipt: object({ number, name: text(64), receipt }),
  handins: object({
    number,
    name: text(64),
    open: flag,
    asked: optional(listOf(person, 1000)),
    receipts: optional(listOf(object({ student: person, ...receiptFields }), 1000)),
    more: optional(number),
  }),
  accept: object({ transfer: number, offset: large, upTo: large, resume: optional(text(64)) }),
  end: object({ transfer: number, size: large, sha256 }),
  received: object({ transfer: number, name: fileName, sha256 }),
  cancel: object({ transfer: number, code, text: optional(sentence) }),
  quiz: object({
    quiz: number,
    title: optional(text(255)),
    questions: number,
    pace: optional(oneOf(["timed", "teacher", "all-at-once"])),
  }),
  question: object({
    quiz: number,
    number,
    text: text(maxControlBytes),
    options: listOf(text(maxControlBytes), 200),
    seconds: optional(number),
    round: optional(number),
    form: optional(oneOf(["choice", "choices", "true-false", "text", "number", "match", "order", "none"])),
    prompts: optional(listOf(text(maxControlBytes), 100)),
    leftMs: optional(number),
    answered: optional(text(maxControlBytes)),
  }),
  answer: object({
    tag,
    quiz: number,
    number: optional(number),
    answer: text(maxControlBytes),
    round: optional(number),
    elapsedMs: optional(number),
  }),
  result: object({
    quiz: number,
    number: optional(number),
    answered: optional(text(maxControlBytes)),
    fraction: optional(decimal),
    points: optional(decimal),
    right: optional(text(maxControlBytes)),
    feedback: optional(text(maxControlBytes)),
    score: optional(decimal),
    of: optional(decimal),
    text: optional(sentence),
  }),
  phase: object({
    quiz: number,
    phase: oneOf(["lobby", "next", "question", "closed", "explanation", "finished"]),
    number: optional(number),
    round: optional(number),
    leftMs: optional(number),
    paused: optional(flag),
  }),
  team: object({ tag, quiz: number, team: text(64) }),
  ...teachingShapes,
} as const;

export type ControlHeader = keyof typeof controlShapes;

export type Control<H extends ControlHeader> = ShapeOf<(typeof controlShapes)[H]>;

/** @throws RangeError where the frame would be longer than the other side takes: callers check what people type */
export function encodeControl<H extends ControlHeader>(header: H, content: Control<H>): Uint8Array {
  const payload = encoder.encode(JSON.stringify(content));
  if (payload.length > mostBytes(header)) throw new RangeError(`a ${header} that is too long`);
  return encodeFrame(header, payload);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @returns the content of `bytes[start .. end)`, or undefined where it has not the shape of its header */
export function decodeControl<H extends ControlHeader>(
  header: H,
  bytes: Uint8Array,
  start: number,
  end: number,
): Control<H> | undefined {
  if (end - start > mostBytes(header) || !nestsLittle(bytes, start, end)) return undefined;
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes.subarray(start, end)));
    return controlShapes[header](value) as Control<H> | undefined;
  } catch {
    // No UTF-8, or no JSON.
    return undefined;
  }
}

/** The header of a code where its payload is JSON. */
export function controlHeader(code: number): ControlHeader | undefined {
  const name: V2HeaderName | undefined = v2HeaderNames[code];
  return name !== undefined && Object.hasOwn(controlShapes, name) ? (name as ControlHeader) : undefined;
}

function mostBytes(header: ControlHeader): number {
  return header === "hello" ? maxHelloBytes : maxControlBytes;
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether brackets are within each other no deeper than any frame needs: a parser is slow on 64 KiB of `[`. */
function nestsLittle(bytes: Uint8Array, start: number, end: number): boolean {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === quote) {
      for (at++; at < end && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > maxNesting) return false;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return true;
}
