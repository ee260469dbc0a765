/**
 * The highest score and the flagged packets of each host and each flow, told apart by small numbers:
 *
 *     host   id of its address ───────────> place in two columns; there are only so many ids
 *     flow   number ─lowest bits─> place ─> number there | score | flagged; a newer flow takes the place of an older
 */
import type { JudgedScore } from "../traffic/report-rows.ts";
import { maxJudgedFlows } from "./limits.ts";
import type { LogChunk } from "./packet-log.ts";

const firstHosts = 1024;

export class JudgedEnds {
  /** Flows whose place was taken. */
  displaced = 0;
  private hostScores = new Float32Array(firstHosts);
  private hostFlagged = new Uint32Array(firstHosts);
  private readonly flowNumbers = new Uint32Array(maxJudgedFlows);
  private readonly flowScores = new Float32Array(maxJudgedFlows);
  private readonly flowFlagged = new Uint32Array(maxJudgedFlows);

  /**
   * Takes in what was judged.
   * @param scores of each feature row
   * @param threshold from which on a packet is flagged
   * @param hosts ids are below this
   */
  add(chunk: LogChunk, scores: Float64Array, threshold: number, hosts: number): void {
    if (hosts > this.hostScores.length) this.grow(hosts);
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

  /** @param id of its address; null where nothing of it was judged, and for the id 0, which many share */
  host(id: number): JudgedScore | null {
    const score = this.hostScores[id] ?? 0;
    return id === 0 || score === 0 ? null : { score: rounded(score), flagged: this.hostFlagged[id]! };
  }

  /** @param number of the flow, from 1 on; null where nothing of it was judged, or its place was taken */
  flow(number: number): JudgedScore | null {
    const place = number & (maxJudgedFlows - 1);
    if (number === 0 || this.flowNumbers[place] !== number) return null;
    return { score: rounded(this.flowScores[place]!), flagged: this.flowFlagged[place]! };
  }

  private addToFlow(number: number, score: number, threshold: number): void {
    const place = number & (maxJudgedFlows - 1);
    if (this.flowNumbers[place] !== number) {
      if (this.flowNumbers[place]! > number) {
        this.displaced++;
        return;
      }
      if (this.flowNumbers[place] !== 0) this.displaced++;
      this.flowNumbers[place] = number;
      this.flowScores[place] = 0;
      this.flowFlagged[place] = 0;
    }
    if (score > this.flowScores[place]!) this.flowScores[place] = score;
    if (score >= threshold) this.flowFlagged[place]!++;
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

function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
