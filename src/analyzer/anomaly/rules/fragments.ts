/**
 * Fragments that no honest machine sends.
 *
 *     IPv4 (RFC 791)     6: | 0, don't, more, offset 13 |     4: | identification |
 *     IPv6 (RFC 8200)    | next | 0 | offset 13, 0 0, more | identification 4 |
 *
 * - They overlap: what is put together depends on who does it (teardrop; RFC 1858, RFC 5722, RFC 815).
 * - They end beyond 65,535 bytes: the ping of death.
 * - The first of IPv4 is tiny: TCP's flags are only in the second, where filters do not look (RFC 1858, RFC
 *   3128). Lengths are those that the header tells: what the snapshot cut was sent.
 * - Packets are begun again and again and not continued: each takes a place at the receiver for a minute.
 */
import { counted } from "../../../lib/counted.ts";
import { packetFlag, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import { ContextTable } from "../features/context-table.ts";
import { hashBytes, hashWord } from "../features/hash-bytes.ts";
import type { PacketEnds, PacketRows } from "../features/packet-ends.ts";
import { DatagramMap } from "./datagram-map.ts";
import { followedDatagrams, fragmentPairs, maxChainHeaders } from "./limits.ts";
import { destinationText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** Seconds after which a datagram is given up, and its identification may be another's (RFC 8200, 4.5: 60). */
const reassemblySeconds = 30;
/** Bytes of TCP that the first fragment holds at least, its flags with them (RFC 1858, section 3.1). */
const leastTcpBytes = 16;
/** Packets begun of late between two hosts, and how many fragments for each continue one. */
const spanSeconds = 10;
const leastBegun = 20;
const leastContinued = 0.25;
const longestPacket = 65_535;
const fragmentHeader = 44;
const tcp = 6;
const sums = { begun: 0, continued: 1 } as const;

export class Fragments {
  private readonly table = new ContextTable(followedDatagrams, reassemblySeconds);
  private readonly map = new DatagramMap(followedDatagrams);
  private readonly begun = new Float64Array(followedDatagrams);
  private readonly pairs = new Context({ slots: fragmentPairs, sums: 2, sets: 0, timeConstant: spanSeconds });
  private readonly unfinished = { begun: 0, continued: 0 };
  /** Of the fragment seen last: where it begins and how long it is, in bytes. */
  private offset = 0;
  private length = 0;
  private isLast = false;
  private identification = 0;
  /** The protocol of what is in fragments. */
  private protocol = 0;

  get evicted(): number {
    return this.table.evicted + this.pairs.table.evicted;
  }

  see(packets: PacketRows, columns: DecodedColumns, row: number, ends: PacketEnds, time: number): number {
    if ((columns.flags[row]! & packetFlag.malformed) !== 0) return 0;
    const start = columns.networkStart[row]!;
    const end = packets.offset[row]! + packets.captured[row]!;
    const isIpv6 = columns.networkVersion[row] === 6;
    if (!(isIpv6 ? this.readIpv6(packets.bytes, start, end) : this.readIpv4(packets.bytes, start))) return 0;
    if (this.offset + this.length > longestPacket) return ruleNumber.fragmentBeyond;
    if (this.overlaps(ends, time)) return ruleNumber.fragmentOverlap;
    if (this.isUnfinished(ends, time)) return ruleNumber.fragmentsUnfinished;
    return !isIpv6 && this.isTiny() ? ruleNumber.fragmentTiny : 0;
  }

  describe(number: number, packets: PacketRows, columns: DecodedColumns, row: number): RuleReason {
    const to = destinationText(packets, columns, row);
    const { offset, length } = this;
    const place = `bytes ${offset} to ${offset + length - 1}`;
    if (number === ruleNumber.fragmentOverlap)
      return ruleReason(
        number,
        place,
        "each byte once",
        `sends ${to} ${place} of a packet once more, in other pieces`,
      );
    if (number === ruleNumber.fragmentBeyond)
      return ruleReason(
        number,
        offset + length,
        `up to ${longestPacket}`,
        `sends ${to} ${place} of a packet`,
      );
    if (number === ruleNumber.fragmentsUnfinished) {
      const [begun, continued] = [Math.round(this.unfinished.begun), Math.round(this.unfinished.continued)];
      const pieces = continued === 0 ? "no further piece" : counted(continued, "further piece");
      const text = `began ${counted(begun, "packet")} to ${to} in ${spanSeconds} s and sent ${pieces} of them`;
      return ruleReason(number, begun, "each is continued", text);
    }
    const text = `sends ${to} a packet whose first fragment has ${length} bytes behind byte ${offset}`;
    return ruleReason(number, length, "as long as the link takes", text);
  }

  private overlaps(ends: PacketEnds, time: number): boolean {
    if (this.length === 0) return false;
    const high = hashWord(ends.sourceHigh, hashWord(ends.destinationHigh, this.identification));
    const low = hashWord(ends.sourceLow, hashWord(ends.destinationLow, this.identification));
    const slot = this.table.touch(high, low, time);
    const isOld = Math.abs(time - this.begun[slot]!) > reassemblySeconds;
    if (this.table.isFresh || isOld) this.begin(slot, time);
    const [first, count] = [this.offset >> 3, (this.length + 7) >> 3];
    const wasWhole = this.map.isWhole(slot);
    const overlaps = this.map.add(slot, first, count, this.isLast);
    // A datagram that was put together is done: this is the next one of the same number.
    if (!overlaps || !wasWhole) return overlaps;
    this.begin(slot, time);
    this.map.add(slot, first, count, this.isLast);
    return false;
  }

  private isUnfinished(ends: PacketEnds, time: number): boolean {
    const { pairs, unfinished } = this;
    const high = hashWord(ends.sourceHigh, ends.destinationHigh);
    const slot = pairs.touch(high, hashWord(ends.sourceLow, high), time);
    pairs.addTo(slot, this.offset === 0 ? sums.begun : sums.continued, 1);
    if (this.offset !== 0) return false;
    unfinished.begun = pairs.sum(slot, sums.begun);
    unfinished.continued = pairs.sum(slot, sums.continued);
    return unfinished.begun >= leastBegun && unfinished.continued <= unfinished.begun * leastContinued;
  }

  private isTiny(): boolean {
    const { offset, length } = this;
    if (this.protocol !== tcp) return false;
    // A second fragment that begins within the ports and flags (RFC 1858, section 3.2).
    return offset === 8 || (offset === 0 && !this.isLast && length < leastTcpBytes);
  }

  private begin(slot: number, time: number): void {
    this.map.reset(slot);
    this.begun[slot] = time;
  }

  /** @returns whether the header is that of a fragment, and says how long it is */
  private readIpv4(bytes: Uint8Array, start: number): boolean {
    const fragment = uint16(bytes, start + 6);
    const headerLength = (bytes[start]! & 0x0f) * 4;
    const total = uint16(bytes, start + 2);
    if ((fragment & 0x3fff) === 0 || total < headerLength) return false;
    this.identification = (uint16(bytes, start + 4) << 8) | bytes[start + 9]!;
    this.protocol = bytes[start + 9]!;
    this.take((fragment & 0x1fff) * 8, total - headerLength, (fragment & 0x2000) === 0);
    return true;
  }

  private readIpv6(bytes: Uint8Array, start: number, end: number): boolean {
    const wireEnd = start + 40 + uint16(bytes, start + 4);
    let next = bytes[start + 6]!;
    let at = start + 40;
    for (let left = maxChainHeaders; left > 0 && at + 8 <= end; left--) {
      if (next === fragmentHeader) {
        const fragment = uint16(bytes, at + 2);
        if ((fragment & 0xfff9) === 0 || wireEnd < at + 8) return false;
        this.identification = hashBytes(bytes, at + 4, at + 8, 1);
        this.protocol = bytes[at]!;
        this.take(fragment & 0xfff8, wireEnd - at - 8, (fragment & 1) === 0);
        return true;
      }
      // Those that stand before the fragment header (RFC 8200, section 4.1): all count eights of bytes.
      if (next !== 0 && next !== 43 && next !== 60) return false;
      next = bytes[at]!;
      at += (bytes[at + 1]! + 1) * 8;
    }
    return false;
  }

  private take(offset: number, length: number, isLast: boolean): void {
    this.offset = offset;
    this.length = length;
    this.isLast = isLast;
  }
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
