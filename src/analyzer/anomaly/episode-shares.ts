/**
 * How many packets of an end, a host or a flow, were part of an episode, in columns of one size:
 *
 *     end, episode ─hash──> four places ─both──> its packets; where all are others', the one with the fewest
 */
import { hashWord } from "./features/hash-bytes.ts";
import { maxEpisodeShares } from "./limits.ts";

const bucketShares = 4;

export class EpisodeShares {
  /** Shares that gave way to others: the packets of these are no longer known. */
  displaced = 0;
  private readonly ends = new Uint32Array(maxEpisodeShares);
  private readonly episodes = new Uint32Array(maxEpisodeShares);
  private readonly packets = new Uint32Array(maxEpisodeShares);

  /** @param end 32 bits. @param episode its number, from 1 on */
  add(end: number, episode: number): void {
    const place = this.placeOf(end, episode);
    this.packets[place < 0 ? this.take(end, episode) : place]!++;
  }

  /** Packets of the end in these episodes together. */
  within(end: number, episodes: readonly number[]): number {
    let sum = 0;
    for (const episode of episodes) {
      const place = this.placeOf(end, episode);
      if (place >= 0) sum += this.packets[place]!;
    }
    return sum;
  }

  /** Or -1. */
  private placeOf(end: number, episode: number): number {
    const { ends, episodes } = this;
    const start = bucketOf(end, episode);
    for (let place = start; place < start + bucketShares; place++)
      if (episodes[place] === episode && ends[place] === end) return place;
    return -1;
  }

  private take(end: number, episode: number): number {
    const { ends, episodes, packets } = this;
    const start = bucketOf(end, episode);
    let fewest = start;
    for (let place = start + 1; place < start + bucketShares; place++)
      if (packets[place]! < packets[fewest]!) fewest = place;
    if (episodes[fewest] !== 0) this.displaced++;
    ends[fewest] = end;
    episodes[fewest] = episode;
    packets[fewest] = 0;
    return fewest;
  }
}

function bucketOf(end: number, episode: number): number {
  return (hashWord(end, episode) & (maxEpisodeShares / bucketShares - 1)) * bucketShares;
}
