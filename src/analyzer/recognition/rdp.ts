/**
 * RDP's connection request and confirm (MS-RDPBCGR 2.2.1.1 and 2.2.1.2) in TPKT (RFC 1006) and X.224.
 *
 *      0   1   2            4        5           6    8    10      11
 *     | 3 | 0 | length u16 | X.224 length | e0, d0 | 0  | from | class | "Cookie: mstshash=NAME\r\n" | 01 … 8 bytes |
 *                                           confirm: d0             | 02 or 03 … 8 bytes
 */
import type { Facts } from "./facts.ts";
import { placeOf, readName, startsWith, uint16 } from "./read-bytes.ts";

const request = 0xe0;
const confirm = 0xd0;
const headerBytes = 11;
const cookie = "Cookie: mstshash=";

/**
 * Whether a connection begins at `start`.
 * @param onPort on RDP's own port a bare X.224 header will do, as old clients send it
 */
export function isRdp(bytes: Uint8Array, start: number, end: number, onPort: boolean): boolean {
  if (start + headerBytes > end || bytes[start] !== 3 || bytes[start + 1] !== 0) return false;
  const length = uint16(bytes, start + 2);
  const code = bytes[start + 5]!;
  if (length < headerBytes || (code !== request && code !== confirm)) return onPort && code === 0xf0;
  if (bytes[start + 4]! + 5 !== length) return false;
  const at = start + headerBytes;
  if (code === request && startsWith(bytes, at, end, "Cookie: ")) return true;
  const isNegotiation = length === headerBytes + 8 && at + 4 <= end && bytes[at + 2] === 8;
  return isNegotiation && bytes[at]! >= 1 && bytes[at]! <= 3 ? true : onPort;
}

/** The name that the client logs in with. */
export function readRdp(bytes: Uint8Array, start: number, end: number): Facts {
  const at = start + headerBytes;
  if (!startsWith(bytes, at, end, cookie)) return {};
  const until = placeOf(bytes, at, end, 0x0d);
  return until < 0 ? {} : { detail: readName(bytes, at + cookie.length, until) };
}
