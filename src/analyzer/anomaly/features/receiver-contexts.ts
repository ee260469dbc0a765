/**
 * What is remembered about each receiver: who sends to it, how much, and whether it answers.
 *
 *     codes:      peers | ports | openings | packets        one byte each, the first lowest
 *     more codes: small | unanswered
 */
import { ContextRecords, recordFloat } from "./context-records.ts";
import { DistinctCounts } from "./distinct-counts.ts";
import { encodeFeature } from "./feature-code.ts";
import { featureColumn as column } from "./feature-list.ts";
import { hostRecords, lateSeconds } from "./limits.ts";
import type { SenderContexts } from "./sender-contexts.ts";

const sum = { packets: recordFloat.packets, openings: 2, small: 3 } as const;
/** The float behind the sums: packets to it for each from it, when last looked at. */
const unanswered = 4;

export class ReceiverContexts {
  readonly records = new ContextRecords({
    records: hostRecords,
    sums: 3,
    floats: 8,
    timeConstant: lateSeconds,
  });
  private readonly peers = new DistinctCounts(hostRecords, lateSeconds);
  private readonly ports = new DistinctCounts(hostRecords, lateSeconds);
  private readonly senders: SenderContexts;

  /** @param senders who tell whether a receiver sends too; their keys are the same */
  constructor(senders: SenderContexts) {
    this.senders = senders;
  }

  touch(high: number, low: number, time: number): number {
    const { records } = this;
    const record = records.touch(high, low, time);
    if (!records.isFresh) return record;
    this.peers.reset(record, time);
    this.ports.reset(record, time);
    return record;
  }

  /** Counts packets to it, and the small ones among them; an opening comes alone. */
  add(record: number, packets: number, isOpening: boolean, small: number, time: number): void {
    const { records } = this;
    const { floats } = records;
    const at = record * records.stride;
    const isDue = records.isDue(record, packets, time);
    if (isDue) records.advance(record, time);
    floats[at + sum.packets]! += packets;
    if (isOpening) floats[at + sum.openings]! += 1;
    floats[at + sum.small]! += small;
    if (isDue) this.refresh(record, time);
  }

  /** Notes who speaks with it: once a window for each connection is enough. */
  note(record: number, peer: number, port: number, time: number): void {
    this.peers.advance(record, time);
    this.peers.add(record, peer);
    this.ports.advance(record, time);
    this.ports.add(record, port);
    this.records.expire(record);
  }

  write(record: number, into: Float64Array, start: number): void {
    const { floats, stride } = this.records;
    const at = record * stride;
    into[start + column["destination.peers"]] = this.peers.count(record);
    into[start + column["destination.ports"]] = this.ports.count(record);
    into[start + column["destination.openings"]] = floats[at + sum.openings]!;
    into[start + column["destination.packets"]] = floats[at + sum.packets]!;
    into[start + column["destination.small"]] = floats[at + sum.small]!;
    into[start + column["destination.unanswered"]] = floats[at + unanswered]!;
  }

  private refresh(record: number, time: number): void {
    const { records, peers, ports, senders } = this;
    const { floats, words, keys } = records;
    peers.advance(record, time);
    ports.advance(record, time);
    const at = record * records.stride;
    const place = record * records.wordStride;
    const arrived = floats[at + sum.packets]!;
    const sent = senders.packetsOf(keys[2 * record]!, keys[2 * record + 1]!, time);
    floats[at + unanswered] = (arrived + 1) / (sent + 1);
    words[place + records.codes] =
      encodeFeature(peers.count(record)) |
      (encodeFeature(ports.count(record)) << 8) |
      (encodeFeature(floats[at + sum.openings]!) << 16) |
      (encodeFeature(arrived) << 24);
    words[place + records.moreCodes] =
      encodeFeature(floats[at + sum.small]!) | (encodeFeature(floats[at + unanswered]!) << 8);
  }
}
