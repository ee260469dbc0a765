/**
 * Who sent a packet to whom, as 64-bit keys: hashes of the IP addresses, of the protocol addresses in ARP,
 * else of the link addresses; of nothing at all where there are none.
 */
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { layerBit } from "../../packet/layers.ts";
import { hashBytes } from "./hash-bytes.ts";

/** The columns of a batch of packets that features are made of; row `i` is one packet. */
export interface PacketRows {
  readonly bytes: Uint8Array;
  readonly offset: Uint32Array;
  readonly captured: Uint32Array;
  readonly wire: Uint32Array;
  readonly seconds: Float64Array;
  readonly nanos: Uint32Array;
}

/** Seeds of the two halves of a key, and of the hash of a link address. */
const [high, low, link] = [0x5bd1e995, 0x1b56c4e9, 0x7f4a7c15];

export class PacketEnds {
  sourceHigh = 0;
  sourceLow = 0;
  destinationHigh = 0;
  destinationLow = 0;
  /** A hash of the sender's link address; 0 where there is none. */
  station = 0;
  /** Bytes of an address: 4, 16, 6 for link addresses, 0 where there are none; and where both begin. */
  length = 0;
  sourceAt = 0;
  destinationAt = 0;

  read(packets: PacketRows, columns: DecodedColumns, row: number): void {
    const { bytes } = packets;
    const linkStart = columns.linkStart[row]!;
    const network = columns.networkStart[row]!;
    const version = columns.networkVersion[row]!;
    this.station = linkStart === noOffset ? 0 : hashBytes(bytes, linkStart + 6, linkStart + 12, link);
    if (version === 4) return this.hash(bytes, network + 12, network + 16, 4);
    if (version === 6) return this.hash(bytes, network + 8, network + 24, 16);
    if (linkStart === noOffset) return this.hash(bytes, 0, 0, 0);
    const end = packets.offset[row]! + packets.captured[row]!;
    const arp = (columns.layers[row]! & layerBit.arp) === 0 ? noOffset : findArp(bytes, linkStart, end);
    if (arp === noOffset) this.hash(bytes, linkStart + 6, linkStart, 6);
    else this.hash(bytes, arp + 14, arp + 24, 4);
  }

  private hash(bytes: Uint8Array, source: number, destination: number, length: number): void {
    this.length = length;
    this.sourceAt = source;
    this.destinationAt = destination;
    this.sourceHigh = hashBytes(bytes, source, source + length, high);
    this.sourceLow = hashBytes(bytes, source, source + length, low);
    this.destinationHigh = hashBytes(bytes, destination, destination + length, high);
    this.destinationLow = hashBytes(bytes, destination, destination + length, low);
  }
}

/** Where ARP for IPv4 (28 bytes, RFC 826) begins behind the Ethernet header and its VLAN tags, or `noOffset`. */
export function findArp(bytes: Uint8Array, linkStart: number, end: number): number {
  for (let at = linkStart + 12; at + 30 <= end; at += 4) {
    const type = (bytes[at]! << 8) | bytes[at + 1]!;
    if (type === 0x0806) return at + 2;
    if (type !== 0x8100 && type !== 0x88a8 && type !== 0x9100) break;
  }
  return noOffset;
}
