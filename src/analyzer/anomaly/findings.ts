/**
 * What is found when packets are judged: how many are flagged and when, and their episodes.
 *
 *     log ─> score of each feature row ─> flagged: counted, and a cell of an episode for each second and pair
 */
import type { Steps } from "../../lib/steps.ts";
import { TimeSeries, type SeriesSnapshot } from "../traffic/time-series.ts";
import type { AnomalyDetector } from "./anomaly-detector.ts";
import { rarestColumn, scoreVectors, type AnomalyModel } from "./anomaly-model.ts";
import { EpisodeBuilder } from "./episodes/episode-builder.ts";
import { causeOf, type Cause, type FlaggedCell } from "./episodes/flagged-cell.ts";
import { Explanations } from "./explanations.ts";
import { features } from "./features/feature-list.ts";
import { formatEnd } from "./format-end.ts";
import { JudgedEnds } from "./judged-ends.ts";
import { explainedCells, maxEndTexts, rowsOfStep } from "./limits.ts";
import type { LogChunk } from "./packet-log.ts";
import { rules } from "./rules/rule-list.ts";
import { suspectSteps } from "./suspicion.ts";

/** A cell until its second is over. */
interface OpenCell extends FlaggedCell {
  /** The feature row that its reasons are of: of the strangest packets the last, which has seen most of them. */
  vector: number;
  /** Counted from 1, of those since the judging began. */
  place: number;
}

/** @param scores of the packets of `chunk`, 0 to 1: from `threshold` on those that are flagged, and no others */
export type TellScores = (chunk: LogChunk, scores: Float32Array, threshold: number) => void;

/** More than all ids of addresses there can be: three numbers below it fit one of 53 bits. */
const maxIds = 1 << 19;

export class Findings {
  scored = 0;
  flagged = 0;
  /** The score of each feature row; 0 until it is known. */
  scores = new Float64Array(0);
  readonly episodes = new EpisodeBuilder();
  readonly judgedEnds: JudgedEnds;
  explanations: Explanations;
  private rulesOf = new Uint8Array(0);
  private known = 1;
  private readonly series = new TimeSeries();
  private readonly causes: (Cause | undefined)[] = [];
  /** By cause, source and destination. */
  private readonly cells = new Map<number, OpenCell>();
  private readonly causeIds = new Map<string, number>();
  /** While cells are closed: those left that are about the same. */
  private readonly left = new Map<number, number>();
  /** Addresses as text, by their ids. */
  private readonly ends = new Map<number, string>();
  private second = Number.NaN;
  /** By a cell's place: the number of its episode. */
  private cellEpisodes = new Uint32Array(64);
  private cellCount = 0;
  /** The first and the last episode that a packet of a feature row was part of; 0 for none. */
  private firstEpisodes = new Uint32Array(0);
  private lastEpisodes = new Uint32Array(0);
  private readonly detector: AnomalyDetector;
  private model: AnomalyModel;

  constructor(detector: AnomalyDetector, model: AnomalyModel) {
    this.detector = detector;
    this.model = model;
    this.explanations = new Explanations(detector, model);
    this.judgedEnds = new JudgedEnds(detector.addresses);
  }

  /** Judges by another model from now on; what was found stays. */
  useModel(model: AnomalyModel): void {
    this.model = model;
    this.explanations = new Explanations(this.detector, model);
    this.known = 1;
    this.causes.length = 0;
  }

  get flaggedSeries(): SeriesSnapshot {
    return this.series.snapshot();
  }

  /** Judges what the detector's log holds. @param tell is given the scores of its packets */
  *judge(tell?: TellScores): Steps {
    yield* this.scoreNew();
    const { log, addresses } = this.detector;
    this.cellCount = 0;
    for (const chunk of log.chunks) yield* this.judgeChunk(chunk);
    this.closeCells();
    for (const chunk of log.chunks) this.noteEpisodes(chunk);
    if (tell === undefined) return;
    const { threshold } = this.model;
    const all = yield* suspectSteps(log.chunks, this.scores, threshold, addresses.end);
    let from = 0;
    for (const chunk of log.chunks) {
      tell(chunk, all.subarray(from, from + chunk.count), threshold);
      from += chunk.count;
      yield;
    }
  }

  /** Scores feature rows that have come since the last time. */
  *scoreNew(): Steps {
    const { vectors } = this.detector;
    if (this.scores.length < vectors.end) {
      this.scores = grown(this.scores, vectors.packets.length);
      const rulesOf = new Uint8Array(vectors.packets.length);
      rulesOf.set(this.rulesOf);
      this.rulesOf = rulesOf;
      this.firstEpisodes = grownWords(this.firstEpisodes, vectors.packets.length);
      this.lastEpisodes = grownWords(this.lastEpisodes, vectors.packets.length);
    }
    for (; this.known < vectors.end; yield) {
      const until = Math.min(vectors.end, this.known + rowsOfStep);
      scoreVectors(this.model, vectors, this.known, until, this.scores, this.rulesOf);
      this.known = until;
    }
  }

  private *judgeChunk(chunk: LogChunk): Steps {
    const { count, vector } = chunk;
    const { scores } = this;
    const { threshold } = this.model;
    this.scored += count;
    this.judgedEnds.add(chunk, scores, threshold);
    for (let i = 0; i < count; i++) {
      const score = scores[vector[i]!]!;
      if (score >= threshold) this.flag(chunk, i, score);
      else chunk.episode[i] = 0;
      if (i % rowsOfStep === rowsOfStep - 1) yield;
    }
  }

  /** Puts the episode in the place of the cell, as every cell has one now. */
  private noteEpisodes(chunk: LogChunk): void {
    const { cellEpisodes, firstEpisodes, lastEpisodes } = this;
    const { count, episode, vector } = chunk;
    for (let i = 0; i < count; i++) {
      if (episode[i] === 0) continue;
      const number = cellEpisodes[episode[i]!]!;
      episode[i] = number;
      const row = vector[i]!;
      if (firstEpisodes[row] === 0) firstEpisodes[row] = number;
      lastEpisodes[row] = number;
    }
    this.judgedEnds.addEpisodes(chunk);
  }

  /** The episodes that packets of a feature row were part of: the first and the last one. */
  episodesOf(vector: number): [first: number, last: number] {
    return [this.firstEpisodes[vector] ?? 0, this.lastEpisodes[vector] ?? 0];
  }

  /** Feature rows have other numbers now. @param numbers by those from before */
  renumber(numbers: ReadonlyMap<number, number>): void {
    const { firstEpisodes, lastEpisodes } = this;
    this.firstEpisodes = new Uint32Array(firstEpisodes.length);
    this.lastEpisodes = new Uint32Array(lastEpisodes.length);
    for (const [before, now] of numbers) {
      this.firstEpisodes[now] = firstEpisodes[before] ?? 0;
      this.lastEpisodes[now] = lastEpisodes[before] ?? 0;
    }
  }

  private flag(chunk: LogChunk, i: number, score: number): void {
    this.flagged++;
    const seconds = chunk.seconds[i]!;
    const size = chunk.size[i]!;
    const second = Math.floor(seconds);
    this.series.add(second, size);
    if (second !== this.second) {
      this.closeCells();
      this.second = second;
    }
    const vector = chunk.vector[i]!;
    const cause = (this.causes[vector] ??= this.findCause(vector));
    const [source, destination] = [chunk.source[i]!, chunk.destination[i]!];
    const key = (this.idOf(cause.cause) * maxIds + source) * maxIds + destination;
    const cell = this.cells.get(key);
    if (cell === undefined) {
      const begun = this.begin(chunk, i, cause, score);
      this.cells.set(key, begun);
      chunk.episode[i] = begun.place;
      return;
    }
    chunk.episode[i] = cell.place;
    cell.packets++;
    cell.bytes = (cell.bytes ?? 0) + size;
    cell.end = seconds;
    if (score < cell.score) return;
    cell.score = score;
    cell.vector = vector;
  }

  private begin(chunk: LogChunk, i: number, cause: Cause, score: number): OpenCell {
    const { vectors } = this.detector;
    const vector = chunk.vector[i]!;
    const seconds = chunk.seconds[i]!;
    return {
      ...cause,
      source: this.endOf(chunk.source[i]!),
      destination: this.endOf(chunk.destination[i]!),
      number: chunk.number[i]!,
      start: seconds,
      end: seconds,
      packets: 1,
      bytes: chunk.size[i]!,
      protocol: vectors.protocolOf(vector),
      score,
      reasons: [],
      vector,
      place: ++this.cellCount,
    };
  }

  /** There are as many causes as rules and features. */
  private idOf(cause: string): number {
    const known = this.causeIds.get(cause);
    if (known !== undefined) return known;
    this.causeIds.set(cause, this.causeIds.size);
    return this.causeIds.size - 1;
  }

  private endOf(id: number): string {
    const known = this.ends.get(id);
    if (known !== undefined) return known;
    const text = formatEnd(this.detector.addresses.addressOf(id));
    if (this.ends.size === maxEndTexts) this.ends.clear();
    this.ends.set(id, text);
    return text;
  }

  /** Of the cells of one cause about one host, the last few have reasons: of a flood those that saw most of it. */
  private closeCells(): void {
    const { cells, left } = this;
    for (const key of cells.keys()) {
      const about = this.aboutOf(key);
      left.set(about, (left.get(about) ?? 0) + 1);
    }
    for (const [key, cell] of cells) {
      const about = this.aboutOf(key);
      const behind = left.get(about)!;
      left.set(about, behind - 1);
      if (behind <= explainedCells) cell.reasons = this.explanations.briefly(cell.vector);
      if (cell.place >= this.cellEpisodes.length)
        this.cellEpisodes = grownWords(this.cellEpisodes, 2 * cell.place);
      this.cellEpisodes[cell.place] = this.episodes.add(cell);
    }
    left.clear();
    cells.clear();
  }

  /** Cells about the same host by the same cause have the same one. */
  private aboutOf(key: number): number {
    const destination = key % maxIds;
    const isAboutDestination = this.cells.get(key)!.focus === "destination";
    return isAboutDestination ? key - (Math.floor(key / maxIds) % maxIds) * maxIds : key - destination;
  }

  private findCause(vector: number): Cause {
    const rule = this.rulesOf[vector]!;
    if (rule !== 0) return { cause: rules[rule - 1]!.name, focus: rules[rule - 1]!.focus };
    return causeOf({ feature: features[rarestColumn(this.model, this.detector.vectors, vector)]!.name });
  }
}

function grown(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(column);
  return larger;
}

function grownWords(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(column);
  return larger;
}
