/**
 * What is known of the connections at work, a path for each direction: the records its packets belong to, what
 * their codes were when they were looked at last, and what has come since. So most packets touch one path, two
 * lines of the cache, and neither hash an address nor look at a record. A table in which a path simply replaces
 * another that has the same place.
 *
 *     word 0   4        9        10        11     13               15      16        18         20
 *     | key    | codes  | window | entropy | hops | pending, small | bytes | settled | latest   | …
 *     word 20    23        26      28          29
 *     | records  | stamps  | ids   | connection | direction |
 */
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { hashBytes, hashWord } from "./hash-bytes.ts";
import { knownPaths } from "./limits.ts";
import type { PacketRows } from "./packet-ends.ts";

const stride = 32;

/** Places in a path's words. */
export const pathWord = {
  /** Five words of codes: the sender's, the receiver's and the pair's. */
  codes: 4,
  window: 9,
  /** Its payload's entropy: thousandths of a bit << 8 | its code and one more; 0 where there was no payload yet. */
  entropy: 10,
  /** The time to live that its sender usually has; -1 where that is not certain. */
  hops: 11,
  /** Packets that may come before the records are told of them. */
  budget: 12,
  /** Packets that have, those of them that carry next to nothing, and their bytes on the wire. */
  pending: 13,
  small: 14,
  bytes: 15,
  sender: 20,
  receiver: 21,
  pair: 22,
  senderStamp: 23,
  receiverStamp: 24,
  pairStamp: 25,
  sourceId: 26,
  destinationId: 27,
  connection: 28,
  /** 1 where the lower of both keys sends. */
  fromLow: 29,
} as const;

/** Places in a path's floats, in seconds: when the records were told last, and its last packet. */
export const pathFloat = { settled: 8, latest: 9 } as const;

export class KnownPaths {
  readonly words: Int32Array;
  /** The same bytes; a path's floats begin at half of where its words do. */
  readonly floats: Float64Array;
  /** Whether the last `find` met another path's place, whose words are 0 now but for the key. */
  isFresh = false;
  private readonly mask: number;
  private readonly beforeReplaced: (path: number) => void;

  /**
   * @param beforeReplaced called for a path with packets pending that is about to be replaced
   * @param paths a power of two
   */
  constructor(beforeReplaced: (path: number) => void, paths = knownPaths) {
    this.beforeReplaced = beforeReplaced;
    this.words = new Int32Array(paths * stride);
    this.floats = new Float64Array(this.words.buffer);
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
    if (words[at + pathWord.pending] !== 0) this.beforeReplaced(at);
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
