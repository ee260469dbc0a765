/**
 * What the company a packet keeps says about it. A victim's ordinary packets amid an attack are ordinary in
 * themselves; but where much of what a host does around that time is flagged, the rest of it is suspect too:
 *
 *     suspicion = mean over both ends of   flagged packets of that host around then
 *                                          ───────────────────────────────────────
 *                                          all its packets around then, and a few more
 *
 * "Around then" is before and after, each packet weighing less the longer ago. A share and not a count: a server
 * with one attacker among a thousand clients is not suspect. A raised score stays below the threshold: it puts
 * packets in order, and flags none.
 */
import { drain, type Steps } from "../../lib/steps.ts";
import { suspicionSeconds } from "./limits.ts";
import type { LogChunk } from "./packet-log.ts";

/** Packets beyond a host's own, so that one flagged packet alone says little. */
const prior = 3;
/** How far numbers of 32 bits may be from what they stand for, and more. */
const rounding = 1e-6;

/**
 * The scores of all packets of `chunks`, in their order: their feature rows' own, raised by suspicion. Those of
 * flagged packets are at or above `threshold` and all others below it, whatever 32 bits make of them.
 */
export function suspectScores(
  chunks: readonly LogChunk[],
  scores: Float64Array,
  threshold: number,
  hosts: number,
): Float32Array {
  return drain(suspectSteps(chunks, scores, threshold, hosts));
}

/** The same, with a step for each chunk. */
export function* suspectSteps(
  chunks: readonly LogChunk[],
  scores: Float64Array,
  threshold: number,
  hosts: number,
): Steps<Float32Array> {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
  const all = new Float32Array(count);
  const above = threshold + rounding;
  const below = threshold - rounding;
  let isAnyFlagged = false;
  let place = 0;
  for (const chunk of chunks)
    for (let i = 0; i < chunk.count; i++) {
      const score = scores[chunk.vector[i]!]!;
      const isFlagged = score >= threshold;
      all[place] = isFlagged ? Math.max(score, above) : Math.min(score, below);
      if (isFlagged) isAnyFlagged = true;
      place++;
    }
  if (!isAnyFlagged) return all;
  const sums = [0, 1, 2, 3].map(() => new Float32Array(count));
  yield* addOneWay(chunks, scores, threshold, new HostSums(hosts), sums, false);
  yield* addOneWay(chunks, scores, threshold, new HostSums(hosts), sums, true);
  raise(all, threshold, sums);
  return all;
}

function raise(
  all: Float32Array,
  threshold: number,
  [flaggedFrom, packetsFrom, flaggedTo, packetsTo]: Float32Array[],
): void {
  for (let i = 0; i < all.length; i++) {
    if (all[i]! >= threshold) continue;
    const from = flaggedFrom![i]! / (packetsFrom![i]! + prior);
    const to = flaggedTo![i]! / (packetsTo![i]! + prior);
    all[i]! += (threshold - rounding - all[i]!) * ((from + to) / 2);
  }
}

/** Adds what each packet's ends did before it, or, backwards, after it. */
function* addOneWay(
  chunks: readonly LogChunk[],
  scores: Float64Array,
  threshold: number,
  hosts: HostSums,
  [flaggedFrom, packetsFrom, flaggedTo, packetsTo]: Float32Array[],
  isBackwards: boolean,
): Steps {
  let place = isBackwards ? flaggedFrom!.length : -1;
  let time = 0;
  for (let c = 0; c < chunks.length; c++) {
    const chunk = chunks[isBackwards ? chunks.length - 1 - c : c]!;
    const { count, vector, source, destination, seconds } = chunk;
    for (let k = 0; k < count; k++) {
      const i = isBackwards ? count - 1 - k : k;
      place += isBackwards ? -1 : 1;
      if (seconds[i] === seconds[i]) time = seconds[i]!;
      const flagged = scores[vector[i]!]! >= threshold ? 1 : 0;
      const from = hosts.at(source[i]!, time);
      flaggedFrom![place]! += hosts.flagged[from]!;
      packetsFrom![place]! += hosts.packets[from]!;
      hosts.add(from, flagged);
      const to = hosts.at(destination[i]!, time);
      flaggedTo![place]! += hosts.flagged[to]!;
      packetsTo![place]! += hosts.packets[to]!;
      hosts.add(to, flagged);
    }
    yield;
  }
}

/** Sums of each host that forget, by the id of its address. */
class HostSums {
  readonly flagged: Float64Array;
  readonly packets: Float64Array;
  private readonly times: Float64Array;

  constructor(hosts: number) {
    this.flagged = new Float64Array(hosts);
    this.packets = new Float64Array(hosts);
    this.times = new Float64Array(hosts);
  }

  /** Brings the sums of a host to `time`, and gives its place. The id 0 stands for many, of whom nothing is known. */
  at(id: number, time: number): number {
    const passed = Math.abs(time - this.times[id]!) / suspicionSeconds;
    this.times[id] = time;
    if (passed === 0) return id;
    // Nearly exp(-passed) while that is much, at a tenth of its cost.
    const kept = 1 / (1 + passed + (passed * passed) / 2);
    this.flagged[id]! *= kept;
    this.packets[id]! *= kept;
    return id;
  }

  add(id: number, flagged: number): void {
    if (id === 0) return;
    this.packets[id]! += 1;
    this.flagged[id]! += flagged;
  }
}
