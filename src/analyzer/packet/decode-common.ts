/**
 * What most packets are, at once: Ethernet, IPv4 without options or fragments, TCP or UDP, all of it captured
 * and as long as its headers say. Everything else is left to the headers' own functions, which would find the
 * same; a test holds the two together.
 *
 *     at                 14                        34
 *     | Ethernet, 0800  | IPv4, first byte 45     | TCP or UDP | payload
 */
import { packetFlag, type DecodedColumns } from "./decoded-columns.ts";
import { layerBit } from "./layers.ts";
import { next } from "./next-header.ts";
import { protocolId } from "./protocols.ts";
import { nextOfUdpPorts } from "./udp-port.ts";

const tcpLayers = layerBit.ethernet | layerBit.ipv4 | layerBit.tcp;
const udpLayers = layerBit.ethernet | layerBit.ipv4 | layerBit.udp;
/** Ethernet, IPv4 and the shorter of the two transports. */
const leastBytes = 14 + 20 + 8;

/**
 * Decodes the Ethernet frame at `at` into `row`, if it is such a packet.
 * @returns whether it is; otherwise nothing is written
 */
export function decodeCommon(
  bytes: Uint8Array,
  at: number,
  captured: number,
  wire: number,
  columns: DecodedColumns,
  row: number,
): boolean {
  if (captured < leastBytes) return false;
  if (((bytes[at + 12]! << 16) | (bytes[at + 13]! << 8) | bytes[at + 14]!) !== 0x080045) return false;
  // More fragments, and the offset.
  if (((bytes[at + 20]! & 0x3f) | bytes[at + 21]!) !== 0) return false;
  const length = (bytes[at + 16]! << 8) | bytes[at + 17]!;
  if (length + 14 > captured || captured > wire) return false;
  const transport = bytes[at + 23]!;
  const start = at + 34;
  const source = (bytes[start]! << 8) | bytes[start + 1]!;
  const destination = (bytes[start + 2]! << 8) | bytes[start + 3]!;
  let payload = start + 8;
  let end = at + 14 + length;
  if (transport === 6) {
    if (length < 40) return false;
    const headerLength = (bytes[start + 12]! >> 4) * 4;
    payload = start + headerLength;
    if (headerLength < 20 || payload > end) return false;
    columns.layers[row] = tcpLayers;
    columns.protocol[row] = protocolId.tcp;
  } else {
    const udpLength = (bytes[start + 4]! << 8) | bytes[start + 5]!;
    if (transport !== 17 || udpLength < 8 || udpLength + 20 > length) return false;
    if (nextOfUdpPorts(source, destination) !== next.none) return false;
    end = start + udpLength;
    columns.layers[row] = udpLayers;
    columns.protocol[row] = protocolId.udp;
  }
  columns.flags[row] = wire > captured ? packetFlag.truncated : 0;
  columns.sourcePort[row] = source;
  columns.destinationPort[row] = destination;
  columns.linkStart[row] = at;
  columns.networkStart[row] = at + 14;
  columns.networkVersion[row] = 4;
  columns.transport[row] = transport;
  columns.transportStart[row] = start;
  columns.payloadStart[row] = payload;
  columns.payloadEnd[row] = end;
  columns.payloadLength[row] = end - payload;
  return true;
}
