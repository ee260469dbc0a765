/**
 * DNS (RFC 1035, section 4), told by its port and by a header that could be one.
 *
 *      0    2                                                  4           6         8           10
 *     | id | response 1, opcode 4, flags 7, code 4        | questions | answers | authority | additional |
 *
 * Over TCP a length of two bytes stands before each message (section 4.2.2).
 */
import type { DecodedColumns } from "./decoded-columns.ts";

const port = 53;
/** The highest opcode in use: stateful operations (RFC 8490). */
const highestOpcode = 6;
const headerBytes = 12;

/** Whether the payload of the packet in `row` begins as a message does, on the port of DNS. */
export function isDns(bytes: Uint8Array, columns: DecodedColumns, row: number): boolean {
  if (columns.sourcePort[row] !== port && columns.destinationPort[row] !== port) return false;
  const at = columns.payloadStart[row]!;
  const end = columns.payloadEnd[row]!;
  const transport = columns.transport[row]!;
  if (transport === 17) return startsMessage(bytes, at, end);
  if (transport !== 6 || at + 2 > end) return false;
  // A segment that goes on with a message begun before has no length here.
  return ((bytes[at]! << 8) | bytes[at + 1]!) >= headerBytes && startsMessage(bytes, at + 2, end);
}

function startsMessage(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + headerBytes > end) return false;
  const fewCounts = (bytes[at + 4]! | bytes[at + 6]!) === 0;
  return ((bytes[at + 2]! >> 3) & 0x0f) <= highestOpcode && fewCounts;
}
