/**
 * A running capture as the page hears of it: the server's snapshots, and a tick at most once a second on which
 * panels ask again. While the tab is hidden or the person paused there are no ticks; afterwards comes one. A hidden
 * tab leaves the stream as well, which those that are seen share.
 */
import type { LiveSnapshot } from "../../../src/analyzer/dashboard/contract.ts";
import { after, followCapture } from "./browser-stream.ts";
import { RefreshPace, type PaceClock } from "./refresh-pace.ts";
import type { SharedStream } from "./shared-stream.ts";

/** Between two ticks. */
const leastTickMs = 1000;

const clock: PaceClock = { nowMs: () => performance.now(), after };

export interface LiveListener {
  /** Something about the capture, or about whether it is followed, is new. */
  told(feed: LiveFeed): void;
  /** Panels may ask again. */
  tick(): void;
}

export class LiveFeed {
  /** The latest; undefined before the first one. It stays when the capture has ended. */
  snapshot: LiveSnapshot | undefined;
  /** Whether the server is heard. */
  connected = false;
  /** Whether the person wants what is shown to stay as it is. */
  paused = false;
  private readonly listener: LiveListener;
  private readonly pace: RefreshPace;
  private stream: SharedStream | undefined;
  private capture: string | undefined;
  private isListening = false;
  /** The stream was left for a while, so its next snapshot is news whatever it says. */
  private wasAway = false;

  constructor(listener: LiveListener) {
    this.listener = listener;
    this.pace = new RefreshPace(clock, leastTickMs, () => listener.tick());
    document.addEventListener("visibilitychange", () => this.see(!document.hidden));
  }

  /** Whether the capture still runs. */
  get live(): boolean {
    return this.snapshot?.live ?? false;
  }

  /** Listens to a capture in place of another. @param capture its id; undefined for the first one */
  listen(capture: string | undefined): void {
    if (this.isListening && capture === this.capture) return;
    this.leave();
    this.pace.reset();
    this.isListening = true;
    this.wasAway = document.hidden;
    this.capture = capture;
    this.snapshot = undefined;
    if (!document.hidden) this.open();
  }

  private open(): void {
    this.stream = followCapture(this.capture, {
      came: (snapshot) => this.take(snapshot),
      connected: (isConnected) => this.tell(isConnected),
    });
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.listener.told(this);
    this.pace.hold(paused || document.hidden);
  }

  /** Leaves the stream of a tab that is hidden, and goes on with it when it is seen again. */
  private see(isSeen: boolean): void {
    this.pace.hold(this.paused || !isSeen);
    if (!this.isListening || this.snapshot?.live === false) return;
    if (isSeen && this.stream === undefined) this.open();
    if (isSeen) return;
    this.leave();
    this.wasAway = true;
  }

  private leave(): void {
    this.stream?.leave();
    this.stream = undefined;
  }

  private take(snapshot: LiveSnapshot): void {
    const before = this.snapshot;
    this.snapshot = snapshot;
    // What was the last word stays; a stream left open would ask again for ever.
    if (!snapshot.live) this.leave();
    this.tell(true);
    // What had ended before the page came is shown already; of what ends now the end is still missing.
    const hasNews = snapshot.live ? snapshot.packets !== before?.packets : before?.live === true;
    if (hasNews || this.wasAway) this.pace.mark();
    this.wasAway = false;
  }

  private tell(connected: boolean): void {
    this.connected = connected;
    this.listener.told(this);
  }
}
