/**
 * The captures that are open: the one that pcs was started with, and those that were opened from the page, each
 * with what counts it, keeps its packets and looks for what is abnormal in it.
 */
import type { Anomalies } from "../anomaly/anomalies.ts";
import type { Reason } from "../anomaly/reasons/reason.ts";
import { firstReadMs, maxNameLength, maxUploads } from "../limits.ts";
import type { LiveMonitor } from "../monitor/live-monitor.ts";
import type { SelectionAnswers } from "../monitor/selection-answers.ts";
import { openAnalysis, type Analysis } from "../monitor/open-analysis.ts";
import { keepUpload } from "../store/keep-upload.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { ExpectedError } from "../../lib/errors.ts";
import type { CaptureRow } from "./contract.ts";
import { LiveFeed, type FeedClock } from "./live-feed.ts";

/** What the dashboard asks of a monitor. */
export type ShownMonitor = Pick<
  LiveMonitor,
  "current" | "counts" | "isLive" | "expectOtherwise" | "answers"
> & {
  /** Why packets of a feature row are strange. */
  reasonsOf?: (vector: number) => readonly Reason[];
};

export interface ShownCapture {
  readonly id: string;
  readonly monitor: ShownMonitor;
  readonly packets: StoredPackets;
  /** About a part of its packets. */
  readonly answers: SelectionAnswers;
  readonly feed: LiveFeed;
}

export interface UploadOptions {
  /** Folders for the bytes of captures. */
  folders: readonly string[];
  /** Made for each capture; undefined where nothing abnormal is looked for. */
  makeAnomalies: () => Anomalies | undefined;
}

export interface Refusal {
  code: "too_large" | "too_many" | "bad_request" | "no_room";
  /** A sentence. */
  message: string;
}

/** How many captures were opened and refused, and the bytes of those opened. */
export interface UploadCounts {
  opened: number;
  refused: number;
  bytes: number;
}

export class OpenCaptures {
  readonly counts: UploadCounts = { opened: 0, refused: 0, bytes: 0 };
  private readonly captures = new Map<string, ShownCapture>();
  /** What closes each, but the first. */
  private readonly analyses = new Map<string, Analysis>();
  private readonly options: UploadOptions;
  private readonly clock: FeedClock;
  private arriving = 0;
  private isClosed = false;
  private ids = 0;

  constructor(monitor: ShownMonitor, packets: StoredPackets, options: UploadOptions, clock: FeedClock) {
    this.options = options;
    this.clock = clock;
    this.show(monitor, packets);
  }

  /** All of them, the first one first. */
  get all(): ShownCapture[] {
    return [...this.captures.values()];
  }

  /** The capture with that id, or the first one; undefined where there is none. */
  find(id: string | undefined): ShownCapture | undefined {
    return id === undefined ? this.all[0] : this.captures.get(id);
  }

  /**
   * Opens another one out of what is uploaded.
   * @param announced bytes of it; undefined where nobody said
   */
  async open(
    body: ReadableStream<Uint8Array> | null,
    announced: number | undefined,
    name: string,
  ): Promise<ShownCapture | Refusal> {
    const opened = await this.tryToOpen(body, announced, name);
    if ("code" in opened) this.counts.refused++;
    else this.counts.opened++;
    return opened;
  }

  /** Closes one that was opened later on. @returns whether there was one */
  async close(id: string): Promise<boolean> {
    const analysis = this.analyses.get(id);
    if (analysis === undefined) return false;
    this.analyses.delete(id);
    this.captures.get(id)?.feed.end();
    this.captures.delete(id);
    await analysis.close();
    return true;
  }

  /** Closes all that were opened later on. */
  async closeAll(): Promise<void> {
    this.isClosed = true;
    for (const { feed } of this.captures.values()) feed.end();
    for (const id of this.analyses.keys()) await this.close(id);
  }

  private async tryToOpen(
    body: ReadableStream<Uint8Array> | null,
    announced: number | undefined,
    name: string,
  ): Promise<ShownCapture | Refusal> {
    if (this.analyses.size + this.arriving >= maxUploads) {
      const message = `At most ${maxUploads} captures can be open besides the first one; close one of them.`;
      return { code: "too_many", message };
    }
    this.arriving++;
    try {
      const kept = await keepUpload(body, announced, this.options.folders);
      if (kept.kind !== "kept") {
        const code = kept.kind === "cut_short" ? "bad_request" : kept.kind;
        return { code, message: kept.message };
      }
      this.counts.bytes += kept.bytes;
      try {
        return await this.read(kept.path, name);
      } finally {
        kept.remove();
      }
    } finally {
      this.arriving--;
    }
  }

  private async read(path: string, name: string): Promise<ShownCapture | Refusal> {
    const { folders, makeAnomalies } = this.options;
    try {
      const now = this.clock.now;
      const analysis = await openAnalysis(path, { name, anomalies: makeAnomalies(), folders, now });
      if (this.isClosed) {
        await analysis.close();
        return { code: "bad_request", message: "The dashboard is being closed." };
      }
      const shown = this.show(analysis.monitor, analysis.packets);
      this.analyses.set(shown.id, analysis);
      await Promise.race([analysis.ended.catch(() => {}), Bun.sleep(firstReadMs)]);
      return shown;
    } catch (error) {
      if (error instanceof ExpectedError) return { code: "bad_request", message: error.message };
      throw error;
    }
  }

  private show(monitor: ShownMonitor, packets: StoredPackets): ShownCapture {
    const id = `${this.ids++}`;
    const feed = new LiveFeed(() => monitor.counts(), this.clock);
    const { answers } = monitor;
    if (answers === undefined) throw new Error("a capture without its packets cannot be shown.");
    const shown = { id, monitor, packets, answers, feed };
    this.captures.set(id, shown);
    return shown;
  }
}

/** An uploaded capture's name as it is shown: one line of text, not too long. */
export function captureName(given: string | undefined): string {
  const name = (given ?? "").replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "�").trim();
  return name === "" ? "uploaded capture" : [...name].slice(0, maxNameLength).join("");
}

export function captureRow({ id, monitor }: ShownCapture): CaptureRow {
  const { source, packets } = monitor.current().report;
  return { id, name: source.name, kind: source.kind, packets, live: monitor.isLive };
}
