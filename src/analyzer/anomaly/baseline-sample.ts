/**
 * What ordinary traffic is learnt from: packets' feature rows, drawn so that neither a second with many packets
 * nor a host with many counts for much. Time is cut into moments; of each some rows are drawn by chance, at most
 * a few that begin or end at one host. So a flood, however many packets it has, is a handful of rows for each
 * moment it lasts.
 *
 * Moments are short at first. When there are more rows than there is room for, every second one goes, by
 * chance, and moments become twice as long: the whole capture stays covered, however long it is.
 */
import { maxBaselineRows, momentPackets, momentRows, momentRowsPerHost } from "./limits.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Length of the first moments in seconds. They become longer as the capture does. */
const firstMomentSeconds = 1 / 16;

/** Hosts told apart within a moment by the lowest bits of their number. */
const hostPlaces = 1024;

export class BaselineSample {
  /** Numbers of feature rows, `count` of them. */
  readonly rows: Int32Array;
  count = 0;
  /** Seconds from the first packet to the last. */
  seconds = 0;
  private readonly random: SeededRandom;
  private readonly isRolling: boolean;
  private momentSeconds = firstMomentSeconds;
  private moment = Number.NaN;
  private first = Number.NaN;
  /** Packets of the moment so far, and those drawn from them. */
  private seen = 0;
  private readonly drawn = new Int32Array(momentPackets);
  private readonly sources = new Int32Array(momentPackets);
  private readonly destinations = new Int32Array(momentPackets);
  private readonly rowsOfHost = new Uint8Array(hostPlaces);

  /** @param isRolling whether older rows give way to newer ones, instead of moments becoming longer */
  constructor(random: SeededRandom, isRolling = false, limit = maxBaselineRows) {
    this.random = random;
    this.isRolling = isRolling;
    this.rows = new Int32Array(limit);
  }

  /** @param seconds of the packet; NaN stands for the moment before */
  offer(row: number, source: number, destination: number, seconds: number): void {
    const moment = Math.floor(seconds / this.momentSeconds);
    if (moment !== this.moment && moment === moment) this.begin(moment, seconds);
    const place = this.seen < momentPackets ? this.seen : this.random.below(this.seen + 1);
    this.seen++;
    if (place >= momentPackets) return;
    this.drawn[place] = row;
    this.sources[place] = source;
    this.destinations[place] = destination;
  }

  /** Takes the rows of the moment that has begun last. */
  flush(): void {
    const held = Math.min(this.seen, momentPackets);
    this.seen = 0;
    if (held === 0) return;
    const { rowsOfHost, sources, destinations } = this;
    rowsOfHost.fill(0);
    let taken = 0;
    for (let left = held; left > 0 && taken < momentRows; left--) {
      const place = this.random.below(left);
      const source = sources[place]! & (hostPlaces - 1);
      const destination = destinations[place]! & (hostPlaces - 1);
      if (rowsOfHost[source]! < momentRowsPerHost && rowsOfHost[destination]! < momentRowsPerHost) {
        rowsOfHost[source]!++;
        if (destination !== source) rowsOfHost[destination]!++;
        this.take(this.drawn[place]!);
        taken++;
      }
      this.drawn[place] = this.drawn[left - 1]!;
      sources[place] = sources[left - 1]!;
      destinations[place] = destinations[left - 1]!;
    }
  }

  private begin(moment: number, seconds: number): void {
    this.flush();
    this.moment = moment;
    if (this.first !== this.first) this.first = seconds;
    this.seconds = Math.max(this.seconds, seconds - this.first);
  }

  private take(row: number): void {
    if (this.count === this.rows.length) this.thin();
    this.rows[this.count++] = row;
  }

  private thin(): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) if (this.random.bits() < 0) this.rows[kept++] = this.rows[i]!;
    this.count = kept;
    if (this.isRolling) return;
    this.momentSeconds *= 2;
    this.moment = Number.NaN;
  }
}
