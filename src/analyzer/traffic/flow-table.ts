/**
 * Flows: packets between two ends, address and port each, over one transport; both directions are one flow.
 * Hosts and conversations are sums over flows, and are told of them now and then rather than of each packet.
 */
import { evictionPacketsWorth, maxFlows } from "../limits.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import { noOffset, packetFlag, type DecodedColumns } from "../packet/decoded-columns.ts";
import { loadAddress } from "./address.ts";
import type { ConversationTable } from "./conversation-table.ts";
import { flowBit, flowFloat, flowKeyWords, flowStride, flowWord } from "./flow-record.ts";
import { FlowNumbers } from "./flow-numbers.ts";
import type { HostTable } from "./host-table.ts";
import { RecordTable } from "./record-table.ts";
import { beginsAgain, trackSegment } from "./tcp-tracking.ts";

const tcp = 6;
const udp = 17;
const sctp = 132;

/** Flows that changed, before hosts and conversations are told of them. */
const untoldRows = 1 << 12;

export class FlowTable {
  readonly table: RecordTable;
  /** All flows and what went in them, by transport. */
  readonly transports = {
    tcp: { flows: 0, packets: 0, bytes: 0 },
    udp: { flows: 0, packets: 0, bytes: 0 },
    sctp: { flows: 0, packets: 0, bytes: 0 },
  };
  /** Flows begun. */
  begun = 0;
  /** Flows that were evicted: records without a transport are none. */
  evicted = 0;
  /** Whether any Ethernet address was seen. */
  hasCards = false;
  private readonly hosts: HostTable;
  private readonly conversations: ConversationTable;
  private readonly numbers: FlowNumbers;
  private readonly untold = new Uint32Array(untoldRows);
  private untoldCount = 0;
  private packets = 0;
  /** The row of the packet before, or -1. */
  private lastRow = -1;
  /** Whether the row found last is a new one. */
  private madeNew = false;
  private readonly whenGone: (row: number) => void;

  /** @param whenGone called for each row before it is used for another flow */
  constructor(
    hosts: HostTable,
    conversations: ConversationTable,
    whenGone: (row: number) => void,
    limit = maxFlows,
  ) {
    this.hosts = hosts;
    this.conversations = conversations;
    this.whenGone = whenGone;
    this.table = new RecordTable({
      stride: flowStride,
      keyWords: flowKeyWords,
      limit,
      activity: (row) => this.activityOf(row),
      beforeEvict: (row) => this.letGo(row),
    });
    this.numbers = new FlowNumbers(this.table);
  }

  /**
   * Counts packet `i` in its flow.
   * @returns the flow's row, and as its sign the direction: `row` from the low end, `~row` from the high end;
   *   only for packets with a network header
   */
  add(batch: PacketBatch, columns: DecodedColumns, i: number, time: number): number {
    const { bytes } = batch;
    const header = columns.transportStart[i]!;
    const transport = header === noOffset ? 0 : flowTransport(columns.transport[i]!);
    const low = this.loadKey(bytes, columns, i, transport);
    const row = this.rowFor(bytes, header, transport, low);
    const { words, floats } = this.table;
    const at = row * flowStride;
    const half = at / 2;
    if (this.madeNew) this.begin(at, transport, low, time);
    this.packets++;
    floats[half + flowFloat.lastPacket] = this.packets;
    if (floats[half + flowFloat.last]! <= time) floats[half + flowFloat.last] = time;
    else widen(floats, half, time);
    const side = low ? 0 : 1;
    floats[half + flowFloat.packetsUp + side]! += 1;
    floats[half + flowFloat.bytesUp + side]! += batch.wire[i]!;
    if (transport !== 0) {
      const totals = this.totalsOf(transport);
      totals.packets++;
      totals.bytes += batch.wire[i]!;
    }
    const state = words[at + flowWord.state]!;
    if ((state & (flowBit.lowMac << side)) === 0 && hasOwnCard(columns, i))
      this.keepMac(at, bytes, columns.linkStart[i]! + 6, side);
    if ((state & flowBit.untold) === 0) this.remember(row, at);
    if (transport === tcp) trackSegment(this.table, at, bytes, header, low, columns.payloadLength[i]!, time);
    return low ? row : ~row;
  }

  /** The number of the flow in `row`, 0 where the packets there are of no flow. */
  numberOf(row: number): number {
    return this.table.words[row * flowStride + flowWord.number]!;
  }

  /** The row of the flow that has a number, or -1 where it is not kept. */
  rowOfNumber(number: number): number {
    return this.numbers.rowOf(number, this.begun);
  }

  /** Tells hosts and conversations of what they have not been told yet. */
  tell(): void {
    for (let i = 0; i < this.untoldCount; i++) this.tellOf(this.untold[i]!);
    this.untoldCount = 0;
  }

  /** Puts the key of packet `i` together. @returns whether the low end sent it */
  private loadKey(bytes: Uint8Array, columns: DecodedColumns, i: number, transport: number): boolean {
    const { key } = this.table;
    const version = columns.networkVersion[i]!;
    const network = columns.networkStart[i]!;
    const sourcePort = transport === 0 ? 0 : columns.sourcePort[i]!;
    const targetPort = transport === 0 ? 0 : columns.destinationPort[i]!;
    key[0] = (version << 8) | transport;
    const low =
      version === 4
        ? loadIpv4Pair(bytes, network, sourcePort <= targetPort, key)
        : loadIpv6Pair(bytes, network, sourcePort <= targetPort, key);
    key[1] = low ? (sourcePort << 16) | targetPort : (targetPort << 16) | sourcePort;
    return low;
  }

  private rowFor(bytes: Uint8Array, header: number, transport: number, low: boolean): number {
    const { table } = this;
    this.madeNew = true;
    let found = this.lastRow;
    // Packets of one flow often follow each other.
    if (found < 0 || !table.holds(found)) {
      const hash = table.hash();
      found = table.find(hash);
      if (found < 0) return (this.lastRow = table.insert(hash));
      this.lastRow = found;
    }
    if (transport === tcp && beginsAgain(table, found * flowStride, bytes, header, low))
      return (this.lastRow = table.insertInstead(found));
    this.madeNew = false;
    return found;
  }

  private begin(at: number, transport: number, low: boolean, time: number): void {
    const { words, floats } = this.table;
    words[at + flowWord.state] = low ? 0 : flowBit.fromHigh;
    words[at + flowWord.lowHost] = 0xffffffff;
    words[at + flowWord.highHost] = 0xffffffff;
    words[at + flowWord.conversation] = 0xffffffff;
    floats[at / 2 + flowFloat.first] = time;
    floats[at / 2 + flowFloat.last] = time;
    if (transport === 0) return;
    this.totalsOf(transport).flows++;
    words[at + flowWord.number] = ++this.begun;
    this.numbers.note(this.begun, at / flowStride);
  }

  private totalsOf(transport: number): { flows: number; packets: number; bytes: number } {
    if (transport === tcp) return this.transports.tcp;
    return transport === udp ? this.transports.udp : this.transports.sctp;
  }

  private keepMac(at: number, bytes: Uint8Array, place: number, side: number): void {
    this.hasCards = true;
    const { words } = this.table;
    words[at + flowWord.lowMac + side] =
      (bytes[place]! << 24) | (bytes[place + 1]! << 16) | (bytes[place + 2]! << 8) | bytes[place + 3]!;
    const end = (bytes[place + 4]! << 8) | bytes[place + 5]!;
    words[at + flowWord.macEnds]! |= side === 0 ? end << 16 : end;
    words[at + flowWord.state]! |= flowBit.lowMac << side;
  }

  private remember(row: number, at: number): void {
    if (this.untoldCount === untoldRows) this.tell();
    this.untold[this.untoldCount++] = row;
    this.table.words[at + flowWord.state]! |= flowBit.untold;
  }

  private tellOf(row: number): void {
    const { words, floats } = this.table;
    const at = row * flowStride;
    // A row that was evicted meanwhile has been told of, and perhaps begun again.
    if ((words[at + flowWord.state]! & flowBit.untold) === 0) return;
    words[at + flowWord.state]! &= ~flowBit.untold;
    const half = at / 2;
    const up = floats[half + flowFloat.packetsUp]! - floats[half + flowFloat.toldPacketsUp]!;
    const down = floats[half + flowFloat.packetsDown]! - floats[half + flowFloat.toldPacketsDown]!;
    const bytesUp = floats[half + flowFloat.bytesUp]! - floats[half + flowFloat.toldBytesUp]!;
    const bytesDown = floats[half + flowFloat.bytesDown]! - floats[half + flowFloat.toldBytesDown]!;
    const first = floats[half + flowFloat.first]!;
    const last = floats[half + flowFloat.last]!;
    for (let i = 0; i < 4; i++)
      floats[half + flowFloat.toldPacketsUp + i] = floats[half + flowFloat.packetsUp + i]!;
    const version = words[at + flowWord.kind]! >> 8;
    const lowHost = this.hostOf(at, 0, version);
    this.hosts.add(lowHost, down, up, bytesDown, bytesUp, first, last);
    const highHost = this.hostOf(at, 1, version);
    this.hosts.add(highHost, up, down, bytesUp, bytesDown, first, last);
    const isFirst = words[at + flowWord.conversation] === 0xffffffff;
    const conversation = this.conversationOf(at, version, lowHost, highHost);
    this.conversations.add(conversation, up, down, bytesUp, bytesDown, first, last);
    if (isFirst && (words[at + flowWord.kind]! & 0xff) !== 0) this.conversations.addFlow(conversation);
  }

  private hostOf(at: number, side: number, version: number): number {
    const { words } = this.table;
    const address = at + (side === 0 ? flowWord.low : flowWord.high);
    const row = this.hosts.rowOf(version, words, address, words[at + flowWord.lowHost + side]!);
    words[at + flowWord.lowHost + side] = row;
    if ((words[at + flowWord.state]! & (flowBit.lowMac << side)) !== 0) {
      const ends = words[at + flowWord.macEnds]!;
      this.hosts.setMac(row, words[at + flowWord.lowMac + side]!, side === 0 ? ends >>> 16 : ends & 0xffff);
    }
    return row;
  }

  private conversationOf(at: number, version: number, lowHost: number, highHost: number): number {
    const { words } = this.table;
    const hint = words[at + flowWord.conversation]!;
    const found = this.conversations.rowOf(version, words, at + flowWord.low, at + flowWord.high, hint);
    const row = found < 0 ? -1 - found : found;
    words[at + flowWord.conversation] = row;
    if (found < 0) {
      this.hosts.addPeer(lowHost);
      if (highHost !== lowHost) this.hosts.addPeer(highHost);
    }
    return row;
  }

  /** The number of its last packet, later where it had many. */
  private activityOf(row: number): number {
    const { floats } = this.table;
    const half = (row * flowStride) / 2;
    const packets = floats[half + flowFloat.packetsUp]! + floats[half + flowFloat.packetsDown]!;
    return floats[half + flowFloat.lastPacket]! + packets * evictionPacketsWorth;
  }

  private letGo(row: number): void {
    this.tellOf(row);
    this.whenGone(row);
    if ((this.table.words[row * flowStride + flowWord.kind]! & 0xff) !== 0) this.evicted++;
  }
}

function flowTransport(transport: number): number {
  return transport === tcp || transport === udp || transport === sctp ? transport : 0;
}

/** Whether the Ethernet addresses are of this packet's ends: around a tunnel they are of the tunnel's. */
function hasOwnCard(columns: DecodedColumns, i: number): boolean {
  return columns.linkStart[i] !== noOffset && (columns.flags[i]! & packetFlag.tunnelled) === 0;
}

/** Time ran backwards, or is only known from here on. */
function widen(floats: Float64Array, half: number, time: number): void {
  if (Number.isNaN(time)) return;
  if (!(floats[half + flowFloat.first]! <= time)) floats[half + flowFloat.first] = time;
  if (!(floats[half + flowFloat.last]! >= time)) floats[half + flowFloat.last] = time;
}

/** Both addresses into the key, the lower one first. @returns whether the source is that */
function loadIpv4Pair(bytes: Uint8Array, header: number, ofEqual: boolean, key: Uint32Array): boolean {
  const source = uint32(bytes, header + 12);
  const target = uint32(bytes, header + 16);
  const low = source < target || (source === target && ofEqual);
  key[2] = key[3] = key[4] = key[6] = key[7] = key[8] = 0;
  key[5] = low ? source : target;
  key[9] = low ? target : source;
  return low;
}

function loadIpv6Pair(bytes: Uint8Array, header: number, ofEqual: boolean, key: Uint32Array): boolean {
  const order = compareBytes(bytes, header + 8, header + 24, 16);
  const low = order < 0 || (order === 0 && ofEqual);
  loadAddress(bytes, low ? header + 8 : header + 24, 6, key, 2);
  loadAddress(bytes, low ? header + 24 : header + 8, 6, key, 6);
  return low;
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

function compareBytes(bytes: Uint8Array, a: number, b: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = bytes[a + i]! - bytes[b + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
