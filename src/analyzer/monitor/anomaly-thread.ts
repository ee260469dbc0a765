/**
 * Looks for anomalies in a thread of its own, which reads and decodes the same capture file by itself:
 *
 *     file ─┬─> this thread: traffic ──────────────────────────┬─> report
 *           └─> the other one: features, rules, forest ─found──┘
 *
 * The only thing both share is a count: how many packets this thread has counted. The other one looks at no
 * packet beyond it, so that both speak of the same packets wherever the reading ends.
 */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import type { CountedRows } from "../anomaly/anomaly-detector.ts";
import type { AnomalyWatch } from "../anomaly/anomaly-watch.ts";
import type { Evaluation } from "../anomaly/evaluation.ts";
import type { Labels } from "../anomaly/labels.ts";
import { ExpectedError } from "../../lib/errors.ts";
import type { SeriesSnapshot } from "../traffic/time-series.ts";
import { PacketCount } from "./packet-count.ts";

/** What the thread is told, once. */
export interface ThreadRequest {
  path: string;
  seed: number;
  labels: Labels | undefined;
  /** Of a `PacketCount`. */
  memory: SharedArrayBuffer;
}

/** What it found, or why not: labels that do not fit are the person's, anything else is a fault. */
export type ThreadAnswer =
  | {
      kind: "found";
      report: AnomaliesReport;
      flaggedSeries: SeriesSnapshot | undefined;
      evaluation: Evaluation | undefined;
    }
  | { kind: "refused"; sentence: string };

export class AnomalyThread implements AnomalyWatch {
  readonly isRolling = false;
  /** For those who show packets, and where packets are shown this thread judges by itself. */
  readonly threshold = undefined;
  private readonly count = PacketCount.create();
  private readonly worker = new Worker(workerAddress());
  private readonly answer: Promise<ThreadAnswer>;
  private found: ThreadAnswer | undefined;

  constructor(path: string, seed: number, labels: Labels | undefined) {
    this.answer = new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }: { data: ThreadAnswer }) => resolve(data);
      this.worker.onerror = ({ message }) => reject(new Error(message));
    });
    // Heard of when it is waited for.
    this.answer.catch(() => {});
    const request: ThreadRequest = { path, seed, labels, memory: this.count.memory };
    this.worker.postMessage(request);
  }

  get hasJudged(): boolean {
    return this.found !== undefined;
  }

  add(batch: CountedRows): void {
    this.count.add(batch.count);
  }

  async finish(): Promise<void> {
    this.count.end();
    this.found = await this.answer;
  }

  close(): void {
    this.worker.terminate();
  }

  judge(): void {
    // It was, there.
  }

  expectOtherwise(): void {
    // Marks are made on a dashboard, and where there is one this thread judges by itself.
  }

  report(): AnomaliesReport {
    return this.told().report;
  }

  get flaggedSeries(): SeriesSnapshot | undefined {
    return this.told().flaggedSeries;
  }

  evaluation(): Evaluation | undefined {
    return this.told().evaluation;
  }

  private told(): Extract<ThreadAnswer, { kind: "found" }> {
    if (this.found === undefined) throw new Error("nothing was judged yet");
    if (this.found.kind === "refused") throw new ExpectedError(this.found.sentence);
    return this.found;
  }
}

/** In the executable the thread is an entry point of its own (scripts/build.ts), and lies where it did in `src`. */
function workerAddress(): string | URL {
  return Bun.isStandaloneExecutable
    ? "./analyzer/monitor/anomaly-worker.ts"
    : new URL("./anomaly-worker.ts", import.meta.url);
}
