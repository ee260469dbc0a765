/**
 * What is remembered about each pair of addresses, both directions together: how many connections and ports,
 * who began and how much more that one sends than it gets, and how regularly they speak.
 *
 *     codes:      connections | ports | excess | regularity        one byte each, the first lowest
 *     more codes: rate
 */
import { ContextRecords } from "./context-records.ts";
import { DistinctCounts } from "./distinct-counts.ts";
import { encodeFeature } from "./feature-code.ts";
import { featureColumn as column } from "./feature-list.ts";
import { ServiceRates } from "./service-rates.ts";
import { burstPauseSeconds, lateSeconds, longSeconds, pairRecords, pairSeconds } from "./limits.ts";

/** `packets` is the first; bytes from the one who began, and back. */
const sum = { out: 2, back: 3 } as const;
/** Floats behind the sums: the last packet, the last burst's begin, the pauses' mean and mean deviation. */
const float = { last: 4, burst: 5, pause: 6, deviation: 7 } as const;
/** Words behind them: a sum of `bit`, how many bursts there were, the window that was learnt, and its service. */
const word = { state: 16, bursts: 17, window: 18, service: 19 } as const;
/** The float behind those: the rate when last looked at. */
const rate = 10;
const bit = { lowBegan: 1, sawOpening: 2 } as const;

/** Bursts before their pauses are compared. */
const fewBursts = 4;
/** What a new pause weighs in their mean at least. */
const leastWeight = 0.1;

export class PairContexts {
  readonly records = new ContextRecords({
    records: pairRecords,
    sums: 3,
    floats: 16,
    timeConstant: pairSeconds,
  });
  private readonly connections = new DistinctCounts(pairRecords, lateSeconds);
  private readonly ports = new DistinctCounts(pairRecords, longSeconds);
  private readonly rates = new ServiceRates();

  /** @param fromLow whether the lower of both keys sends, and `isAnswer` whether the packet answers something */
  touch(high: number, low: number, fromLow: boolean, isAnswer: boolean, time: number): number {
    const { records } = this;
    const record = records.touch(high, low, time);
    if (!records.isFresh) return record;
    const at = record * records.stride;
    records.floats[at + float.last] = time;
    records.floats[at + float.burst] = time;
    records.words[record * records.wordStride + word.state] = fromLow === isAnswer ? 0 : bit.lowBegan;
    this.connections.reset(record, time);
    this.ports.reset(record, time);
    return record;
  }

  /** Counts packets, with their bytes on the wire; an opening comes alone. @param time the last one's */
  add(
    record: number,
    fromLow: boolean,
    packets: number,
    bytes: number,
    isOpening: boolean,
    time: number,
  ): void {
    const { records } = this;
    const { floats, words } = records;
    const at = record * records.stride;
    const state = record * records.wordStride + word.state;
    if (isOpening && (words[state]! & bit.sawOpening) === 0)
      words[state] = bit.sawOpening | (fromLow ? bit.lowBegan : 0);
    const isDue = records.isDue(record, packets, time);
    if (isDue) records.advance(record, time);
    floats[at + 1]! += packets;
    floats[at + (this.isFromBeginner(record, fromLow) ? sum.out : sum.back)]! += bytes;
    const pause = time - floats[at + float.last]!;
    // What was pending in one direction may be a little older than what came in the other.
    if (pause > 0 || pause < -1) floats[at + float.last] = time;
    if (pause > burstPauseSeconds) this.beginBurst(record, time);
    if (isDue) this.refresh(record, time);
  }

  /**
   * Notes a connection, once a window.
   * @param port of the receiver, or -1 where it is the beginner's own
   * @param service transport << 16 | port
   */
  note(
    record: number,
    connection: number,
    port: number,
    service: number,
    window: number,
    time: number,
  ): void {
    const { words, wordStride } = this.records;
    const at = record * wordStride;
    if (words[at + word.window] !== window) {
      // What it sent until now, before the new window's packets count.
      if (words[at + word.window] !== 0) {
        this.records.advance(record, time);
        this.rates.learn(
          words[at + word.service]! >>> 16,
          words[at + word.service]! & 0xffff,
          this.logOf(record),
        );
      }
      words[at + word.window] = window;
    }
    words[at + word.service] = service;
    this.connections.advance(record, time);
    this.connections.add(record, connection);
    if (port >= 0) {
      this.ports.advance(record, time);
      this.ports.add(record, port);
    }
    this.records.expire(record);
  }

  isFromBeginner(record: number, fromLow: boolean): boolean {
    const state = this.records.words[record * this.records.wordStride + word.state]!;
    return ((state & bit.lowBegan) !== 0) === fromLow;
  }

  write(record: number, into: Float64Array, start: number): void {
    into[start + column["pair.connections"]] = this.connections.count(record);
    into[start + column["pair.ports"]] = this.ports.count(record);
    into[start + column["pair.excess"]] = this.excess(record);
    into[start + column["pair.regularity"]] = this.regularity(record);
    into[start + column["pair.rate"]] = this.records.floats[record * this.records.stride + rate]!;
  }

  private beginBurst(record: number, time: number): void {
    const { floats, words } = this.records;
    const at = record * this.records.stride;
    const bursts = record * this.records.wordStride + word.bursts;
    const pause = time - floats[at + float.burst]!;
    floats[at + float.burst] = time;
    words[bursts]! += 1;
    const weight = Math.max(leastWeight, 1 / words[bursts]!);
    const off = pause - floats[at + float.pause]!;
    floats[at + float.pause]! += weight * off;
    // The first pause has nothing to deviate from.
    if (words[bursts]! > 1)
      floats[at + float.deviation]! += weight * (Math.abs(off) - floats[at + float.deviation]!);
    this.records.expire(record);
  }

  private logOf(record: number): number {
    return Math.log1p(this.records.floats[record * this.records.stride + 1]!);
  }

  private excess(record: number): number {
    const { floats, stride } = this.records;
    return Math.max(0, floats[record * stride + sum.out]! - floats[record * stride + sum.back]!);
  }

  /** 0 where there were too few bursts to tell. */
  private regularity(record: number): number {
    const { floats, words, stride, wordStride } = this.records;
    if (words[record * wordStride + word.bursts]! < fewBursts) return 0;
    const pause = floats[record * stride + float.pause]!;
    return pause / (floats[record * stride + float.deviation]! + pause / 50);
  }

  private refresh(record: number, time: number): void {
    const { records, connections, ports } = this;
    connections.advance(record, time);
    ports.advance(record, time);
    const service = records.words[record * records.wordStride + word.service]!;
    const over = this.rates.excess(service >>> 16, service & 0xffff, this.logOf(record));
    records.floats[record * records.stride + rate] = over;
    records.words[record * records.wordStride + records.moreCodes] = encodeFeature(over);
    records.words[record * records.wordStride + records.codes] =
      encodeFeature(connections.count(record)) |
      (encodeFeature(ports.count(record)) << 8) |
      (encodeFeature(this.excess(record)) << 16) |
      (encodeFeature(this.regularity(record)) << 24);
  }
}
