/**
 * A running capture as the page hears of it: the server's snapshots, and a tick at most once a second on which
 * panels ask again. While the tab is hidden or the person paused there are no ticks; afterwards comes one.
 */
import type { LiveSnapshot } from "../../src/analyzer/dashboard/contract.ts";
import { routeAddress } from "./route-address.ts";

/** Between two ticks. */
const leastTickMs = 1000;

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
  private readonly listener: LiveListener;
  private source: EventSource | undefined;
  private capture: string | undefined;
  private pausedByPerson = false;
  private tickedAtMs = 0;
  private tickedPackets = -1;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: LiveListener) {
    this.listener = listener;
    document.addEventListener("visibilitychange", () => this.wake());
  }

  get paused(): boolean {
    return this.pausedByPerson;
  }

  /** Whether the capture still runs. */
  get live(): boolean {
    return this.snapshot?.live ?? false;
  }

  /** Listens to a capture in place of another. @param capture its id; undefined for the first one */
  listen(capture: string | undefined): void {
    if (this.source !== undefined && capture === this.capture) return;
    this.close();
    this.capture = capture;
    this.snapshot = undefined;
    this.tickedPackets = -1;
    const source = new EventSource(routeAddress("/api/live", { capture }));
    this.source = source;
    source.addEventListener("snapshot", (event) =>
      this.take(JSON.parse(event.data as string) as LiveSnapshot),
    );
    source.addEventListener("open", () => this.tell(true));
    source.addEventListener("error", () => this.tell(false));
  }

  close(): void {
    this.source?.close();
    this.source = undefined;
    this.connected = false;
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  setPaused(paused: boolean): void {
    this.pausedByPerson = paused;
    this.listener.told(this);
    this.wake();
  }

  private take(snapshot: LiveSnapshot): void {
    this.snapshot = snapshot;
    // What was the last word stays; a source left open would ask again for ever.
    if (!snapshot.live) this.source?.close();
    this.tell(true);
    this.wake();
  }

  private tell(connected: boolean): void {
    this.connected = connected;
    this.listener.told(this);
  }

  /** Ticks now, later, or not: never twice within a second, never for nothing new, never unseen. */
  private wake(): void {
    const { snapshot } = this;
    if (snapshot === undefined || this.pausedByPerson || document.hidden) return;
    if (snapshot.packets === this.tickedPackets && snapshot.live) return;
    if (this.waiting !== undefined) return;
    const inMs = Math.max(0, this.tickedAtMs + leastTickMs - performance.now());
    this.waiting = setTimeout(() => this.tick(), inMs);
  }

  private tick(): void {
    this.waiting = undefined;
    if (this.pausedByPerson || document.hidden) return;
    this.tickedAtMs = performance.now();
    this.tickedPackets = this.snapshot?.packets ?? -1;
    this.listener.tick();
  }
}
