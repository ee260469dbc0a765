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
  private readonly limit: number;
  private readonly flagFrom: number;
  /** Seconds since 1970 from which the times of the tables count; NaN where no packet has a time. */
  baseSeconds = Number.NaN;
  private lastNumber = 0;
  private lastFlow = 0;

  constructor(selection: Selection, limit = maxTalliedFlows) {
    this.limit = limit;
    this.flagFrom = selection.flagFrom;
    let base = Number.NaN;
    for (const rows of selection.rows()) {
      if (Number.isNaN(base)) base = firstSecond(rows);
      this.baseSeconds = base;
      this.addRows(rows, base);
      this.addTunnels(rows, base);
    }
    this.sum(selection.store.addresses);
  }

  private addRows({ chunk, rows, count }: SelectedRows, base: number): void {
    const { flow, source, destination, sourcePort, destinationPort, transport } = chunk;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const number = flow[row]!;
      const from = source[row]!;
      const to = destination[row]!;
      if (number === 0 && from === 0 && to === 0) continue;
      const ports = number === 0 ? 0 : ((sourcePort[row]! << 16) | destinationPort[row]!) >>> 0;
      this.count(chunk, row, number, from, to, ports, transport[row]!, base);
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
      this.count(chunk, row, number, from, words[at + headerWord.destination]!, ports, transport, base);
    }
  }

  private count(
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
    if (!(floats[half + tallyFloat.last]! >= time)) this.noteLast(floats, half, time);
    if (!(floats[half + tallyFloat.first]! <= time)) this.noteFirst(floats, half, time);
    const score = chunk.score[row]!;
    if (score !== notJudged) this.noteScore(words, at, score);
  }

  private noteFirst(floats: Float64Array, half: number, time: number): void {
    if (!Number.isNaN(time)) floats[half + tallyFloat.first] = time;
  }

  private noteLast(floats: Float64Array, half: number, time: number): void {
    if (!Number.isNaN(time)) floats[half + tallyFloat.last] = time;
  }

  private noteScore(words: Uint32Array, at: number, score: number): void {
    const known = words[at + tallyWord.score]!;
    if (score + 1 > (known & 0xffff)) words[at + tallyWord.score] = (known & ~0xffff) | (score + 1);
    if (score >= this.flagFrom) words[at + tallyWord.flagged]!++;
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

  /** Sums flows and pairs up by host and by conversation. */
  private sum(addresses: AddressIds): void {
    const hostIndex = new Uint32Array(addresses.given + 1);
    const conversationIndex = new PairIndex();
    for (const table of [this.flows, this.pairs]) {
      for (let i = 0; i < table.count; i++) {
        const at = i * tallyStride;
        const a = table.words[at + tallyWord.a]!;
        const b = table.words[at + tallyWord.b]!;
        if (table === this.flows) this.countTransport(i);
        if (a === 0 && b === 0) continue;
        const hostA = this.hostOf(hostIndex, a);
        const hostB = this.hostOf(hostIndex, b);
        if (hostA >= 0) this.hosts.join(hostA, table, i, false);
        if (hostB >= 0) this.hosts.join(hostB, table, i, true);
        const place = conversationIndex.placeOf(a, b);
        if (place === this.conversations.count) {
          const isLow = addresses.compare(a, b) <= 0;
          this.conversations.make(0, isLow ? a : b, isLow ? b : a, 0, 0);
          if (hostA >= 0) this.hosts.words[hostA * tallyStride + tallyWord.number]!++;
          if (hostB >= 0 && hostB !== hostA) this.hosts.words[hostB * tallyStride + tallyWord.number]!++;
        }
        const low = this.conversations.words[place * tallyStride + tallyWord.a]!;
        // Between ports of one address the lower port is the lower end.
        const ports = table.words[at + tallyWord.ports]!;
        const isSwapped = a === b ? ports >>> 16 > (ports & 0xffff) : low !== a;
        this.conversations.join(place, table, i, isSwapped);
        if (table === this.flows) this.conversations.words[place * tallyStride + tallyWord.number]!++;
      }
    }
  }

  private countTransport(i: number): void {
    const totals = this.transports.get(this.flows.transportOf(i));
    if (totals === undefined) return;
    const at = i * tallyStride;
    totals.flows++;
    totals.packets += this.flows.words[at + tallyWord.up]! + this.flows.words[at + tallyWord.down]!;
    totals.bytes += this.flows.bytesOf(i);
  }

  private hostOf(index: Uint32Array, id: number): number {
    if (id === 0) return -1;
    if (index[id] === 0) index[id] = this.hosts.make(0, id, 0, 0, 0) + 1;
    return index[id]! - 1;
  }
}

function firstSecond({ chunk, rows, count }: SelectedRows): number {
  for (let i = 0; i < count; i++)
    if (!Number.isNaN(chunk.seconds[rows[i]!]!)) return chunk.seconds[rows[i]!]!;
  return Number.NaN;
}
