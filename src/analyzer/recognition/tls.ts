/**
 * TLS records (RFC 8446, section 5.1), and the hello of SSL 2 that old clients begin with.
 *
 *      0      1         3            5            6           9
 *     | type | version | length u16 | handshake: type, length u24, … |
 *       20 change cipher, 21 alert, 22 handshake, 23 data, 24 heartbeat
 *
 *      0              2                3
 *     | 1, length 15 | client hello 1 | version, …                   SSL 2
 */
import type { Facts } from "./facts.ts";
import { uint16 } from "./read-bytes.ts";
import { readClientHello, readServerVersion } from "./tls-hello.ts";

const handshake = 22;
const clientHello = 1;
const serverHello = 2;
/** A record's plain text has at most 2^14 bytes, encrypting adds at most 2048 (RFC 5246, section 6.2.3). */
const maxRecordBytes = (1 << 14) + 2048;

/** Whether a record begins at `start`. */
export function isTlsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 5 > end) return false;
  const type = bytes[start]!;
  if (type < 20 || type > 24 || bytes[start + 1] !== 3 || bytes[start + 2]! > 4) return false;
  const length = uint16(bytes, start + 3);
  if (length === 0 || length > maxRecordBytes) return false;
  if (type === 20) return length === 1;
  return type !== 21 || length === 2 || length >= 16;
}

/** Whether a handshake begins at `start`: the only record that can turn another protocol's flow into TLS. */
export function isTlsHandshake(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 6 > end || bytes[start] !== handshake || !isTlsRecord(bytes, start, end)) return false;
  return bytes[start + 5] === clientHello || bytes[start + 5] === serverHello;
}

export function isSsl2Hello(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 11 > end || bytes[start]! < 0x80 || bytes[start + 2] !== clientHello) return false;
  const version = uint16(bytes, start + 3);
  if (version !== 2 && version >> 8 !== 3) return false;
  const ciphers = uint16(bytes, start + 5);
  const session = uint16(bytes, start + 7);
  const challenge = uint16(bytes, start + 9);
  const length = ((bytes[start]! & 0x7f) << 8) | bytes[start + 1]!;
  return ciphers > 0 && ciphers % 3 === 0 && 9 + ciphers + session + challenge === length;
}

/** Server name, version and application protocol, as far as they stand in this segment. */
export function readTls(bytes: Uint8Array, start: number, end: number): Facts {
  if (!isTlsHandshake(bytes, start, end)) return {};
  if (bytes[start + 5] === clientHello) return readClientHello(bytes, start + 5, end);
  const version = readServerVersion(bytes, start + 5, end);
  return version === undefined ? {} : { detail: version };
}
