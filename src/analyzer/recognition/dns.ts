/**
 * DNS (RFC 1035, section 4) and multicast DNS (RFC 6762), over UDP and TCP.
 *
 *      0    2                                                  4           6         8           10           12
 *     | id | response 1, opcode 4, flags 7, code 4            | questions | answers | authority | additional |
 *     | questions: name, type u16, class u16 | records: name, type, class, TTL u32, length u16, data |
 *
 * A name is labels, each behind its length, up to a length of 0; two high bits make it a pointer to an earlier
 * place (section 4.1.4). Over TCP a length of two bytes stands before each message (section 4.2.2).
 */
import type { Facts, HostName } from "./facts.ts";
import { readName, uint16 } from "./read-bytes.ts";

const headerBytes = 12;
/** The highest opcode in use: stateful operations (RFC 8490). */
const highestOpcode = 6;
/** Answers looked at in one message, and pointers followed in one name. */
const maxAnswers = 64;
const maxPointers = 16;

const typeA = 1;
const typeAaaa = 28;

/**
 * Whether `bytes[start .. end)` is a message or the beginning of one.
 * @param strict for ports other than DNS's own: its first question or record must be one of the Internet's
 */
export function isDnsMessage(bytes: Uint8Array, start: number, end: number, strict: boolean): boolean {
  // On DNS's own port a message that the snapshot length cut short is one all the same.
  if (start + headerBytes > end) return !strict;
  if (((bytes[start + 2]! >> 3) & 0x0f) > highestOpcode) return false;
  const questions = uint16(bytes, start + 4);
  const records = uint16(bytes, start + 6) + uint16(bytes, start + 8) + uint16(bytes, start + 10);
  if (!strict) return questions < 256 && records < 1024;
  // The reserved bit must be zero (RFC 1035, section 4.1.1).
  if ((bytes[start + 3]! & 0x40) !== 0 || questions !== 1 || records > 64) return false;
  const at = skipName(bytes, start + headerBytes, end);
  return at >= 0 && at > start + headerBytes + 1 && at + 4 <= end && isUsualQuestion(bytes, at);
}

/** Whether a TCP segment begins with a message behind its length. */
export function isDnsStream(bytes: Uint8Array, start: number, end: number, strict: boolean): boolean {
  if (start + 2 > end) return false;
  const length = uint16(bytes, start);
  // Some senders write the length in a segment of its own.
  if (end - start === 2) return !strict && length >= headerBytes;
  return length >= headerBytes && isDnsMessage(bytes, start + 2, end, strict);
}

/** The name asked for, and the addresses answered. */
export function readDns(bytes: Uint8Array, start: number, end: number): Facts {
  const facts: Facts = {};
  if (start + headerBytes > end) return facts;
  let at = start + headerBytes;
  let asked = "";
  for (let left = Math.min(uint16(bytes, start + 4), maxAnswers); left > 0; left--) {
    if (asked === "") asked = dnsName(bytes, at, start, end);
    at = skipName(bytes, at, end);
    if (at < 0) return facts;
    at += 4;
  }
  if (asked !== "") facts.name = asked;
  if ((bytes[start + 2]! & 0x80) === 0) return facts;
  const records = uint16(bytes, start + 6) + uint16(bytes, start + 8) + uint16(bytes, start + 10);
  const hosts = readAddresses(bytes, at, start, end, Math.min(records, maxAnswers), asked);
  if (hosts.length > 0) facts.hosts = hosts;
  if (asked === "" && hosts.length > 0) facts.name = hosts[0]!.name;
  return facts;
}

/**
 * The A and AAAA records.
 * @param asked their name, where it stands behind a chain of aliases: what was asked for says more
 */
function readAddresses(
  bytes: Uint8Array,
  from: number,
  start: number,
  end: number,
  records: number,
  asked: string,
): HostName[] {
  const hosts: HostName[] = [];
  let at = from;
  for (let left = records; left > 0; left--) {
    const owner = at;
    at = skipName(bytes, at, end);
    if (at < 0 || at + 10 > end) break;
    const type = uint16(bytes, at);
    const length = uint16(bytes, at + 8);
    at += 10;
    if (at + length > end) break;
    if ((type === typeA && length === 4) || (type === typeAaaa && length === 16)) {
      const name = asked === "" ? dnsName(bytes, owner, start, end) : asked;
      if (name !== "") hosts.push({ address: bytes.slice(at, at + length), name });
    }
    at += length;
  }
  return hosts;
}

function isUsualQuestion(bytes: Uint8Array, at: number): boolean {
  const type = uint16(bytes, at);
  const kind = uint16(bytes, at + 2) & 0x7fff;
  return type > 0 && (type <= 260 || type === 0x8000) && (kind === 1 || kind === 3 || kind === 255);
}

/** The place behind the name at `at`, or -1 where it ends too early or holds an impossible length. */
function skipName(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const length = bytes[at]!;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2 <= end ? at + 2 : -1;
    if (length > 63) return -1;
    at += length + 1;
  }
  return -1;
}

const scratch = new Uint8Array(256);

/** The name at `from` with dots, without the last one; empty for the root and for a broken name. */
function dnsName(bytes: Uint8Array, from: number, start: number, end: number): string {
  let at = from;
  let written = 0;
  let pointers = 0;
  while (at < end) {
    const length = bytes[at]!;
    if (length === 0) return readName(scratch, 0, Math.max(0, written - 1));
    if (length >= 0xc0) {
      if (at + 2 > end || ++pointers > maxPointers) return "";
      at = start + (uint16(bytes, at) & 0x3fff);
      continue;
    }
    if (length > 63 || at + 1 + length > end || written + length + 1 > scratch.length) return "";
    for (let i = 1; i <= length; i++) scratch[written++] = bytes[at + i]!;
    scratch[written++] = 0x2e;
    at += length + 1;
  }
  return "";
}
