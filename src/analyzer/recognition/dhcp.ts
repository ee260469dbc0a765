/**
 * DHCP (RFC 2131, section 2) and BOOTP (RFC 951).
 *
 *      0    1       2        3      4      8       10      12                16             20       24
 *     | op | htype | length | hops | xid  | secs  | flags | client address  | your address | server | relay |
 *     | client hardware address 16 | server name 64 | file 128 | cookie 63825363 | options: code, length, data |
 *      28                           44               108        236               240
 */
import type { Facts } from "./facts.ts";
import { readName, uint32 } from "./read-bytes.ts";

const cookie = 0x63825363;
const cookieAt = 236;
const optionsAt = 240;
const option = { pad: 0, hostName: 12, requestedAddress: 50, vendorClass: 60, end: 255 } as const;

/**
 * Whether a message begins at `start`.
 * @param onPort on the ports of DHCP the cookie may be missing, as in BOOTP, or cut off
 */
export function isDhcp(bytes: Uint8Array, start: number, end: number, onPort: boolean): boolean {
  if (start + 4 > end) return false;
  const op = bytes[start]!;
  if ((op !== 1 && op !== 2) || bytes[start + 2]! > 16) return false;
  if (start + optionsAt <= end && uint32(bytes, start + cookieAt) === cookie) return true;
  return onPort;
}

/** The client's host name, its vendor class, and the address it has or asks for. */
export function readDhcp(bytes: Uint8Array, start: number, end: number): Facts {
  const facts: Facts = {};
  if (start + optionsAt > end || uint32(bytes, start + cookieAt) !== cookie) return facts;
  let address = nonZeroAddress(bytes, start + 16) ?? nonZeroAddress(bytes, start + 12);
  let at = start + optionsAt;
  while (at + 2 <= end && bytes[at] !== option.end) {
    if (bytes[at] === option.pad) {
      at++;
      continue;
    }
    const length = bytes[at + 1]!;
    const from = at + 2;
    if (from + length > end) break;
    if (bytes[at] === option.hostName) facts.name = readName(bytes, from, from + length);
    if (bytes[at] === option.vendorClass) facts.detail = readName(bytes, from, from + length);
    if (bytes[at] === option.requestedAddress && length === 4) address ??= nonZeroAddress(bytes, from);
    at = from + length;
  }
  if (facts.name === "") delete facts.name;
  if (facts.name !== undefined && address !== undefined) facts.hosts = [{ address, name: facts.name }];
  return facts;
}

function nonZeroAddress(bytes: Uint8Array, at: number): Uint8Array | undefined {
  return uint32(bytes, at) === 0 ? undefined : bytes.slice(at, at + 4);
}
