/**
 * Addresses by small numbers, so that a packet keeps four bytes of each. An id is never given to another address:
 * when there are too many, the further ones have the id 0, and are counted.
 */
import { maxStoredAddresses } from "../limits.ts";

/** Words of an address: how many bytes it has, and four of its bytes, of which shorter ones use the last. */
const stride = 5;

export class AddressIds {
  /** Packets' addresses that got no id. */
  refused = 0;
  private words = new Uint32Array(stride * 1024);
  private index = new Uint32Array(2048);
  /** Id 0 stands for no address. */
  private count = 1;
  private readonly limit: number;
  private readonly key = new Uint32Array(stride);

  constructor(limit = maxStoredAddresses) {
    this.limit = limit;
  }

  /** The id of the address of `length` bytes at `at` (0, 4, 6 or 16), given to it now where it has none. */
  idOf(length: number, bytes: Uint8Array, at: number): number {
    const { key } = this;
    key[0] = length;
    key[1] = length === 16 ? word(bytes, at) : 0;
    key[2] = length === 16 ? word(bytes, at + 4) : 0;
    key[3] = length === 16 ? word(bytes, at + 8) : length === 6 ? (bytes[at]! << 8) | bytes[at + 1]! : 0;
    key[4] = length === 0 ? 0 : word(bytes, at + length - 4);
    const hash = this.hash();
    const slot = this.slotOf(hash);
    const found = this.index[slot]!;
    if (found !== 0) return found;
    if (this.count > this.limit) {
      this.refused++;
      return 0;
    }
    return this.give(slot);
  }

  /** Ids are below this. */
  get end(): number {
    return this.count;
  }

  /** The id of the address of IP that is in four words at `at`, IPv4 in the last; 0 where it has none. */
  find(version: number, words: Uint32Array, at: number): number {
    this.key[0] = version === 4 ? 4 : 16;
    for (let i = 0; i < 4; i++) this.key[1 + i] = words[at + i]!;
    return this.index[this.slotOf(this.hash())]!;
  }

  /** The bytes of an address; undefined for the id 0 and those never given. */
  addressOf(id: number): Uint8Array | undefined {
    if (id <= 0 || id >= this.count) return undefined;
    const length = this.words[id * stride]!;
    const bytes = new Uint8Array(length);
    // The last byte is the lowest of the last word.
    for (let i = 0; i < length; i++)
      bytes[length - 1 - i] = this.words[id * stride + 4 - (i >> 2)]! >>> (8 * (i & 3));
    return bytes;
  }

  /** Whether an id is that of an IP address, and of no link address and not of none. */
  isIp(id: number): boolean {
    const length = this.words[id * stride]!;
    return length === 4 || length === 16;
  }

  /** Ids given so far: 1 to this. */
  get given(): number {
    return this.count - 1;
  }

  /**
   * Marks the ids from `from` to `until` whose address lies in a range: of `length` bytes, 4 or 16, and the first
   * `prefix` bits as in `words`, which an address of 4 bytes has in the last one.
   * @param into 1 for each id that does, left alone for the others
   */
  mark(
    length: number,
    words: Readonly<Uint32Array>,
    prefix: number,
    from: number,
    until: number,
    into: Uint8Array,
  ): void {
    const first = length === 4 ? 3 : 0;
    for (let id = Math.max(1, from); id < until; id++) {
      const at = id * stride;
      if (this.words[at] !== length) continue;
      let left = prefix;
      let i = first;
      for (; left > 0; i++, left -= 32) {
        const mask = left >= 32 ? 0xffffffff : (0xffffffff << (32 - left)) >>> 0;
        if (((this.words[at + 1 + i]! ^ words[i]!) & mask) !== 0) break;
      }
      if (left <= 0) into[id] = 1;
    }
  }

  /** The order of two addresses by their ids: shorter ones first, then by their bytes. */
  compare(a: number, b: number): number {
    for (let i = 0; i < stride; i++) {
      const difference = this.words[a * stride + i]! - this.words[b * stride + i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private give(slot: number): number {
    const id = this.count++;
    if ((id + 1) * stride > this.words.length) {
      const larger = new Uint32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(this.key, id * stride);
    this.index[slot] = id;
    if (this.count * 2 > this.index.length) this.rebuild();
    return id;
  }

  private rebuild(): void {
    this.index = new Uint32Array(this.index.length * 2);
    for (let id = 1; id < this.count; id++) {
      this.key.set(this.words.subarray(id * stride, (id + 1) * stride));
      this.index[this.slotOf(this.hash())] = id;
    }
  }

  /** The slot that holds the key's id, or the free one where it belongs. */
  private slotOf(hash: number): number {
    const { index, words, key } = this;
    const mask = index.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = index[slot]!;
      if (id === 0) return slot;
      let i = 0;
      while (i < stride && words[id * stride + i] === key[i]) i++;
      if (i === stride) return slot;
    }
  }

  private hash(): number {
    let hash = 0x9e3779b9;
    for (let i = 0; i < stride; i++) {
      hash = Math.imul(hash ^ this.key[i]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
