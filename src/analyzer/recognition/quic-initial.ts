/**
 * What a client's first QUIC packet says. Its keys follow from the connection id in it (RFC 9001, section 5.2;
 * version 2: RFC 9369), so that whoever sees it can read it.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { uint16, uint32 } from "./read-bytes.ts";

export const quicVersion2 = 0x6b3343cf;

/** Bytes of the handshake that are put together: more than a hello has. */
const maxHandshakeBytes = 8192;
const tagBytes = 16;

interface Variant {
  salt: Buffer;
  /** What the labels of the keys begin with. */
  label: string;
  /** The two bits that an initial packet has in its first byte. */
  type: number;
}

/** By the first and the last version that shares a salt: version 1 and its drafts, and version 2. */
const variants: [first: number, last: number, variant: Variant][] = [
  [1, 1, variantOf("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")],
  [0xff000021, 0xff000022, variantOf("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")],
  [0xff00001d, 0xff000020, variantOf("afbfec289993d24c9e9786f19c6111e04390a899")],
  [0xff000017, 0xff00001c, variantOf("c3eef712c72ebb5a11a7d2432bb46365bef9f502")],
  [quicVersion2, quicVersion2, variantOf("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2", 1)],
];

function variantOf(salt: string, label = "quic", type = 0): Variant {
  return { salt: Buffer.from(salt, "hex"), label, type };
}

interface Place {
  id: Uint8Array;
  /** Where the packet number begins, and where the packet ends. */
  number: number;
  end: number;
}

/** Whether the packet at `start`, of at least 7 bytes, is an initial one of a version whose keys are known. */
export function isInitial(bytes: Uint8Array, start: number): boolean {
  const variant = variantAt(bytes, start);
  return variant !== undefined && ((bytes[start]! >> 4) & 3) === variant.type && bytes[start]! >= 0x80;
}

function variantAt(bytes: Uint8Array, start: number): Variant | undefined {
  const version = uint32(bytes, start + 1);
  return variants.find(([first, last]) => version >= first && version <= last)?.[2];
}

/**
 * The beginning of the handshake in an initial packet of a client.
 * @returns undefined for other packets and versions, where the packet was cut, and where it does not decrypt
 */
export function decryptInitial(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  if (start + 7 > end) return undefined;
  const variant = variantAt(bytes, start);
  if (variant === undefined || !isInitial(bytes, start)) return undefined;
  const place = readPlace(bytes, start, end);
  // A sample of 16 bytes begins 4 bytes behind the packet number's place (RFC 9001, section 5.4.2).
  if (place === undefined || place.number + 4 + 16 > place.end) return undefined;
  const { key, iv, hp } = clientKeys(variant, place.id);
  const sample = bytes.subarray(place.number + 4, place.number + 20);
  const mask = createCipheriv("aes-128-ecb", hp, null).update(sample);
  const first = bytes[start]! ^ (mask[0]! & 0x0f);
  const numberBytes = (first & 3) + 1;
  const header = Uint8Array.from(bytes.subarray(start, place.number + numberBytes));
  header[0] = first;
  for (let i = 0; i < numberBytes; i++) {
    const at = header.length - numberBytes + i;
    header[at]! ^= mask[1 + i]!;
    iv[iv.length - numberBytes + i]! ^= header[at]!;
  }
  const sealed = bytes.subarray(place.number + numberBytes, place.end);
  const plain = open(key, iv, header, sealed);
  return plain === undefined ? undefined : joinCrypto(plain);
}

function readPlace(bytes: Uint8Array, start: number, end: number): Place | undefined {
  const idEnd = start + 6 + bytes[start + 5]!;
  if (idEnd >= end) return undefined;
  const token = idEnd + 1 + bytes[idEnd]!;
  const length = afterVarint(bytes, token, end) + readVarint(bytes, token, end);
  const number = afterVarint(bytes, length, end);
  const until = number + readVarint(bytes, length, end);
  if (until > end) return undefined;
  return { id: bytes.subarray(start + 6, idEnd), number, end: until };
}

/** HKDF-Expand-Label (RFC 8446, section 7.1) over HKDF-Extract of the id (RFC 5869): one block is enough. */
function clientKeys({ salt, label }: Variant, id: Uint8Array) {
  const initial = createHmac("sha256", salt).update(id).digest();
  const client = expandLabel(initial, "client in", 32);
  return {
    key: expandLabel(client, `${label} key`, 16),
    iv: expandLabel(client, `${label} iv`, 12),
    hp: expandLabel(client, `${label} hp`, 16),
  };
}

function expandLabel(secret: Uint8Array, label: string, length: number): Buffer {
  const full = `tls13 ${label}`;
  const info = Buffer.from([0, length, full.length, ...Buffer.from(full), 0, 1]);
  return createHmac("sha256", secret).update(info).digest().subarray(0, length);
}

function open(
  key: Uint8Array,
  iv: Uint8Array,
  header: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length <= tagBytes) return undefined;
  try {
    const decipher = createDecipheriv("aes-128-gcm", key, iv).setAAD(header);
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}

/** Frames that an initial packet may hold (RFC 9000, section 12.4). */
const frame = { padding: 0, ping: 1, ack: 2, ackWithCounts: 3, crypto: 6 } as const;

/** The handshake's beginning out of CRYPTO frames (section 19.6), which may come in any order. */
function joinCrypto(plain: Uint8Array): Uint8Array | undefined {
  const joined = new Uint8Array(maxHandshakeBytes);
  const pieces: [from: number, until: number][] = [];
  let at = 0;
  while (at < plain.length) {
    const type = plain[at++]!;
    if (type === frame.padding || type === frame.ping) continue;
    if (type === frame.ack || type === frame.ackWithCounts) {
      at = afterAck(plain, at, type);
      continue;
    }
    if (type !== frame.crypto) break;
    const offset = readVarint(plain, at, plain.length);
    at = afterVarint(plain, at, plain.length);
    const length = readVarint(plain, at, plain.length);
    at = afterVarint(plain, at, plain.length);
    if (at + length > plain.length || offset + length > maxHandshakeBytes) break;
    joined.set(plain.subarray(at, at + length), offset);
    pieces.push([offset, offset + length]);
    at += length;
  }
  let known = 0;
  for (const [from, until] of pieces.sort(([a], [b]) => a - b))
    if (from <= known) known = Math.max(known, until);
  return known === 0 ? undefined : joined.subarray(0, known);
}

/** Largest, delay, count and first range, then two numbers a range, and three counts in the second form. */
function afterAck(plain: Uint8Array, start: number, type: number): number {
  const end = plain.length;
  const count = afterVarint(plain, afterVarint(plain, start, end), end);
  let at = count;
  let left = 2 + 2 * readVarint(plain, count, end) + (type === frame.ackWithCounts ? 3 : 0);
  for (; left > 0 && at < end; left--) at = afterVarint(plain, at, end);
  return at;
}

/** The place behind the variable-length number at `at` (section 16), or `end` where it does not fit. */
function afterVarint(bytes: Uint8Array, at: number, end: number): number {
  return at >= end ? end : Math.min(end, at + (1 << (bytes[at]! >> 6)));
}

/** The number; beyond any length of a packet where it has eight bytes, 0 where it is not all there. */
function readVarint(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || at + (1 << (bytes[at]! >> 6)) > end) return 0;
  const kind = bytes[at]! >> 6;
  if (kind === 0) return bytes[at]! & 0x3f;
  if (kind === 1) return uint16(bytes, at) & 0x3fff;
  if (kind === 2) return uint32(bytes, at) & 0x3fffffff;
  return (uint32(bytes, at) & 0x3fffffff) * 2 ** 32 + uint32(bytes, at + 4);
}
