/**
 * Which records the packets of a connection belong to, so that most packets find theirs by one look at one
 * line of the cache instead of by hashing both addresses: a table in which a path simply replaces another that
 * has the same place.
 *
 *     word 0      4         7         10      12       13        14          15
 *     | key       | records | stamps  | ids   | window | entropy | connection | direction |
 */
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { hashBytes, hashWord } from "./hash-bytes.ts";
import { knownPaths } from "./limits.ts";
import type { PacketRows } from "./packet-ends.ts";

const stride = 16;

/** Places in a path's words. */
export const pathWord = {
  sender: 4,
  receiver: 5,
  pair: 6,
  senderStamp: 7,
  receiverStamp: 8,
  pairStamp: 9,
  sourceId: 10,
  destinationId: 11,
  window: 12,
  /** Its payload's entropy: thousandths of a bit << 8 | its code and one more; 0 where there was no payload yet. */
  entropy: 13,
  connection: 14,
  /** 1 where the lower of both keys sends. */
  fromLow: 15,
} as const;

export class KnownPaths {
  readonly words: Int32Array;
  /** Whether the last `find` met another path's place, whose words are 0 now but for the key. */
  isFresh = false;
  private readonly mask: number;

  /** @param paths a power of two */
  constructor(paths = knownPaths) {
    this.words = new Int32Array(paths * stride);
    this.mask = paths - 1;
  }

  /** Where the words of the packet's path begin. */
  find(packets: PacketRows, columns: DecodedColumns, row: number): number {
    const { bytes } = packets;
    const version = columns.networkVersion[row]!;
    const network = columns.networkStart[row]!;
    const link = columns.linkStart[row]!;
    const ports = (columns.sourcePort[row]! << 16) | columns.destinationPort[row]!;
    const rest = (version << 8) | columns.transport[row]!;
    const station = link === noOffset ? 0 : Math.imul(word(bytes, link + 6), 31) ^ word(bytes, link + 8);
    if (version === 4)
      return this.place(word(bytes, network + 12), word(bytes, network + 16), ports, station ^ rest);
    if (version === 6) {
      const source = hashBytes(bytes, network + 8, network + 24, ports);
      return this.place(source, hashBytes(bytes, network + 24, network + 40, source), ports, station ^ rest);
    }
    // ARP and what is not IP: its beginning has all addresses.
    const start = packets.offset[row]!;
    const head = hashBytes(bytes, start, start + Math.min(42, packets.captured[row]!), rest);
    return this.place(head, hashWord(head, 1), columns.layers[row]!, station);
  }

  private place(a: number, b: number, c: number, d: number): number {
    const { words } = this;
    let mixed = Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 16) ^ c, 0x9e3779b1) ^ d;
    mixed ^= mixed >>> 15;
    const at = (mixed & this.mask) * stride;
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) {
      this.isFresh = false;
      return at;
    }
    this.isFresh = true;
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    words[at + 3] = d;
    for (let i = 4; i < stride; i++) words[at + i] = 0;
    return at;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
