/**
 * Who spoke with whom in a selection: a loop over its packets sums them up by flow, and those of no flow by their
 * pair of addresses; hosts and conversations are sums over these. A packet inside a tunnel counts in the tunnel's
 * flow too, as in src/analyzer/traffic.
 */
import { maxTalliedFlows } from "../limits.ts";
import type { AddressIds } from "../store/address-ids.ts";
import { notJudged, type StoreChunk } from "../store/store-chunk.ts";
import { headerWord, quotedHeader } from "../store/stored-headers.ts";
import { NumberIndex, PairIndex } from "./number-index.ts";
import type { SelectedRows, Selection } from "./selection.ts";
import { tallyFloat, tallyStride, TallyTable, tallyWord } from "./tally-table.ts";

export class SelectionTally {
  readonly flows = new TallyTable();
  readonly hosts = new TallyTable();
  readonly conversations = new TallyTable();
  /** Packets whose flow or pair found no room. */
  refused = 0;
  /** Packets and bytes by the transports TCP, UDP and SCTP, those of tunnels too. */
  readonly transports = new Map([6, 17, 132].map((number) => [number, { flows: 0, packets: 0, bytes: 0 }]));
  /** Pairs of addresses between which packets of no flow went. */
  private readonly pairs = new TallyTable();
  private readonly flowIndex = new NumberIndex();
  private readonly pairIndex = new PairIndex();
  private readonly conversationIndex = new PairIndex();
  /** By an address's id: its record among the hosts + 1. */
  private hostIndex = new Uint32Array(0);
  private readonly limit: number;
  /** Seconds since 1970 from which the times of the tables count; NaN where no packet has a time. */
  baseSeconds = Number.NaN;
  private selection: Selection | undefined;
  private flagFrom = notJudged;
  private lastNumber = 0;
  private lastFlow = 0;

  constructor(limit = maxTalliedFlows) {
    this.limit = limit;
  }

  /** Counts a selection, and forgets what was counted before. @returns itself */
  count(selection: Selection): this {
    this.clear();
    this.selection = selection;
    this.flagFrom = selection.flagFrom;
    let base = Number.NaN;
    for (const rows of selection.rows()) {
      if (Number.isNaN(base)) base = firstSecond(rows);
      this.addRows(rows, base);
      this.addTunnels(rows, base);
    }
    this.baseSeconds = base;
    this.sum(selection.store.addresses);
    return this;
  }

  private clear(): void {
    for (const table of [this.flows, this.pairs, this.hosts, this.conversations]) table.clear();
    for (const index of [this.flowIndex, this.pairIndex, this.conversationIndex]) index.clear();
    for (const totals of this.transports.values()) Object.assign(totals, { flows: 0, packets: 0, bytes: 0 });
    this.refused = 0;
    this.lastNumber = 0;
  }

  /** The loop over all packets: those of flows are counted here, the few others by `countPacket`. */
  private addRows({ chunk, rows, count }: SelectedRows, base: number): void {
    const { flow, source, destination, sourcePort, destinationPort, transport } = chunk;
    const { wire, seconds, nanos, score } = chunk;
    const { flows, limit } = this;
    const { addresses } = this.selection!.store;
    let { words, floats } = flows;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const number = flow[row]!;
      const from = source[row]!;
      if (number === 0) {
        const to = destination[row]!;
        // What has link addresses alone is no host's.
        if (addresses.isIp(from) || addresses.isIp(to)) this.countPacket(chunk, row, 0, from, to, 0, 0, base);
        continue;
      }
      const ports = ((sourcePort[row]! << 16) | destinationPort[row]!) >>> 0;
      if (number !== this.lastNumber) {
        const place = this.flowOf(number);
        if (place === limit) {
          this.refused++;
          continue;
        }
        if (place === flows.count) {
          flows.make(number, from, destination[row]!, ports, transport[row]!);
          ({ words, floats } = flows);
        }
        this.lastNumber = number;
        this.lastFlow = place;
      }
      const at = this.lastFlow * tallyStride;
      const half = at / 2;
      const a = words[at + tallyWord.a]!;
      const isUp = a === from && (words[at + tallyWord.b] !== a || words[at + tallyWord.ports] === ports);
      const side = isUp ? 0 : 1;
      words[at + tallyWord.up + side]!++;
      floats[half + tallyFloat.bytesUp + side]! += wire[row]!;
      const time = seconds[row]! - base + nanos[row]! * 1e-9;
      if (!(floats[half + tallyFloat.last]! >= time)) noteLast(floats, half, time);
      if (!(floats[half + tallyFloat.first]! <= time)) noteFirst(floats, half, time);
      const judged = score[row]!;
      if (judged !== notJudged) this.noteScore(words, at, judged, chunk, row);
    }
  }

  private addTunnels({ chunk, bits }: SelectedRows, base: number): void {
    const { words, stride, count, flows } = chunk.headers;
    for (let i = 0; i < count; i++) {
      const at = i * stride;
      const transport = words[at + headerWord.transport]!;
      const row = words[at + headerWord.row]!;
      if (transport >= quotedHeader || ((bits[row >>> 5]! >>> (row & 31)) & 1) === 0) continue;
      const number = flows[i]!;
      const ports = number === 0 ? 0 : words[at + headerWord.ports]!;
      const from = words[at + headerWord.source]!;
      this.countPacket(chunk, row, number, from, words[at + headerWord.destination]!, ports, transport, base);
    }
  }

  private countPacket(
    chunk: StoreChunk,
    row: number,
    number: number,
    from: number,
    to: number,
    ports: number,
    transport: number,
    base: number,
  ): void {
    const table = number === 0 ? this.pairs : this.flows;
    const i =
      number === 0 ? this.pairOf(from, to) : number === this.lastNumber ? this.lastFlow : this.flowOf(number);
    if (i >= this.limit) {
      this.refused++;
      return;
    }
    if (i === table.count) table.make(number, from, to, ports, transport);
    if (number !== 0) {
      this.lastNumber = number;
      this.lastFlow = i;
    }
    const { words, floats } = table;
    const at = i * tallyStride;
    const half = at / 2;
    const isUp =
      words[at + tallyWord.a] === from &&
      (words[at + tallyWord.b] !== from || words[at + tallyWord.ports] === ports);
    const side = isUp ? 0 : 1;
    const size = chunk.wire[row]!;
    words[at + tallyWord.up + side]!++;
    floats[half + tallyFloat.bytesUp + side]! += size;
    const time = chunk.seconds[row]! - base + chunk.nanos[row]! * 1e-9;
    if (!(floats[half + tallyFloat.last]! >= time)) noteLast(floats, half, time);
    if (!(floats[half + tallyFloat.first]! <= time)) noteFirst(floats, half, time);
    const score = chunk.score[row]!;
    if (score !== notJudged) this.noteScore(words, at, score, chunk, row);
  }

  private noteScore(words: Uint32Array, at: number, score: number, chunk: StoreChunk, row: number): void {
    const known = words[at + tallyWord.score]!;
    if (score + 1 > (known & 0xffff)) words[at + tallyWord.score] = (known & ~0xffff) | (score + 1);
    if (score >= this.flagFrom && this.selection!.isFlagged(chunk, row)) words[at + tallyWord.flagged]!++;
  }

  /** The flow's record, or the next one that is to be made. At the limit there is none. */
  private flowOf(number: number): number {
    return this.flowIndex.count >= this.limit && !this.flowIndex.has(number)
      ? this.limit
      : this.flowIndex.placeOf(number);
  }

  private pairOf(from: number, to: number): number {
    return this.pairIndex.count >= this.limit && !this.pairIndex.has(from, to)
      ? this.limit
      : this.pairIndex.placeOf(from, to);
  }

  /** Sums flows and pairs up by conversation, and those by host. */
  private sum(addresses: AddressIds): void {
    this.sumConversations(this.flows, addresses);
    for (let i = 0; i < this.flows.count; i++) this.countTransport(i);
    this.sumConversations(this.pairs, addresses);
    this.sumHosts(this.emptyHostIndex(addresses.given + 1));
  }

  private sumConversations(table: TallyTable, addresses: AddressIds): void {
    const { conversations, conversationIndex } = this;
    const isFlow = table === this.flows ? 1 : 0;
    for (let i = 0; i < table.count; i++) {
      const at = i * tallyStride;
      const a = table.words[at + tallyWord.a]!;
      const b = table.words[at + tallyWord.b]!;
      if (a === 0 && b === 0) continue;
      const place = conversationIndex.placeOf(a, b);
      if (place === conversations.count) {
        const isLow = a === b || addresses.compare(a, b) < 0;
        conversations.make(0, isLow ? a : b, isLow ? b : a, 0, 0);
      }
      const to = place * tallyStride;
      // Between ports of one address the lower port is the lower end.
      const ports = table.words[at + tallyWord.ports]!;
      const isSwapped =
        a === b ? ports >>> 16 > (ports & 0xffff) : conversations.words[to + tallyWord.a] !== a;
      conversations.join(place, table, i, isSwapped);
      conversations.words[to + tallyWord.number]! += isFlow;
    }
  }

  private emptyHostIndex(length: number): Uint32Array {
    if (this.hostIndex.length < length) this.hostIndex = new Uint32Array(length * 2);
    else this.hostIndex.fill(0);
    return this.hostIndex;
  }

  private sumHosts(index: Uint32Array): void {
    const { conversations, hosts } = this;
    for (let i = 0; i < conversations.count; i++) {
      const a = conversations.words[i * tallyStride + tallyWord.a]!;
      const b = conversations.words[i * tallyStride + tallyWord.b]!;
      if (a !== 0) this.joinHost(index, a, i, false);
      if (b === 0) continue;
      this.joinHost(index, b, i, true);
      // It is its own peer, once.
      if (a === b) hosts.words[(index[a]! - 1) * tallyStride + tallyWord.number]!--;
    }
  }

  private joinHost(index: Uint32Array, id: number, conversation: number, swapped: boolean): void {
    const { hosts } = this;
    if (index[id] === 0) index[id] = hosts.make(0, id, 0, 0, 0) + 1;
    const host = index[id]! - 1;
    hosts.join(host, this.conversations, conversation, swapped);
    hosts.words[host * tallyStride + tallyWord.number]!++;
  }

  private countTransport(i: number): void {
    const totals = this.transports.get(this.flows.transportOf(i));
    if (totals === undefined) return;
    const at = i * tallyStride;
    totals.flows++;
    totals.packets += this.flows.words[at + tallyWord.up]! + this.flows.words[at + tallyWord.down]!;
    totals.bytes += this.flows.bytesOf(i);
  }
}

function noteFirst(floats: Float64Array, half: number, time: number): void {
  if (!Number.isNaN(time)) floats[half + tallyFloat.first] = time;
}

function noteLast(floats: Float64Array, half: number, time: number): void {
  if (!Number.isNaN(time)) floats[half + tallyFloat.last] = time;
}

function firstSecond({ chunk, rows, count }: SelectedRows): number {
  for (let i = 0; i < count; i++)
    if (!Number.isNaN(chunk.seconds[rows[i]!]!)) return chunk.seconds[rows[i]!]!;
  return Number.NaN;
}
