/**
 * The IP headers around other IP headers: what columns, which speak of the innermost packet, have no place for.
 * A list beside the columns that is empty where nothing is tunnelled, so that ordinary packets pay nothing. The
 * headers that errors quote are kept in another such list.
 *
 *     | packet's row | version, transport | ports | network header | transport header |   a header, as words
 */
import type { DecodedColumns } from "./decoded-columns.ts";

const stride = 5;
const firstHeaders = 64;

/** In the order of the batch, and of one packet from the outside in. At most `maxHeaders` of a packet. */
export class OuterHeaders {
  /** Headers noted of the batch. */
  count = 0;
  private words = new Uint32Array(firstHeaders * stride);

  clear(): void {
    this.count = 0;
  }

  /**
   * @param networkStart where its header starts
   * @param transport the IP protocol number of what it carries, 0 where that is an IP header at once
   * @param transportStart where that starts, or -1, which becomes `noOffset`
   */
  add(
    row: number,
    version: number,
    transport: number,
    ports: number,
    networkStart: number,
    transportStart: number,
  ): void {
    const at = this.count * stride;
    if (at === this.words.length) {
      const more = new Uint32Array(at * 2);
      more.set(this.words);
      this.words = more;
    }
    this.words[at] = row;
    this.words[at + 1] = (version << 8) | transport;
    this.words[at + 2] = ports;
    this.words[at + 3] = networkStart;
    this.words[at + 4] = transportStart;
    this.count++;
  }

  /** Adds a quoted header; one that was told at the same place before was another version's. */
  addQuote(row: number, version: number, networkStart: number): void {
    const last = (this.count - 1) * stride;
    if (last >= 0 && this.words[last] === row && this.words[last + 3] === networkStart)
      this.words[last + 1] = version << 8;
    else this.add(row, version, 0, 0, networkStart, -1);
  }

  /** Sets what the header added last carries, if it is one of this packet. */
  setTransport(row: number, transport: number): void {
    const last = (this.count - 1) * stride;
    if (last >= 0 && this.words[last] === row)
      this.words[last + 1] = (this.words[last + 1]! & ~0xff) | transport;
  }

  setPorts(row: number, ports: number): void {
    const last = (this.count - 1) * stride;
    if (last >= 0 && this.words[last] === row) this.words[last + 2] = ports;
  }

  /** IP version << 8 | transport. */
  kindOf(i: number): number {
    return this.words[i * stride + 1]!;
  }

  /** Source port << 16 | destination port. */
  portsOf(i: number): number {
    return this.words[i * stride + 2]!;
  }

  networkStartOf(i: number): number {
    return this.words[i * stride + 3]!;
  }

  /** The row of the packet that header `i` belongs to; -1 behind the last header. */
  rowOf(i: number): number {
    return i < this.count ? this.words[i * stride]! : -1;
  }

  /**
   * Writes header `i` into the row of its packet, as if the packet had nothing inside: what the columns of
   * network and transport say of it, and no payload.
   */
  writeTo(columns: DecodedColumns, i: number): void {
    const { words } = this;
    const at = i * stride;
    const row = words[at]!;
    columns.networkVersion[row] = words[at + 1]! >> 8;
    columns.transport[row] = words[at + 1]! & 0xff;
    columns.sourcePort[row] = words[at + 2]! >>> 16;
    columns.destinationPort[row] = words[at + 2]! & 0xffff;
    columns.networkStart[row] = words[at + 3]!;
    columns.transportStart[row] = words[at + 4]!;
    columns.payloadStart[row] = 0;
    columns.payloadEnd[row] = 0;
    columns.payloadLength[row] = 0;
  }
}
