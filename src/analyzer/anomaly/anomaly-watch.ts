/**
 * The port between the pipeline and what looks for anomalies: in the same thread, or in one of its own.
 */
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import type { SeriesSnapshot } from "../traffic/time-series.ts";
import type { CountedRows } from "./anomaly-detector.ts";
import type { AnomaliesReport } from "./anomaly-report.ts";
import type { Evaluation } from "./evaluation.ts";

/** What was found. */
export interface JudgedAnomalies {
  report(): AnomaliesReport;
  /** Flagged packets over time. */
  readonly flaggedSeries: SeriesSnapshot | undefined;
  /** How well the scores agree with the labels, where there are any. @throws ExpectedError where they do not fit */
  evaluation(): Evaluation | undefined;
}

export interface AnomalyWatch extends JudgedAnomalies {
  /** Whether packets are judged as they come. */
  readonly isRolling: boolean;
  readonly hasJudged: boolean;
  /** From this score on a packet is flagged; undefined where nothing is. */
  readonly threshold: number | undefined;
  /** @param judged packets from the batch's first on; the others are counted as not judged */
  add(batch: CountedRows, columns: DecodedColumns, judged?: number): void;
  /** Waits for what another thread has still to do, after the last packet. */
  finish?(): Promise<void>;
  /** Lets go of the other thread, whether it has finished or not. */
  close?(): void;
  /** Judges what has not been judged. */
  judge(): void;
  /** Makes the report anew: what is expected was marked otherwise. */
  expectOtherwise(): void;
}
