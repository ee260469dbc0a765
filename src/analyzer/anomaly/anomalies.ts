/**
 * The detector as the pipeline uses it: batches go in, and what was found comes out.
 *
 * A capture that ends is judged at its end, all of it by what was learnt from all of it; of one with more packets
 * than can be remembered, the earlier ones by what was learnt until then. A live one is judged
 * as it comes: each time somebody asks, what came since the last time is judged by a model learnt not too long
 * ago, and only what it does not flag is learnt from, but for a few: so a long attack does not become ordinary,
 * and a lasting change does, slowly.
 */
import { drain, type Steps } from "../../lib/steps.ts";
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import { protocolNames } from "../packet/protocols.ts";
import type { JudgedEndsOf } from "../traffic/report-rows.ts";
import type { SeriesSnapshot } from "../traffic/time-series.ts";
import { AnomalyDetector, type CountedRows } from "./anomaly-detector.ts";
import { learnModel, type AnomalyModel } from "./anomaly-model.ts";
import type { AnomaliesReport, AnomalousPacket } from "./anomaly-report.ts";
import { evaluate, type Evaluation } from "./evaluation.ts";
import type { EpisodesSnapshot } from "./episodes/episode.ts";
import { seriesWithout } from "./episodes/series-without.ts";
import type { ExpectedMarks } from "./expected-marks.ts";
import { Findings } from "./findings.ts";
import { formatEnd } from "./format-end.ts";
import { maxUnjudged, topAnomalies } from "./limits.ts";
import type { Labels } from "./labels.ts";
import type { LogChunk } from "./packet-log.ts";
import type { Reason } from "./reasons/reason.ts";
import { tellSink, type ScoreSink } from "./score-sink.ts";

export interface AnomaliesOptions {
  /** The same seed and bytes give the same scores. */
  seed: number;
  /** Judges as packets come, not only at the end. */
  isRolling?: boolean | undefined;
  /** Given, the feature row of every packet is kept to be compared with them. */
  labels?: Labels | undefined;
  /** Different feature rows kept; `maxVectors` unless told. */
  vectorLimit?: number | undefined;
  /** What people marked as expected: it is not counted as flagged. */
  expected?: Pick<ExpectedMarks, "has" | "list"> | undefined;
}

export class Anomalies {
  /** Is told the score of each packet that is judged. */
  sink: ScoreSink | undefined;
  private readonly options: AnomaliesOptions;
  private readonly detector: AnomalyDetector;
  private findings: Findings | undefined;
  private model: AnomalyModel | undefined;
  /** The score of each packet and whether it is flagged, where there are labels. */
  private readonly packetScores: Float32Array[] = [];
  private readonly packetFlags: Uint8Array[] = [];
  private unjudged = 0;
  private isJudged = false;
  private isJudging = false;
  /** The report of what was judged last, and what it says of episodes. */
  private latest: { report: AnomaliesReport; episodes: EpisodesSnapshot } | undefined;

  constructor(options: AnomaliesOptions) {
    this.options = options;
    this.detector = new AnomalyDetector(options.seed, options.isRolling, options.vectorLimit);
  }

  /** Whether packets are judged as they come. */
  get isRolling(): boolean {
    return this.options.isRolling === true;
  }

  get hasJudged(): boolean {
    return this.isJudged;
  }

  /** Whether so many packets more should be judged before they are added: else it is done as they are, at once. */
  isFullWith(packets: number): boolean {
    return this.detector.log.count + packets > maxUnjudged;
  }

  /** @param judged packets from the batch's first on; the others are counted as not judged */
  add(batch: CountedRows, columns: DecodedColumns, judged = batch.count): void {
    const { detector } = this;
    detector.add(batch, columns, judged);
    detector.log.noteFlows(columns, judged);
    this.unjudged += batch.count - judged;
    if (detector.log.count > maxUnjudged) this.judge();
  }

  /** Judges what has not been judged. Of a capture that ends: all of it, once. */
  judge(): void {
    if (!this.isJudging) drain(this.judgeSteps());
  }

  /** The same in short steps, between which nothing may be added; what was judged before can be asked for. */
  *judgeSteps(): Steps {
    this.isJudging = true;
    try {
      yield* this.judgeLog();
    } finally {
      this.isJudging = false;
    }
  }

  private *judgeLog(): Steps {
    const { detector } = this;
    this.latest = undefined;
    if (this.isStale()) yield* this.learn();
    const { sink, options } = this;
    const { labels } = options;
    const isHeard = labels !== undefined || sink !== undefined;
    yield* this.findings!.judge(isHeard ? (...told) => this.tell(...told) : undefined);
    detector.log.clear();
    if (!this.isRolling) yield* this.explainTop();
    this.isJudged = true;
    this.latest = undefined;
    if (!this.isRolling) return;
    if (detector.vectors.merged > 0) yield* this.renew();
    const { scores } = this.findings!;
    const { threshold } = this.model!;
    detector.isStrange = (vector) => (scores[vector] ?? 0) >= threshold;
  }

  /** Makes the report anew: what is expected was marked otherwise. */
  expectOtherwise(): void {
    this.latest = undefined;
  }

  /** What was found by the last `judge`. */
  report(): AnomaliesReport {
    return this.found().report;
  }

  /** By which numbers the sink knows each episode of the report. */
  get episodeNumbers(): readonly (readonly number[])[] {
    return this.found().episodes.numbers;
  }

  /**
   * The report is the one place where it is said what is expected, out of the marks as they are: by the numbers of
   * episodes. The sink is told of them, and answers for its packets.
   */
  private found(): { report: AnomaliesReport; episodes: EpisodesSnapshot } {
    if (this.latest !== undefined) return this.latest;
    this.latest = this.makeReport();
    this.sink?.expectEpisodes(this.latest.episodes.expectedNumbers);
    return this.latest;
  }

  private makeReport(): { report: AnomaliesReport; episodes: EpisodesSnapshot } {
    const { findings, model, detector } = this;
    if (findings === undefined || model === undefined) throw new Error("nothing was judged yet");
    const { expected } = this.options;
    const isAnyExpected = expected !== undefined && expected.list().length > 0;
    const episodes = findings.episodes.snapshot(
      undefined,
      isAnyExpected ? (key) => expected.has(key) : undefined,
    );
    const report: AnomaliesReport = {
      scored: findings.scored,
      flagged: findings.flagged - episodes.expectedPackets,
      expectedPackets: episodes.expectedPackets,
      threshold: model.isLearning ? null : rounded(model.threshold),
      thresholdRule: model.thresholdRule,
      learning: model.isLearning,
      top: this.top(findings, model, new Set(episodes.expectedNumbers)),
      episodes: episodes.top,
      episodesTotal: episodes.total,
      episodesEvicted: episodes.evicted,
      evicted: detector.evicted + findings.judgedEnds.displaced + episodes.numbersRefused,
      unjudged: this.unjudged,
    };
    return { report, episodes };
  }

  /** What was judged of hosts and flows, without what is expected. */
  get judgedEnds(): JudgedEndsOf | undefined {
    if (this.findings === undefined) return undefined;
    const { judgedEnds } = this.findings;
    judgedEnds.expected = this.found().episodes.expectedNumbers;
    return judgedEnds;
  }

  /** From this score on a packet is flagged; undefined as long as nothing was judged. */
  get threshold(): number | undefined {
    return this.model?.threshold;
  }

  /** Flagged packets over time, without those that are expected. */
  get flaggedSeries(): SeriesSnapshot | undefined {
    if (this.findings === undefined) return undefined;
    return seriesWithout(this.findings.flaggedSeries, this.found().episodes.expectedSeries);
  }

  /** How well the scores agree with the labels. @throws ExpectedError where they do not fit the capture */
  evaluation(): Evaluation | undefined {
    const { options, packetScores, packetFlags } = this;
    if (options.labels === undefined || !this.hasJudged) return undefined;
    const count = packetScores.reduce((sum, { length }) => sum + length, 0);
    const scores = new Float64Array(count);
    const flags = new Uint8Array(count);
    let place = 0;
    packetScores.forEach((part, i) => {
      scores.set(part, place);
      flags.set(packetFlags[i]!, place);
      place += part.length;
    });
    return evaluate(scores, flags, options.labels);
  }

  /** Why a packet of the feature row is strange, the heaviest reason first; none of a row that is not known. */
  reasonsOf(vector: number): readonly Reason[] {
    const { findings, detector } = this;
    const isKnown = findings !== undefined && vector > 0 && vector < detector.vectors.end;
    return isKnown ? findings.explanations.whole(vector) : [];
  }

  private tell(chunk: LogChunk, scores: Float32Array, threshold: number): void {
    const { sink, options } = this;
    if (options.labels !== undefined) {
      this.packetScores.push(scores.slice());
      this.packetFlags.push(Uint8Array.from(scores, (score) => Number(score >= threshold)));
    }
    if (sink !== undefined) tellSink(sink, chunk, scores, threshold);
  }

  private *learn(): Steps {
    const { detector, options } = this;
    const { baseline } = detector;
    baseline.flush();
    this.model = yield* learnModel(
      detector.vectors,
      baseline.rows.slice(0, baseline.count),
      baseline.seconds,
      options.seed,
    );
    if (this.findings === undefined) this.findings = new Findings(detector, this.model);
    else this.findings.useModel(this.model);
  }

  /** The table of feature rows is full: begins it anew, with a model and scores of the rows that stay. */
  private *renew(): Steps {
    const { detector } = this;
    detector.baseline.flush();
    this.findings!.renumber(detector.renew());
    this.sink?.forgetVectors();
    yield* this.learn();
    yield* this.findings!.scoreNew();
  }

  /** A rolling model is learnt anew when the sample has grown by half, or was thinned; another with more to judge. */
  private isStale(): boolean {
    if (this.model === undefined) return true;
    if (!this.isRolling) return this.detector.log.count > 0;
    const { count } = this.detector.baseline;
    const learnt = this.model.baseline.length;
    return count > learnt * 1.5 || count < learnt;
  }

  /** Explanations cost the most of a report: those that it will have are made before, a step each. */
  private *explainTop(): Steps {
    const { findings, model } = this;
    if (findings === undefined || model === undefined) return;
    for (const row of this.topRows(findings, model, () => false)) {
      findings.explanations.whole(row);
      yield;
    }
  }

  /** The strangest flagged rows, without those that are expected. */
  private topRows(findings: Findings, model: AnomalyModel, isExpected: (row: number) => boolean): number[] {
    const flagged: number[] = [];
    for (let row = 1; row < this.detector.vectors.end; row++)
      if (findings.scores[row]! >= model.threshold && !isExpected(row)) flagged.push(row);
    flagged.sort((a, b) => findings.scores[b]! - findings.scores[a]! || a - b);
    return flagged.slice(0, topAnomalies);
  }

  /** Rows of which a packet is in an episode that is not among the expected ones, each with its first packet. */
  private top(findings: Findings, model: AnomalyModel, expected: ReadonlySet<number>): AnomalousPacket[] {
    const { vectors, addresses } = this.detector;
    const isExpected = (row: number): boolean =>
      expected.size > 0 && findings.episodesOf(row).every((number) => expected.has(number));
    return this.topRows(findings, model, isExpected).map((row) => {
      const { number, seconds, source, destination, size, protocol } = vectors.exampleOf(row);
      return {
        number,
        time: Number.isNaN(seconds) ? null : Number(seconds.toFixed(6)),
        score: rounded(findings.scores[row]!),
        source: formatEnd(addresses.addressOf(source)),
        destination: formatEnd(addresses.addressOf(destination)),
        protocol: protocolNames[protocol]!,
        size,
        reasons: findings.explanations.whole(row),
      };
    });
  }
}

function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
