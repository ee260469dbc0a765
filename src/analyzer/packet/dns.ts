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

export function isDnsPort(p: PacketCursor): boolean {
  return p.sourcePort === port || p.destinationPort === port;
}

/** Whether a message could begin `offset` bytes into the payload. */
export function startsDnsMessage(p: PacketCursor, offset: number): boolean {
  if (p.at + offset + headerBytes > p.end) return false;
  const flags = p.uint16(offset + 2);
  return ((flags >> 11) & 0x0f) <= highestOpcode && (p.uint16(offset + 4) | p.uint16(offset + 6)) < 0x0100;
}

/** Whether a segment begins with a message behind its length; one in the middle of a message does not. */
export function startsDnsStream(p: PacketCursor): boolean {
  return p.at + 2 <= p.end && p.uint16(0) >= headerBytes && startsDnsMessage(p, 2);
}
