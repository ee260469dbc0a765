/**
 * The highest score and the flagged packets of each host and each flow, with and without those of episodes that
 * are expected, in columns:
 *
 *     host   id of its address ───────────────────> its place; there are only so many ids
 *     flow   key ─lowest bits─> four places ─key──> its place; where all are others', the least strange one's
 */
import type { AddressIds } from "../store/address-ids.ts";
import type { JudgedEndsOf, JudgedScore } from "../traffic/report-rows.ts";
import { EpisodeShares } from "./episode-shares.ts";
import { flowKey } from "./flow-key.ts";
import { maxJudgedFlows } from "./limits.ts";
import type { LogChunk } from "./packet-log.ts";

const firstHosts = 1024;
const bucketFlows = 4;

export class JudgedEnds implements JudgedEndsOf {
  /** Numbers of the episodes whose packets do not count as flagged. */
  expected: readonly number[] = [];
  private displacedFlows = 0;
  private hostScores = new Float32Array(firstHosts);
  private hostFlagged = new Uint32Array(firstHosts);
  private readonly flowKeys = new Uint32Array(maxJudgedFlows);
  private readonly flowScores = new Float32Array(maxJudgedFlows);
  private readonly flowFlagged = new Uint32Array(maxJudgedFlows);
  private readonly hostShares = new EpisodeShares();
  private readonly flowShares = new EpisodeShares();
  private readonly addresses: AddressIds;

  /** @param addresses whose ids stand in the log */
  constructor(addresses: AddressIds) {
    this.addresses = addresses;
  }

  /**
   * Takes in what was judged.
   * @param scores of each feature row
   * @param threshold from which on a packet is flagged
   */
  add(chunk: LogChunk, scores: Float64Array, threshold: number): void {
    if (this.addresses.end > this.hostScores.length) this.grow(this.addresses.end);
    const { hostScores, hostFlagged } = this;
    const { count, vector, source, destination, flow } = chunk;
    for (let i = 0; i < count; i++) {
      const score = scores[vector[i]!]!;
      const from = source[i]!;
      const to = destination[i]!;
      if (score > hostScores[from]!) hostScores[from] = score;
      if (score > hostScores[to]!) hostScores[to] = score;
      if (flow[i] !== 0) this.addToFlow(flow[i]!, score, threshold);
      if (score < threshold) continue;
      hostFlagged[from]!++;
      if (to !== from) hostFlagged[to]!++;
    }
  }

  /** Flows, and shares of episodes, that gave way to others. */
  get displaced(): number {
    return this.displacedFlows + this.hostShares.displaced + this.flowShares.displaced;
  }

  /** Takes in of which episodes its flagged packets turned out to be part. */
  addEpisodes({ count, source, destination, flow, episode }: LogChunk): void {
    const { hostShares, flowShares } = this;
    for (let i = 0; i < count; i++) {
      const number = episode[i]!;
      if (number === 0) continue;
      const [from, to] = [source[i]!, destination[i]!];
      hostShares.add(from, number);
      if (to !== from) hostShares.add(to, number);
      if (flow[i] !== 0) flowShares.add(flow[i]!, number);
    }
  }

  scoreOfHost(version: number, words: Uint32Array, at: number): JudgedScore | null {
    // Many share the id 0.
    const id = this.addresses.find(version, words, at);
    const score = this.hostScores[id] ?? 0;
    if (id === 0 || score === 0) return null;
    return {
      score: rounded(score),
      flagged: this.hostFlagged[id]! - this.hostShares.within(id, this.expected),
    };
  }

  scoreOfFlow(
    version: number,
    words: Uint32Array,
    low: number,
    high: number,
    ports: number,
    transport: number,
  ): JudgedScore | null {
    const a = this.addresses.find(version, words, low);
    const b = this.addresses.find(version, words, high);
    if (a === 0 || b === 0) return null;
    const key = flowKey(a, ports >>> 16, b, ports & 0xffff, transport);
    const place = this.placeOf(key);
    if (place < 0) return null;
    // What of it was counted before it gave way and came back is not among its flagged packets.
    const flagged = Math.max(0, this.flowFlagged[place]! - this.flowShares.within(key, this.expected));
    return { score: rounded(this.flowScores[place]!), flagged };
  }

  private addToFlow(key: number, score: number, threshold: number): void {
    let place = this.placeOf(key);
    if (place < 0) place = this.take(key);
    if (score > this.flowScores[place]!) this.flowScores[place] = score;
    if (score >= threshold) this.flowFlagged[place]!++;
  }

  /** The place of a flow, or -1. */
  private placeOf(key: number): number {
    const start = bucketOf(key);
    for (let place = start; place < start + bucketFlows; place++)
      if (this.flowKeys[place] === key) return place;
    return -1;
  }

  /** Gives a flow an empty place, which has no score, or the least strange one's. */
  private take(key: number): number {
    const { flowKeys, flowScores, flowFlagged } = this;
    const start = bucketOf(key);
    let least = start;
    for (let place = start + 1; place < start + bucketFlows; place++)
      if (flowScores[place]! < flowScores[least]!) least = place;
    if (flowKeys[least] !== 0) this.displacedFlows++;
    flowKeys[least] = key;
    flowScores[least] = 0;
    flowFlagged[least] = 0;
    return least;
  }

  private grow(hosts: number): void {
    const length = Math.max(hosts, 2 * this.hostScores.length);
    const [scores, flagged] = [new Float32Array(length), new Uint32Array(length)];
    scores.set(this.hostScores);
    flagged.set(this.hostFlagged);
    this.hostScores = scores;
    this.hostFlagged = flagged;
  }
}

function bucketOf(key: number): number {
  return (key & (maxJudgedFlows / bucketFlows - 1)) * bucketFlows;
}

function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
