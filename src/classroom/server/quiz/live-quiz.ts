/**
 * The quiz that runs: what the class and the teacher do goes into a `LiveRun`, and what comes out of it is kept,
 * told and shown.
 *
 *      answer ─> LiveRun ─keep─> journal ─on disk─> LiveRun ─acknowledge─> whoever waits for it
 *                   └─ show ─> the class        └─ count ─> the teacher
 */
import { nameKey } from "../../accounts/person-name.ts";
import { formatResultsCsv, formatResultsJson, resultsOfBook } from "../../quiz/analysis/quiz-results.ts";
import type { BankQuestion } from "../../quiz/banks/question.ts";
import { answerKindOf } from "../../quiz/run/given-answer.ts";
import { LiveRun } from "../../quiz/run/live-run.ts";
import { formatRecord } from "../../quiz/run/record-lines.ts";
import type { RunHead } from "../../quiz/run/run-head.ts";
import type { Phase, Refusal, RunEffect, RunEvent, RunRecord } from "../../quiz/run/run-records.ts";
import type { RunJournal } from "../../quiz/run/run-store.ts";
import { splitAnswers } from "../../quiz/run/split-answers.ts";
import { parseTypedAnswer } from "../../quiz/run/typed-answer.ts";

/** What came of an answer: kept on disk, or why not. */
export type Outcome = { kind: "kept" } | { kind: "refused"; why: Refusal };

/** What somebody sends as an answer. */
export interface SentAnswer {
  name: string;
  /** As it is shown, from 1; undefined: the open question, or a line of answers to all. */
  number: number | undefined;
  round: number | undefined;
  text: string;
  /** The same for the same answer sent again. */
  id: string;
  clientElapsedMs: number | undefined;
  roundTripMs: number;
}

/** Whom a quiz is shown to, and who hears of it. */
export interface QuizStage {
  now(): number;
  /** A phase begins, or its time or pause has changed. */
  show(quiz: LiveQuiz, phase: Phase): void;
  counted(quiz: LiveQuiz, question: number): void;
  /** Nothing can be kept, or can again: undefined. */
  disk(quiz: LiveQuiz, failure: string | undefined): void;
}

export class LiveQuiz {
  readonly head: RunHead;
  readonly journal: RunJournal;
  readonly #run: LiveRun;
  readonly #stage: QuizStage;
  readonly #waiting = new Map<string, ((outcome: Outcome) => void)[]>();
  #timer: Timer | undefined;
  #failure: string | undefined;
  #isStopped = false;

  /** @param records what a server before kept of it */
  constructor(head: RunHead, journal: RunJournal, stage: QuizStage, records: readonly RunRecord[] = []) {
    this.head = head;
    this.journal = journal;
    this.#stage = stage;
    this.#run = LiveRun.restore(head, records, stage.now());
  }

  get phase(): Phase {
    return this.#run.phase(this.#stage.now());
  }

  get isOver(): boolean {
    return this.phase.kind === "finished";
  }

  get book(): LiveRun["book"] {
    return this.#run.book;
  }

  /** What all right answers are worth together. */
  get mostPoints(): number {
    const { questions, settings } = this.head;
    return (
      questions.filter((question) => answerKindOf(question) !== undefined).length * settings.points.right
    );
  }

  question(number: number): BankQuestion {
    return this.head.questions[number]!;
  }

  /** The bank's numbers of the questions, in the order that this student sees. */
  questionOrder(name: string): number[] {
    return this.#run.questionOrder(name);
  }

  shownOrder(name: string, question: number): number[] {
    return this.#run.shownOrder(name, question);
  }

  /** Does what the teacher wants. @returns a sentence where it cannot be done now */
  steer(event: Extract<RunEvent, { seen?: string } | { kind: "extend" }>): string | undefined {
    return this.#handle(event);
  }

  /**
   * @param team empty where none is known; it is kept only while none was chosen
   * @returns false where nobody else has room in it
   */
  join(name: string, team: string): boolean {
    if (!this.isOver) this.#handle({ kind: "join", name, team });
    return this.book.students.has(nameKey(name));
  }

  /**
   * Takes somebody into a team, once.
   * @returns when that is on disk; a sentence where it is not
   */
  async joinTeam(name: string, team: string): Promise<string | undefined> {
    const before = this.book.students.get(nameKey(name));
    if (this.isOver) return "The quiz is over.";
    if (before === undefined) return "You are not in this quiz.";
    if (before.team !== "" && nameKey(before.team) !== nameKey(team))
      return `You are in the team '${before.team}' for this quiz.`;
    this.#handle({ kind: "join", name, team });
    const failure = await this.journal.settle();
    this.#noteDisk(failure);
    return failure === undefined ? undefined : "Your team could not be kept; please send it again.";
  }

  /** Goes on with its time. */
  wake(): void {
    this.#handle({ kind: "tick" });
  }

  /** @returns what came of it, by question, when all of it is known */
  async answer(sent: SentAnswer): Promise<Outcome[]> {
    const answers = this.#questionsOf(sent).map(([question, text]) => this.#answerOne(sent, question, text));
    return await Promise.all(answers);
  }

  /** Writes the results as they are now. @returns their paths, or words that fit behind a colon */
  writeResults(): Promise<{ paths: string[] } | { failure: string }> {
    const { title, settings, questions } = this.head;
    const results = resultsOfBook(title, settings.isSurvey, questions, this.book);
    return this.journal.writeResults(formatResultsJson(results), formatResultsCsv(results));
  }

  /** The server ends, and the next one goes on with it; or it is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.journal.close();
  }

  /** The questions that a line answers, by their numbers in the bank, with the text for each. */
  #questionsOf({ name, number, text }: SentAnswer): [question: number, text: string][] {
    const order = this.questionOrder(name);
    if (number !== undefined) return [[order[number - 1] ?? -1, text]];
    const { phase } = this;
    if (!("question" in phase)) return [[0, text]];
    if (phase.question !== "all") return [[phase.question, text]];
    const answerable = order.filter((question) => answerKindOf(this.question(question)) !== undefined);
    return splitAnswers(text, answerable.length)
      .map((part, place): [number, string] => [answerable[place]!, part])
      .filter(([, part]) => part !== "");
  }

  #answerOne(sent: SentAnswer, question: number, text: string): Promise<Outcome> {
    const { name, id, round, clientElapsedMs, roundTripMs } = sent;
    const asked = this.head.questions[question];
    if (asked === undefined) return Promise.resolve({ kind: "refused", why: "unknown-question" });
    const given = parseTypedAnswer(asked, text);
    if (given === undefined) return Promise.resolve({ kind: "refused", why: "not-fitting" });
    const outcome = Promise.withResolvers<Outcome>();
    const key = waitingKey(nameKey(name), question, id);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, [outcome.resolve]);
    else waiting.push(outcome.resolve);
    this.#handle({
      kind: "answer",
      name,
      question,
      id,
      given,
      clientElapsedMs,
      roundTripMs,
      ...(round === undefined ? {} : { round }),
    });
    return outcome.promise;
  }

  #handle(event: RunEvent): string | undefined {
    if (this.#isStopped && event.kind !== "kept" && event.kind !== "not-kept")
      return "the server shuts down.";
    let sentence: string | undefined;
    for (const effect of this.#run.handle(event, this.#stage.now()))
      if (effect.kind === "impossible") ({ sentence } = effect);
      else this.#do(effect);
    return sentence;
  }

  #do(effect: Exclude<RunEffect, { kind: "impossible" }>): void {
    switch (effect.kind) {
      case "keep":
        return this.#keep(effect.record, effect.ticket);
      case "acknowledge":
        return this.#tell(effect, { kind: "kept" });
      case "refuse":
        return this.#tell(effect, { kind: "refused", why: effect.why });
      case "show":
        return this.#stage.show(this, effect.phase);
      case "count":
        return this.#stage.counted(this, effect.question);
      case "wake":
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.wake(), effect.afterMs);
    }
  }

  #keep(record: RunRecord, ticket: number | undefined): void {
    const line = formatRecord(record);
    if (ticket === undefined) {
      this.journal.owe(record.kind === "phase" ? "phase" : `joined ${keyOf(record)}`, line);
      void this.#settle();
    } else void this.#append(line, ticket);
  }

  async #settle(): Promise<void> {
    this.#noteDisk(await this.journal.settle());
  }

  async #append(line: string, ticket: number): Promise<void> {
    const failure = await this.journal.append(line);
    this.#noteDisk(failure);
    this.#handle({ kind: failure === undefined ? "kept" : "not-kept", ticket });
  }

  #noteDisk(failure: string | undefined): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#stage.disk(this, failure);
  }

  #tell(
    { student, question, id }: { student: string; question: number; id: string },
    outcome: Outcome,
  ): void {
    const key = waitingKey(student, question, id);
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const resolve of waiting) resolve(outcome);
  }
}

function waitingKey(student: string, question: number, id: string): string {
  return `${question} ${student} ${id}`;
}

function keyOf(record: RunRecord): string {
  return "student" in record ? record.student : "";
}
