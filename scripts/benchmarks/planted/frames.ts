/**
 * Ethernet frames of IPv4 and ARP, byte by byte and with right checksums. A frame is
 *
 *     destination MAC (6) | source MAC (6) | type (2) | IPv4 (20) | TCP (20 and options), UDP (8) or ICMP (8) | payload
 *
 * Addresses are plain numbers: 48 bits of a MAC, 32 bits of IPv4.
 */
type Bytes = Uint8Array;

/** One end of a conversation as others see it: for a host outside, the MAC is that of the gateway. */
export interface Station {
  readonly mac: number;
  readonly ip: number;
  /** As its packets arrive where the capture was made. */
  readonly ttl: number;
  /** Whether its frames are filled up to 60 bytes: not so where they were captured before they left. */
  readonly pads: boolean;
}

export const broadcastMac = 0xffffffffffff;
export const broadcastIp = 0xffffffff;
export const tcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const;
const shortestFrame = 60;
const dontFragment = 0x4000;

export function ethernet(to: number, from: number, type: number, payload: Bytes, pads = true): Buffer {
  const length = 14 + payload.length;
  const frame = Buffer.alloc(pads ? Math.max(shortestFrame, length) : length);
  frame.writeUIntBE(to, 0, 6);
  frame.writeUIntBE(from, 6, 6);
  frame.writeUInt16BE(type, 12);
  frame.set(payload, 14);
  return frame;
}

export interface Ipv4Fields {
  id?: number;
  /** Flags and offset in units of 8 bytes. */
  fragment?: number;
  ttl?: number;
}

export function ipv4Frame(
  from: Station,
  to: Station,
  protocol: number,
  payload: Bytes,
  fields: Ipv4Fields = {},
): Buffer {
  const packet = Buffer.alloc(20 + payload.length);
  packet.writeUInt16BE(0x4500, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt16BE(fields.id ?? 0, 4);
  packet.writeUInt16BE(fields.fragment ?? (fields.id === undefined ? dontFragment : 0), 6);
  packet[8] = fields.ttl ?? from.ttl;
  packet[9] = protocol;
  packet.writeUInt32BE(from.ip, 12);
  packet.writeUInt32BE(to.ip, 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  packet.set(payload, 20);
  return ethernet(to.mac, from.mac, 0x0800, packet, from.pads);
}

export interface TcpFields {
  flags: number;
  seq?: number;
  ack?: number;
  window?: number;
  /** A multiple of 4 bytes. */
  options?: Bytes;
  payload?: Bytes;
}

export function tcpFrame(
  from: Station,
  fromPort: number,
  to: Station,
  toPort: number,
  fields: TcpFields,
  ip: Ipv4Fields = {},
): Buffer {
  const options = fields.options ?? nothing;
  const payload = fields.payload ?? nothing;
  const segment = Buffer.alloc(20 + options.length + payload.length);
  segment.writeUInt16BE(fromPort, 0);
  segment.writeUInt16BE(toPort, 2);
  segment.writeUInt32BE((fields.seq ?? 0) >>> 0, 4);
  segment.writeUInt32BE((fields.ack ?? 0) >>> 0, 8);
  segment[12] = (5 + options.length / 4) << 4;
  segment[13] = fields.flags;
  segment.writeUInt16BE(fields.window ?? 0, 14);
  segment.set(options, 20);
  segment.set(payload, 20 + options.length);
  segment.writeUInt16BE(checksum(segment, pseudoSum(from.ip, to.ip, 6, segment.length)), 16);
  return ipv4Frame(from, to, 6, segment, ip);
}

export function udpDatagram(
  from: Station,
  fromPort: number,
  to: Station,
  toPort: number,
  payload: Bytes,
): Buffer {
  const datagram = Buffer.alloc(8 + payload.length);
  datagram.writeUInt16BE(fromPort, 0);
  datagram.writeUInt16BE(toPort, 2);
  datagram.writeUInt16BE(datagram.length, 4);
  datagram.set(payload, 8);
  const sum = checksum(datagram, pseudoSum(from.ip, to.ip, 17, datagram.length));
  datagram.writeUInt16BE(sum === 0 ? 0xffff : sum, 6);
  return datagram;
}

export function udpFrame(
  from: Station,
  fromPort: number,
  to: Station,
  toPort: number,
  payload: Bytes,
  ip: Ipv4Fields = {},
): Buffer {
  return ipv4Frame(from, to, 17, udpDatagram(from, fromPort, to, toPort, payload), ip);
}

/** @param rest identifier and sequence number, or whatever the type has there */
export function icmpMessage(type: number, code: number, rest: number, payload: Bytes): Buffer {
  const message = Buffer.alloc(8 + payload.length);
  message[0] = type;
  message[1] = code;
  message.writeUInt32BE(rest >>> 0, 4);
  message.set(payload, 8);
  message.writeUInt16BE(checksum(message), 2);
  return message;
}

/** `to` tells `from` that it does not listen there: ICMP 3/3 quotes the header and 8 bytes of what came. */
export function portUnreachable(refused: Buffer, by: Station, to: Station): Buffer {
  return ipv4Frame(by, to, 1, icmpMessage(3, 3, 0, refused.subarray(14, 14 + 28)), { id: 1 });
}

export interface ArpFields {
  operation: 1 | 2;
  senderMac: number;
  senderIp: number;
  targetMac: number;
  targetIp: number;
}

export function arpFrame(to: number, fields: ArpFields, pads = true): Buffer {
  const packet = Buffer.alloc(28);
  packet.writeUInt32BE(0x00010800, 0);
  packet.writeUInt16BE(0x0604, 4);
  packet.writeUInt16BE(fields.operation, 6);
  packet.writeUIntBE(fields.senderMac, 8, 6);
  packet.writeUInt32BE(fields.senderIp, 14);
  packet.writeUIntBE(fields.targetMac, 18, 6);
  packet.writeUInt32BE(fields.targetIp, 24);
  return ethernet(to, fields.senderMac, 0x0806, packet, pads);
}

const nothing = new Uint8Array(0);

function pseudoSum(from: number, to: number, protocol: number, length: number): number {
  return (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff) + protocol + length;
}

/** The internet checksum (RFC 1071), begun with `sum`. */
export function checksum(bytes: Buffer, sum = 0): number {
  let total = sum;
  for (let i = 0; i + 1 < bytes.length; i += 2) total += bytes.readUInt16BE(i);
  if (bytes.length % 2 === 1) total += bytes.at(-1)! << 8;
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return ~total & 0xffff;
}
