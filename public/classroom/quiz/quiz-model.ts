/** The quiz that runs, as this person sees it. Knows no clock: the time comes with what the server tells. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";

export interface OwnAnswer {
  text: string;
  /**
   * `kept`: on the server's disk. Before that it may be lost with the machine, and nobody is told otherwise. `dealt
   * with`: the server had it, and what it said to it was lost with the connection.
   */
  state: "sending" | "kept" | "refused" | "dealt with";
  problem: string | undefined;
}

export interface AskedQuestion {
  content: Control<"question">;
  /** When it was first shown here, in milliseconds of `performance.now`. */
  shownMs: number;
  answer: OwnAnswer | undefined;
}

export class QuizModel {
  number: number | undefined;
  title = "";
  count = 0;
  /** Undefined: a quiz of the first protocol, answered at once and once. */
  pace: Control<"quiz">["pace"];
  readonly questions = new Map<number, AskedQuestion>();
  /** What became of each question; that of one which was asked before this page was there, too. */
  readonly results = new Map<number, Control<"result">>();
  /** The answer to all of it, in a quiz of the first protocol. */
  wholeAnswer: OwnAnswer | undefined;
  /** The question that is open or was open last; undefined where all are. */
  current: number | undefined;
  phase: Control<"phase">["phase"] | undefined;
  round: number | undefined;
  isPaused = false;
  /** When what is open closes by itself, on the clock of `performance.now`; while it is paused what is left of it. */
  endsMs: number | undefined;
  leftMs: number | undefined;
  /** What became of it all. */
  end: Control<"result"> | undefined;

  get isRunning(): boolean {
    return this.number !== undefined && this.end === undefined && this.phase !== "finished";
  }

  /** Whether the questions come one by one. */
  get isOneByOne(): boolean {
    return this.pace === "timed" || this.pace === "teacher";
  }

  begin({ quiz, title, questions, pace }: Control<"quiz">): void {
    if (this.number !== quiz) {
      this.number = quiz;
      this.questions.clear();
      this.results.clear();
      this.wholeAnswer = undefined;
      this.current = undefined;
      this.phase = undefined;
      this.round = undefined;
      this.isPaused = false;
      this.endsMs = undefined;
      this.leftMs = undefined;
      this.end = undefined;
    }
    this.title = title ?? "";
    this.count = questions;
    this.pace = pace;
  }

  ask(content: Control<"question">, nowMs: number): void {
    const before = this.questions.get(content.number);
    const isSame = before !== undefined && (before.content.round ?? 1) === (content.round ?? 1);
    const kept: OwnAnswer | undefined =
      content.answered === undefined
        ? undefined
        : { text: content.answered, state: "kept", problem: undefined };
    this.questions.set(content.number, {
      content,
      shownMs: isSame ? before.shownMs : nowMs,
      // What the server has it tells with the question; only what is on its way it cannot know.
      answer: kept ?? (isSame && before.answer?.state === "sending" ? before.answer : undefined),
    });
    if (!isSame) this.results.delete(content.number);
    if (this.isOneByOne) {
      this.current = content.number;
      this.phase = "question";
      this.isPaused = false;
    }
    this.#runTo(content.leftMs, nowMs);
  }

  enter({ phase, number, round, leftMs, paused }: Control<"phase">, nowMs: number): void {
    this.phase = phase;
    this.round = round;
    this.isPaused = paused === true;
    if (number !== undefined) this.current = number;
    this.#runTo(leftMs, nowMs);
  }

  tell(result: Control<"result">): void {
    if (result.quiz !== this.number) return;
    if (result.number === undefined) this.end = result;
    else this.results.set(result.number, result);
  }

  /** Whether this question takes answers now. */
  isOpen(number: number): boolean {
    if (!this.isRunning || this.isPaused) return false;
    if (!this.isOneByOne) return this.phase === undefined || this.phase === "question";
    return this.phase === "question" && this.current === number;
  }

  #runTo(leftMs: number | undefined, nowMs: number): void {
    this.leftMs = leftMs;
    this.endsMs = leftMs === undefined || this.isPaused ? undefined : nowMs + leftMs;
  }
}
