/**
 * DNS (RFC 1035, section 4), told by its port and by a header that could be one.
 *
 *      0    2                                                  4           6         8           10
 *     | id | response 1, opcode 4, flags 7, code 4            | questions | answers | authority | additional |
 *
 * Over TCP a length of two bytes stands before each message (section 4.2.2).
 */
import type { PacketCursor } from "./packet-cursor.ts";

const port = 53;
/** The highest opcode in use: stateful operations (RFC 8490). */
const highestOpcode = 6;
const headerBytes = 12;

/** Whether the payload of the packet begins as a message does, on the port of DNS. */
export function isDns(p: PacketCursor): boolean {
  if (p.sourcePort !== port && p.destinationPort !== port) return false;
  if (p.transport === 17) return startsMessage(p, p.payloadStart);
  const at = p.payloadStart;
  if (p.transport !== 6 || at + 2 > p.payloadEnd) return false;
  // A segment that goes on with a message begun before has no length here.
  return ((p.bytes[at]! << 8) | p.bytes[at + 1]!) >= headerBytes && startsMessage(p, at + 2);
}

function startsMessage({ bytes, payloadEnd }: PacketCursor, at: number): boolean {
  if (at + headerBytes > payloadEnd) return false;
  const fewCounts = (bytes[at + 4]! | bytes[at + 6]!) === 0;
  return ((bytes[at + 2]! >> 3) & 0x0f) <= highestOpcode && fewCounts;
}
