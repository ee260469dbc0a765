/**
 * What happens in a capture, told to any number of pages. One timer looks at the counts and makes the text of an
 * event once for all; each stream takes the latest when it is ready for it, and what it was too slow for never
 * waits anywhere. Nothing runs while nobody looks.
 */
import { liveEveryMs, liveHeartbeatMs } from "../limits.ts";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import type { LiveSnapshot } from "./contract.ts";

export interface FeedClock {
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** @returns ends it */
  every: (intervalMs: number, work: () => void) => () => void;
}

/** A tick may come so much early. */
const jitterMs = 8;

/** The rates are of the last second. */
const rateMs = 1000;

interface Sample {
  at: number;
  packets: number;
  bytes: number;
}

export class LiveFeed {
  private readonly counts: () => LiveCounts;
  private readonly clock: FeedClock;
  private readonly readers = new Set<LiveReader>();
  private samples: Sample[] = [];
  private stopTimer: (() => void) | undefined;
  private isEnded = false;

  constructor(counts: () => LiveCounts, clock: FeedClock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** Begins to tell somebody more, who must close what is returned. */
  open(): LiveReader {
    const reader = new LiveReader(this.clock.now, () => this.leave(reader));
    this.readers.add(reader);
    this.stopTimer ??= this.clock.every(liveEveryMs, () => this.tick());
    if (this.isEnded) reader.end();
    else reader.hear(this.snapshot());
    return reader;
  }

  /** Nothing more is told to anybody. */
  end(): void {
    this.isEnded = true;
    for (const reader of this.readers) reader.end();
  }

  private leave(reader: LiveReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    this.stopTimer?.();
    this.stopTimer = undefined;
    this.samples = [];
  }

  private tick(): void {
    if (this.isEnded) return;
    const event = this.snapshot();
    for (const reader of this.readers) reader.hear(event);
  }

  private snapshot(): LiveEvent {
    const counts = this.counts();
    const at = this.clock.now();
    const { packets, bytes } = counts;
    this.samples = this.samples.filter((sample) => at - sample.at <= rateMs);
    const [oldest] = this.samples;
    this.samples.push({ at, packets, bytes });
    const perSecond = (now: number, before: number): number =>
      oldest === undefined || at === oldest.at ? 0 : Math.round(((now - before) * 1000) / (at - oldest.at));
    const snapshot: LiveSnapshot = {
      ...counts,
      packetsPerSecond: perSecond(packets, oldest?.packets ?? 0),
      bytesPerSecond: perSecond(bytes, oldest?.bytes ?? 0),
    };
    return { text: `event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`, isLast: !counts.live };
  }
}

interface LiveEvent {
  text: string;
  isLast: boolean;
}

/** One stream's place in the feed. */
export class LiveReader {
  private readonly now: () => number;
  private readonly leave: () => void;
  private latest: LiveEvent | undefined;
  private told: LiveEvent | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;
  private isEnded = false;
  /** Whoever waits for the next event. */
  private take: ((text: string | undefined) => void) | undefined;

  constructor(now: () => number, leave: () => void) {
    this.now = now;
    this.leave = leave;
  }

  /** The text of the next event; undefined at the end. To be asked for when the one before was written. */
  async next(): Promise<string | undefined> {
    if (this.isEnded) return undefined;
    return await new Promise((resolve) => {
      this.take = resolve;
      this.offer();
    });
  }

  hear(event: LiveEvent): void {
    this.latest = event;
    this.offer();
  }

  /** Tells no more. */
  end(): void {
    this.isEnded = true;
    this.leave();
    this.give(undefined);
  }

  private offer(): void {
    const { latest, told, take } = this;
    if (take === undefined || latest === undefined) return;
    const sinceMs = this.now() - this.toldAt;
    if (sinceMs < liveEveryMs - jitterMs) return;
    if (latest.text !== told?.text) {
      this.told = latest;
      this.toldAt = this.now();
      this.give(latest.text);
      if (latest.isLast) this.end();
    } else if (sinceMs >= liveHeartbeatMs) {
      this.toldAt = this.now();
      this.give(": nothing new\n\n");
    }
  }

  private give(text: string | undefined): void {
    const { take } = this;
    this.take = undefined;
    take?.(text);
  }
}
