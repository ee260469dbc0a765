/**
 * What happens to a run (events), what is to be done about it (effects), and what must outlive a restart (records).
 * All are plain data. The records in their order are the run: `LiveRun.restore` makes it of them again.
 */
import type { GivenAnswer } from "./given-answer.ts";

/** How long a phase has lasted and may last. */
export interface PhaseClock {
  readonly elapsedMs: number;
  /** Undefined: until the teacher goes on. */
  readonly limitMs: number | undefined;
  readonly isPaused: boolean;
}

/** The number of a question in the bank, or all of them. */
export type OpenQuestion = number | "all";

export type Phase =
  | { readonly kind: "lobby" }
  | ({ readonly kind: "next"; readonly question: number } & PhaseClock)
  | ({
      readonly kind: "question" | "closed" | "explanation";
      readonly question: OpenQuestion;
      readonly round: number;
    } & PhaseClock)
  | { readonly kind: "finished" };

/** A phase in which a question is open or has been. */
export type AskedPhase = Extract<Phase, { readonly round: number }>;

/** `question 3 1`: a phase, its question and its round in short. */
export function phaseTag(phase: Phase): string {
  if (!("question" in phase)) return phase.kind;
  return `${phase.kind} ${phase.question} ${"round" in phase ? phase.round : 1}`;
}

export interface AnswerRecord {
  readonly kind: "answered";
  /** The name's key, as `nameKey` makes it. */
  readonly student: string;
  readonly question: number;
  /** 1, and more where the teacher had it voted on again. */
  readonly round: number;
  /** The client's own id of this answer, so that one sent twice is the same. */
  readonly id: string;
  /** In the bank's numbers. */
  readonly given: GivenAnswer;
  readonly elapsedMs: number;
}

export interface JoinRecord {
  readonly kind: "joined";
  readonly student: string;
  /** As it is written. */
  readonly name: string;
  /** Empty for none. */
  readonly team: string;
  /** For the order of questions and options. */
  readonly seed: number;
}

export interface PhaseRecord {
  readonly kind: "phase";
  readonly phase: Phase;
}

export type RunRecord = AnswerRecord | JoinRecord | PhaseRecord;

export type RunEvent =
  /** Of the teacher; `seen` is the tag of the phase that this teacher saw, so that two do not both go on. */
  | {
      readonly kind:
        "start" | "close" | "explain" | "next" | "skip" | "pause" | "resume" | "vote-again" | "finish";
      readonly seen?: string;
    }
  | { readonly kind: "extend"; readonly byMs: number }
  /** Of a student. */
  | { readonly kind: "join"; readonly name: string; readonly team?: string }
  | {
      readonly kind: "answer";
      readonly name: string;
      readonly question: number;
      /** The round that the student saw; undefined: the present one. */
      readonly round?: number;
      readonly id: string;
      /** In the numbers that were shown to this student. */
      readonly given: GivenAnswer;
      readonly clientElapsedMs?: number | undefined;
      readonly roundTripMs?: number;
    }
  /** Of the server: time has passed; the record of this ticket is on disk, or could not be kept. */
  | { readonly kind: "tick" }
  | { readonly kind: "kept" | "not-kept"; readonly ticket: number };

export type Refusal =
  | "unknown-student"
  | "unknown-question"
  | "not-open"
  | "other-round"
  | "too-late"
  | "paused"
  | "answered-already"
  | "changed-too-often"
  | "not-fitting"
  | "not-kept"
  | "quiz-full";

export type RunEffect =
  /**
   * Append the record to the disk, in this order. With a ticket: tell `kept` or `not-kept` when that is known; the
   * student hears nothing before.
   */
  | { readonly kind: "keep"; readonly record: RunRecord; readonly ticket: number | undefined }
  | { readonly kind: "acknowledge"; readonly student: string; readonly question: number; readonly id: string }
  | {
      readonly kind: "refuse";
      readonly student: string;
      readonly question: number;
      readonly id: string;
      readonly why: Refusal;
    }
  /** To everybody. */
  | { readonly kind: "show"; readonly phase: Phase }
  /** To the teacher alone. */
  | {
      readonly kind: "count";
      readonly question: number;
      readonly answered: number;
      readonly students: number;
    }
  /** To the teacher: what was asked for cannot be done now. */
  | { readonly kind: "impossible"; readonly event: RunEvent["kind"]; readonly sentence: string }
  /** Give a `tick` after this time. */
  | { readonly kind: "wake"; readonly afterMs: number };

/** What is told to a teacher whose wish cannot be done. @param sentence begins in lower case */
export function impossible(event: RunEvent["kind"], sentence: string): RunEffect[] {
  return [{ kind: "impossible", event, sentence }];
}
