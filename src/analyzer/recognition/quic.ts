/**
 * QUIC by its long header (RFC 9000, section 17.2; RFC 8999), whose form all versions share. Packets with the
 * short header show nothing, and belong to a flow that began with a long one.
 *
 *      0                     1         5             6     5+1+d         6+1+d
 *     | 1, 1, type 2, bits 4 | version | length d u8 | ids | length s u8 | source id |
 *       initial:     | token, length varint | length varint | packet number 1-4, protected | payload, protected |
 */
import type { Facts } from "./facts.ts";
import { decryptInitial, quicVersion2 } from "./quic-initial.ts";
import { uint32 } from "./read-bytes.ts";
import { readClientHello } from "./tls-hello.ts";

/** Connection ids of the versions in use have at most 20 bytes (RFC 9000, section 17.2). */
const maxIdBytes = 20;
const clientHello = 1;

export function isQuic(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 13 > end || bytes[start]! < 0x80) return false;
  const version = uint32(bytes, start + 1);
  // The fixed bit is set, but for version negotiation, where it may be anything (section 17.2.1).
  if (!isVersion(version) || (version !== 0 && (bytes[start]! & 0x40) === 0)) return false;
  const target = bytes[start + 5]!;
  if (target > maxIdBytes || start + 7 + target > end) return false;
  const source = bytes[start + 6 + target]!;
  if (source > maxIdBytes || start + 7 + target + source > end) return false;
  if (version !== 0) return true;
  // Version negotiation: a list of versions follows, one of which is known.
  const list = start + 7 + target + source;
  if (target + source === 0 || (end - list) % 4 !== 0) return false;
  for (let at = list; at + 4 <= end; at += 4)
    if (uint32(bytes, at) !== 0 && isVersion(uint32(bytes, at))) return true;
  return false;
}

function isVersion(version: number): boolean {
  return (
    version <= 1 ||
    version === quicVersion2 ||
    version === 0x709a50c4 || // drafts of version 2
    (version > 0xff00000a && version <= 0xff000022) || // drafts of version 1
    version >>> 4 === 0x5130353 || // Google's Q05x and T05x
    version >>> 4 === 0x5430353 ||
    version >>> 8 === 0xfaceb0 || // mvfst
    ((version & 0x0f0f0f0f) >>> 0 === 0x0a0a0a0a && version !== 0) // reserved (section 15)
  );
}

/** Version, and the server name out of a client's first packet, which is decrypted for it. */
export function readQuic(bytes: Uint8Array, start: number, end: number): Facts {
  const version = uint32(bytes, start + 1);
  const detail = version === 1 ? "version 1" : version === quicVersion2 ? "version 2" : undefined;
  const crypto = decryptInitial(bytes, start, end);
  const facts =
    crypto !== undefined && crypto[0] === clientHello ? readClientHello(crypto, 0, crypto.length) : {};
  return detail === undefined || facts.detail !== undefined ? facts : { ...facts, detail };
}
