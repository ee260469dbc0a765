/**
 * What is remembered about each sender: where it sends to, how much, and what came back as refused.
 *
 *     codes:      peers | services | openings | stations        one byte each, the first lowest
 *     more codes: bytes | refusals
 */
import { ContextRecords, recordFloat } from "./context-records.ts";
import { DistinctCounts } from "./distinct-counts.ts";
import { encodeFeature } from "./feature-code.ts";
import { featureColumn as column } from "./feature-list.ts";
import { hostRecords, lateSeconds } from "./limits.ts";

const sum = { packets: recordFloat.packets, openings: 2, bytes: 3, refusals: 4 } as const;
/** Words of the float behind the sums: when it was first seen, in seconds, and the usual time to live. */
const word = { firstSeen: 10, hops: 11 } as const;

/** How often another time to live must be seen before it counts as the usual one. */
const maxHopVotes = 15;

export class SenderContexts {
  readonly records = new ContextRecords({
    records: hostRecords,
    sums: 4,
    floats: 8,
    timeConstant: lateSeconds,
  });
  private readonly peers = new DistinctCounts(hostRecords, lateSeconds);
  private readonly services = new DistinctCounts(hostRecords, lateSeconds);
  private readonly stations = new DistinctCounts(hostRecords, lateSeconds);

  touch(high: number, low: number, time: number): number {
    const { records } = this;
    const record = records.touch(high, low, time);
    if (!records.isFresh) return record;
    records.words[record * records.wordStride + word.firstSeen] = time;
    this.peers.reset(record, time);
    this.services.reset(record, time);
    this.stations.reset(record, time);
    return record;
  }

  /** Counts packets, with their bytes on the wire; an opening comes alone. */
  add(record: number, packets: number, bytes: number, isOpening: boolean, time: number): void {
    const { records } = this;
    const { floats } = records;
    const at = record * records.stride;
    const isDue = records.isDue(record, packets, time);
    if (isDue) records.advance(record, time);
    floats[at + sum.packets]! += packets;
    floats[at + sum.bytes]! += bytes;
    if (isOpening) floats[at + sum.openings]! += 1;
    if (isDue) this.refresh(record, time);
  }

  /** Notes whom it speaks with: once a window for each connection is enough. @param station 0 for none */
  note(record: number, peer: number, service: number, station: number, time: number): void {
    const { peers, services, stations } = this;
    peers.advance(record, time);
    peers.add(record, peer);
    services.advance(record, time);
    services.add(record, service);
    if (station !== 0) {
      stations.advance(record, time);
      stations.add(record, station);
    }
    this.records.expire(record);
  }

  /** The sender with this key was refused something, if it is known. */
  refuse(high: number, low: number): void {
    const record = this.records.find(high, low);
    if (record < 0) return;
    this.records.floats[record * this.records.stride + sum.refusals]! += 1;
    this.records.expire(record);
  }

  /** About the packets that the sender with this key sent of late; 0 where it is not known. */
  packetsOf(high: number, low: number, time: number): number {
    const { records } = this;
    const record = records.find(high, low);
    if (record < 0) return 0;
    const at = record * records.stride;
    const passed = Math.max(0, time - records.floats[at]!);
    return records.floats[at + sum.packets]! * Math.exp(-passed / lateSeconds);
  }

  /** Whether it was first seen within the last second. */
  isNew(record: number, time: number): boolean {
    return time - this.records.words[record * this.records.wordStride + word.firstSeen]! < 1;
  }

  /**
   * How far a time to live is from what the sender's packets usually have, which is what most of them had
   * (Boyer and Moore's majority vote: time to live << 8 | votes).
   */
  hopsOff(record: number, timeToLive: number): number {
    const { words, wordStride } = this.records;
    const at = record * wordStride + word.hops;
    const usual = words[at]! >> 8;
    const votes = words[at]! & 0xff;
    if (votes === 0) {
      words[at] = (timeToLive << 8) | 1;
      return 0;
    }
    if (usual === timeToLive) {
      if (votes < maxHopVotes) words[at] = words[at]! + 1;
      return 0;
    }
    words[at] = words[at]! - 1;
    return Math.abs(timeToLive - usual);
  }

  /** The time to live of a sender that is no longer new and always had that one of late, else -1. */
  usualHops(record: number, time: number): number {
    const votes = this.records.words[record * this.records.wordStride + word.hops]!;
    return (votes & 0xff) === maxHopVotes && !this.isNew(record, time) ? votes >> 8 : -1;
  }

  write(record: number, into: Float64Array, start: number): void {
    const { floats, stride } = this.records;
    const at = record * stride;
    into[start + column["source.peers"]] = this.peers.count(record);
    into[start + column["source.services"]] = this.services.count(record);
    into[start + column["source.openings"]] = floats[at + sum.openings]!;
    into[start + column["source.stations"]] = this.stations.count(record);
    into[start + column["source.bytes"]] = floats[at + sum.bytes]!;
    into[start + column["source.refusals"]] = floats[at + sum.refusals]!;
  }

  private refresh(record: number, time: number): void {
    const { records, peers, services, stations } = this;
    const { floats, words } = records;
    peers.advance(record, time);
    services.advance(record, time);
    stations.advance(record, time);
    const at = record * records.stride;
    const place = record * records.wordStride;
    words[place + records.codes] =
      encodeFeature(peers.count(record)) |
      (encodeFeature(services.count(record)) << 8) |
      (encodeFeature(floats[at + sum.openings]!) << 16) |
      (encodeFeature(stations.count(record)) << 24);
    words[place + records.moreCodes] =
      encodeFeature(floats[at + sum.bytes]!) | (encodeFeature(floats[at + sum.refusals]!) << 8);
  }
}
