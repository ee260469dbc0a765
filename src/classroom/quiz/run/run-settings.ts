/** How a quiz is run. */
import { maxLimitMs } from "./limits.ts";

/**
 * `timed`: each question closes after its time, and the next one comes by itself; `teacher`: the teacher closes and
 * goes on, a time may be set as well; `all-at-once`: every question is open until the end, as the first pcs had it.
 */
export type Pace = "timed" | "teacher" | "all-at-once";

export interface RunSettings {
  readonly pace: Pace;
  /** Of one question, or of the whole quiz where all are open at once; undefined: no limit. */
  readonly limitMs: number | undefined;
  /** How long `next` announces a question; 0 leaves it out. */
  readonly announceMs: number;
  /** How long a timed quiz shows counts, and then the explanation. */
  readonly closedMs: number;
  readonly explanationMs: number;
  /** After the time is up answers on their way still count, if the student's own clock says in time. */
  readonly graceMs: number;
  /** Only where all are open at once: others see the same question at the same time. */
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
  /** An answer may be given again while the question is open; the last one counts. */
  readonly mayChange: boolean;
  /** Nothing is right or wrong, and nobody has points. */
  readonly isSurvey: boolean;
  readonly points: PointRules;
}

export interface PointRules {
  /** For a right answer. */
  readonly right: number;
  /** The part of them that melts away over the question's time, from 0 to 1. */
  readonly speedShare: number;
  /** Points off for an answer that is worth nothing. */
  readonly penalty: number;
  /** A half right answer has half the points; otherwise it is wrong. */
  readonly hasParts: boolean;
}

export const defaultSettings: RunSettings = {
  pace: "teacher",
  limitMs: undefined,
  announceMs: 0,
  closedMs: 5_000,
  explanationMs: 10_000,
  graceMs: 1_000,
  shuffleQuestions: false,
  shuffleOptions: false,
  mayChange: false,
  isSurvey: false,
  points: { right: 1, speedShare: 0, penalty: 0, hasParts: true },
};

/** What is wrong with settings, as a sentence, or undefined. */
export function problemOfSettings(settings: RunSettings): string | undefined {
  const { pace, limitMs, announceMs, closedMs, explanationMs, graceMs, points } = settings;
  if (limitMs !== undefined && !(limitMs > 0 && limitMs <= maxLimitMs))
    return `a question's time goes up to ${maxLimitMs / 3_600_000} hours.`;
  if (pace === "timed" && limitMs === undefined) return "a timed quiz needs a time for its questions.";
  for (const time of [announceMs, closedMs, explanationMs, graceMs])
    if (!(time >= 0 && time <= maxLimitMs)) return "a time cannot be negative, or more than a day.";
  if (!(points.speedShare >= 0 && points.speedShare <= 1)) return "the share of speed goes from 0 to 1.";
  if (!(points.right >= 0 && points.right <= 1e6) || !(points.penalty >= 0 && points.penalty <= 1e6))
    return "points go from 0 to a million.";
  return undefined;
}
