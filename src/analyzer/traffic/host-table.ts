/** Hosts: an address, what went in and out, its Ethernet address, and how many others it spoke with. */
import { evictionPacketsWorth, maxHosts } from "../limits.ts";
import { RecordTable } from "./record-table.ts";

const stride = 24;
const keyWords = 5;
const word = { version: 2, address: 3, peers: 7, mac: 8, hasMac: 10 } as const;
const float = { packetsIn: 6, packetsOut: 7, bytesIn: 8, bytesOut: 9, first: 10, last: 11 } as const;

export interface Host {
  version: number;
  packetsIn: number;
  packetsOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Seconds of the traffic's clock; NaN where no packet had a time. */
  first: number;
  last: number;
  /** Conversations that began with it: about the number of its peers. */
  peers: number;
}

export class HostTable {
  readonly table: RecordTable;

  constructor(limit = maxHosts) {
    this.table = new RecordTable({
      stride,
      keyWords,
      limit,
      activity: (row) => {
        const { floats } = this.table;
        const at = (row * stride) / 2;
        const packets = floats[at + float.packetsIn]! + floats[at + float.packetsOut]!;
        return (floats[at + float.last]! || 0) + packets * (evictionPacketsWorth / 1000);
      },
    });
  }

  /** The row of an address, made where there is none. @param hint where it was found last time */
  rowOf(version: number, words: Uint32Array, place: number, hint: number): number {
    const { table } = this;
    const { key } = table;
    key[0] = version;
    key[1] = words[place]!;
    key[2] = words[place + 1]!;
    key[3] = words[place + 2]!;
    key[4] = words[place + 3]!;
    if (hint < table.rows && table.words[hint * stride + 1] !== 0 && table.hasKey(hint * stride)) return hint;
    const hash = table.hash();
    const found = table.find(hash);
    if (found >= 0) return found;
    const row = table.insert(hash);
    table.floats[(row * stride) / 2 + float.first] = Number.NaN;
    table.floats[(row * stride) / 2 + float.last] = Number.NaN;
    return row;
  }

  /** The row of an address, or -1 where there is none. */
  find(version: number, words: Uint32Array, place: number): number {
    const { key } = this.table;
    key[0] = version;
    for (let i = 0; i < 4; i++) key[1 + i] = words[place + i]!;
    return this.table.find(this.table.hash());
  }

  add(
    row: number,
    packetsIn: number,
    packetsOut: number,
    bytesIn: number,
    bytesOut: number,
    first: number,
    last: number,
  ): void {
    const { floats } = this.table;
    const at = (row * stride) / 2;
    floats[at + float.packetsIn]! += packetsIn;
    floats[at + float.packetsOut]! += packetsOut;
    floats[at + float.bytesIn]! += bytesIn;
    floats[at + float.bytesOut]! += bytesOut;
    // Flows without times say nothing.
    if (!(floats[at + float.first]! <= first) && first <= last) floats[at + float.first] = first;
    if (!(floats[at + float.last]! >= last) && first <= last) floats[at + float.last] = last;
  }

  addPeer(row: number): void {
    this.table.words[row * stride + word.peers]!++;
  }

  /** @param high its first 32 bits, and `low` the last 16 */
  setMac(row: number, high: number, low: number): void {
    const at = row * stride;
    const { words } = this.table;
    words[at + word.mac] = high;
    words[at + word.mac + 1] = low;
    words[at + word.hasMac] = 1;
  }

  /** The word where the four words of a host's address begin. */
  addressAt(row: number): number {
    return row * stride + word.address;
  }

  /** The word where the two words of its Ethernet address begin, or -1 where none was seen. */
  macAt(row: number): number {
    return this.table.words[row * stride + word.hasMac] === 0 ? -1 : row * stride + word.mac;
  }

  /** Bytes in and out, by which hosts are ranked. */
  bytesOf(row: number): number {
    const at = (row * stride) / 2;
    return this.table.floats[at + float.bytesIn]! + this.table.floats[at + float.bytesOut]!;
  }

  read(row: number): Host {
    const { words, floats } = this.table;
    const at = (row * stride) / 2;
    return {
      version: words[row * stride + word.version]!,
      packetsIn: floats[at + float.packetsIn]!,
      packetsOut: floats[at + float.packetsOut]!,
      bytesIn: floats[at + float.bytesIn]!,
      bytesOut: floats[at + float.bytesOut]!,
      first: floats[at + float.first]!,
      last: floats[at + float.last]!,
      peers: words[row * stride + word.peers]!,
    };
  }
}
