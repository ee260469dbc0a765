/**
 * Where the decoder stands in a packet, and what it has found in it. There is one cursor for all packets:
 * each header's function reads at `at`, moves it behind the header, and answers which header comes next.
 * Nothing is read at or beyond `end`, and nothing throws.
 */
import { packetFlag, type DecodedColumns } from "./decoded-columns.ts";
import { next } from "./next-header.ts";
import type { OuterHeaders } from "./outer-headers.ts";

/** No offset: becomes `noOffset` in a column. */
const nowhere = -1;

export class PacketCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** The packet's row in its batch. */
  row = 0;
  /** Where IP headers around others are noted, and those that are quoted. */
  outer: OuterHeaders | undefined;
  quotes: OuterHeaders | undefined;
  at = 0;
  /** One past the last captured byte that belongs to the current header and what it carries. */
  end = 0;
  /** The same, had the whole packet been captured: at least `end`. */
  wireEnd = 0;
  layers = 0;
  protocol = 0;
  flags = 0;
  sourcePort = 0;
  destinationPort = 0;
  linkStart = nowhere;
  networkStart = nowhere;
  networkVersion = 0;
  transport = 0;
  transportStart = nowhere;
  payloadStart = 0;
  payloadEnd = 0;
  payloadLength = 0;
  /** The packet goes on in other fragments, so what its headers claim beyond this one is no contradiction. */
  continued = false;
  /** Where the samples of an sFlow report stand; 0 where the packet is none. */
  samplesAt = 0;
  samplesEnd = 0;
  /** Inside the packet that an ICMP error quotes: its layers count, and nothing else about it. */
  quoted = false;
  /** What the next header is told: the number of an extension header, a link type, the bytes of a tag. */
  argument = 0;

  /** Stands at the beginning of a packet. */
  begin(at: number, captured: number, wire: number): void {
    this.at = at;
    this.end = at + captured;
    this.wireEnd = at + (wire > captured ? wire : captured);
    this.layers = 0;
    this.protocol = 0;
    this.flags = wire > captured ? packetFlag.truncated : 0;
    this.linkStart = nowhere;
    this.networkStart = nowhere;
    this.networkVersion = 0;
    this.argument = 0;
    this.samplesAt = 0;
    this.quoted = false;
    this.continued = false;
    this.leaveTransport();
  }

  /** Enters a header: the layer counts, and `protocol` is the highest one found so far. */
  enter(layer: number, protocol: number): void {
    this.layers |= layer;
    if (!this.quoted) this.protocol = protocol;
  }

  /** Enters an IP header whose fixed part has `length` bytes: what was found outside is an outer header now. */
  enterNetwork(version: number, length: number): void {
    if (this.quoted) {
      if (this.at + length <= this.end) this.quotes?.addQuote(this.row, version, this.at);
      return;
    }
    // An IPv4 header that turns out to be one of IPv6 is entered twice.
    if (this.networkStart !== nowhere && this.networkStart !== this.at) this.noteOuter();
    const isCaptured = this.at + length <= this.end;
    this.networkVersion = isCaptured ? version : 0;
    this.networkStart = isCaptured ? this.at : nowhere;
    if (this.transport !== 0) this.leaveTransport();
  }

  /** Enters what an IP header carries, by its IP protocol number; its fixed part has `length` bytes. */
  enterTransport(number: number, length: number): void {
    if (this.quoted) {
      this.quotes?.setTransport(this.row, number);
      return;
    }
    this.transport = number;
    this.transportStart = this.at + length <= this.end ? this.at : nowhere;
  }

  /** The transport's header ends `length` bytes from here, though that may lie behind what was captured. */
  setPayload(length: number): void {
    if (this.quoted) return;
    const start = this.at + length;
    this.payloadStart = start < this.end ? start : this.end;
    this.payloadEnd = this.end;
    this.payloadLength = start < this.wireEnd ? this.wireEnd - start : 0;
  }

  /** Notes the ports that begin the transport's header. */
  readPorts(): void {
    if (this.at + 4 > this.end) return;
    if (this.quoted) {
      this.quotes?.setPorts(this.row, (this.uint16(0) << 16) | this.uint16(2));
      return;
    }
    this.sourcePort = this.uint16(0);
    this.destinationPort = this.uint16(2);
  }

  /** Marks the packet as a piece of a fragmented one; `first` pieces begin with its transport's header. */
  fragment(first: boolean): void {
    if (!this.quoted) this.flags |= packetFlag.fragment;
    this.continued = first;
  }

  /** Whether `length` bytes are there. Where the wire itself had fewer, the packet is malformed. */
  has(length: number): boolean {
    const until = this.at + length;
    if (until <= this.end) return true;
    if (until > this.wireEnd && !this.continued) this.malformed();
    return false;
  }

  /** Marks the packet as wrong inside, and ends it. */
  malformed(): 0 {
    if (!this.quoted) this.flags |= packetFlag.malformed;
    return next.none;
  }

  /** Narrows the packet to the `length` bytes from `at` that a header claims for itself and its payload. */
  narrow(length: number): void {
    const until = this.at + length;
    if (until > this.wireEnd) {
      if (!this.continued) this.malformed();
      return;
    }
    this.wireEnd = until;
    if (until < this.end) this.end = until;
  }

  uint16(offset: number): number {
    return (this.bytes[this.at + offset]! << 8) | this.bytes[this.at + offset + 1]!;
  }

  /** The same, the lowest byte first. */
  uint16Little(offset: number): number {
    return this.bytes[this.at + offset]! | (this.bytes[this.at + offset + 1]! << 8);
  }

  /** 32 bits, the lowest byte first; negative above 2 ** 31. */
  int32Little(offset: number): number {
    return this.uint16Little(offset) | (this.uint16Little(offset + 2) << 16);
  }

  uint8(offset: number): number {
    return this.bytes[this.at + offset]!;
  }

  /** Writes what was found into `row`. */
  writeTo(columns: DecodedColumns, row: number): void {
    columns.layers[row] = this.layers;
    columns.protocol[row] = this.protocol;
    columns.flags[row] = this.flags;
    columns.sourcePort[row] = this.sourcePort;
    columns.destinationPort[row] = this.destinationPort;
    columns.linkStart[row] = this.linkStart;
    columns.networkStart[row] = this.networkStart;
    columns.networkVersion[row] = this.networkVersion;
    columns.transport[row] = this.transport;
    columns.transportStart[row] = this.transportStart;
    columns.payloadStart[row] = this.payloadStart;
    columns.payloadEnd[row] = this.payloadEnd;
    columns.payloadLength[row] = this.payloadLength;
  }

  private noteOuter(): void {
    const ports = (this.sourcePort << 16) | this.destinationPort;
    this.flags |= packetFlag.tunnelled;
    this.outer?.add(
      this.row,
      this.networkVersion,
      this.transport,
      ports,
      this.networkStart,
      this.transportStart,
    );
  }

  private leaveTransport(): void {
    this.sourcePort = 0;
    this.destinationPort = 0;
    this.transport = 0;
    this.transportStart = nowhere;
    this.payloadStart = 0;
    this.payloadEnd = 0;
    this.payloadLength = 0;
  }
}
