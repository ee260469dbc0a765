/**
 * Cards (link addresses) whose ARP claims are suspect for a while: those that answered without being asked,
 * and those that took an address from another. Few at a time; the one suspected longest ago gives way.
 */
import { watchedCards } from "./limits.ts";

/** Seconds for which a card stays suspect after it last gave cause: poisoners repeat every 1 to 30 s. */
const suspectSeconds = 60;

export class ArpCards {
  private readonly highs = new Uint16Array(watchedCards);
  private readonly lows = new Int32Array(watchedCards);
  private readonly addresses = new Int32Array(watchedCards);
  /** The second address that it claimed, or 0. */
  private readonly others = new Int32Array(watchedCards);
  private readonly until = new Float64Array(watchedCards).fill(-Infinity);
  /** Until when any card is suspect: most of the time none is, and nobody needs to look. */
  anyUntil = -Infinity;

  /** @param address the one it claimed */
  suspect(high: number, low: number, address: number, time: number): void {
    let place = this.placeOf(high, low);
    if (place < 0) {
      place = this.oldest();
      this.addresses[place] = address;
      this.others[place] = 0;
    }
    this.highs[place] = high;
    this.lows[place] = low;
    this.until[place] = time + suspectSeconds;
    this.anyUntil = Math.max(this.anyUntil, time + suspectSeconds);
  }

  isSuspect(high: number, low: number, time: number): boolean {
    if (!(time <= this.anyUntil)) return false;
    const place = this.placeOf(high, low);
    return place >= 0 && time <= this.until[place]!;
  }

  /** Whether the card is suspect and claims a second address, now or since it became so. */
  claimsSeveral(high: number, low: number, address: number, time: number): boolean {
    if (!this.isSuspect(high, low, time)) return false;
    const place = this.placeOf(high, low);
    if (this.addresses[place] !== address && this.others[place] === 0) this.others[place] = address;
    return this.others[place] !== 0;
  }

  /** Of the first two addresses of a suspect card, the one that is not `address`. */
  otherAddress(high: number, low: number, address: number): number {
    const place = this.placeOf(high, low);
    if (place < 0) return 0;
    return this.addresses[place] === address ? this.others[place]! : this.addresses[place]!;
  }

  private placeOf(high: number, low: number): number {
    const { highs, lows } = this;
    for (let i = 0; i < watchedCards; i++) if (lows[i] === low && highs[i] === high) return i;
    return -1;
  }

  private oldest(): number {
    const { until } = this;
    let oldest = 0;
    for (let i = 1; i < watchedCards; i++) if (until[i]! < until[oldest]!) oldest = i;
    return oldest;
  }
}
