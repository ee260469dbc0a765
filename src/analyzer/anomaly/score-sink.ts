/** Who is told the score of each packet, once it is judged: the store that the dashboard answers from. */
import { leastFlagged, scoreUnits } from "../store/store-chunk.ts";
import type { LogChunk } from "./packet-log.ts";

export interface ScoreSink {
  /**
   * @param firstNumber the packet that row 0 is about, from 1
   * @param scores in `scoreUnits`: those of flagged packets from `leastFlagged` on, and no others
   * @param vectors numbers of feature rows, for `reasonsOf`
   * @param episodes numbers of the episodes that flagged packets are part of; 0 for others
   */
  setScores(
    firstNumber: number,
    scores: Uint16Array,
    vectors: Uint32Array,
    count: number,
    episodes: Uint32Array,
  ): void;
  /** These episodes, and no others, are marked as expected. */
  expectEpisodes(numbers: readonly number[]): void;
  /** Numbers of feature rows told until now mean nothing any more. */
  forgetVectors(): void;
}

/** Tells the scores of a chunk's packets, those with numbers that follow each other at once. */
export function tellSink(sink: ScoreSink, chunk: LogChunk, scores: Float32Array, threshold: number): void {
  const { count, number, vector, episode } = chunk;
  const least = leastFlagged(threshold);
  const rounded = Uint16Array.from(scores, (score) => {
    const own = Math.round(score * scoreUnits);
    return score >= threshold ? Math.max(own, least) : Math.min(own, least - 1);
  });
  for (let from = 0; from < count;) {
    let until = from + 1;
    while (until < count && number[until] === number[from]! + until - from) until++;
    const rows = [rounded.subarray(from), vector.subarray(from), until - from] as const;
    sink.setScores(number[from]!, ...rows, episode.subarray(from));
    from = until;
  }
}
