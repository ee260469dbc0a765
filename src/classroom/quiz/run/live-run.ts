/**
 * A quiz while it runs: events and the time go in, effects come out. No I/O, no clock, no randomness of its own.
 *
 *      lobby ─start─> (next ─>) question ─close, time─> closed ─explain─> explanation ─next─> (next ─>) question …
 *                                  ^  └── pause, resume, extend            │                     └──> finished
 *                                  └────────── vote-again ─────────────────┘
 *
 * An answer is first a record to be kept, and is acknowledged when the server says that it is on disk. Until then
 * a second answer of the same student to the same question waits for nothing: it is refused, or, with the id of
 * the first, silently the same.
 */
import { nameKey } from "../../accounts/person-name.ts";
import { AnswerBook } from "./answer-book.ts";
import { fromShown, isFitting } from "./given-answer.ts";
import {
  maxAnswerIdLength,
  maxChanges,
  maxLimitMs,
  maxRounds,
  maxStudents,
  maxTeamLength,
} from "./limits.ts";
import { PendingAnswers } from "./pending-answers.ts";
import { PhaseTimer, type TimedPhase } from "./phase-timer.ts";
import { fairElapsedMs } from "./points.ts";
import {
  impossible,
  phaseTag,
  type OpenQuestion,
  type Phase,
  type Refusal,
  type RunEffect,
  type RunEvent,
  type RunRecord,
} from "./run-records.ts";
import { questionOrder, shownOrder, type RunPlan } from "./shown-order.ts";
import { studentSeed } from "./shuffle.ts";

type AnswerEvent = RunEvent & { kind: "answer" };

export class LiveRun {
  readonly #plan: RunPlan;
  readonly #book: AnswerBook;
  readonly #timer: PhaseTimer;
  readonly #pending = new PendingAnswers();

  constructor(plan: RunPlan) {
    this.#plan = plan;
    this.#book = new AnswerBook(plan.questions, plan.settings);
    this.#timer = new PhaseTimer(plan.settings.graceMs);
  }

  /**
   * Goes on after a restart: the open question has the time that was left when its clock was last kept.
   * @param records all that were kept, in their order
   */
  static restore(plan: RunPlan, records: readonly RunRecord[], nowMs: number): LiveRun {
    const run = new LiveRun(plan);
    let phase = run.#timer.phase;
    for (const record of records)
      if (record.kind === "joined") run.#book.join(record);
      else if (record.kind === "phase") phase = record.phase;
      else run.#book.keep(record, "elapsedMs" in phase ? phase.limitMs : undefined);
    run.#timer.set(phase, nowMs);
    return run;
  }

  get book(): AnswerBook {
    return this.#book;
  }

  /** As it is now. */
  phase(nowMs: number): Phase {
    return this.#timer.phaseAt(nowMs);
  }

  questionOrder(name: string): number[] {
    return questionOrder(this.#plan, this.#book.students.get(nameKey(name)));
  }

  shownOrder(name: string, question: number): number[] {
    return shownOrder(this.#plan, this.#book.students.get(nameKey(name)), question);
  }

  /** @param nowMs on a clock that never goes back */
  handle(event: RunEvent, nowMs: number): RunEffect[] {
    switch (event.kind) {
      case "join":
        return this.#join(event.name, event.team ?? "");
      case "answer":
        return this.#answer(event, nowMs);
      case "kept":
        return this.#kept(event.ticket);
      case "not-kept":
        return this.#notKept(event.ticket);
      case "tick":
        return this.#tick(nowMs);
      case "extend":
        return this.#extend(event.byMs, nowMs);
      default:
        if (event.seen !== undefined && event.seen !== phaseTag(this.#timer.phase))
          return impossible(event.kind, "somebody has gone on in the meantime.");
        return this.#steer(event.kind, nowMs);
    }
  }

  #join(name: string, team: string): RunEffect[] {
    const student = nameKey(name);
    const known = this.#book.students.get(student);
    // A team is chosen once; who changes it again and again would fill the disk.
    if (known !== undefined && (team === "" || known.team !== "")) return [];
    if (known === undefined && this.#book.students.size >= maxStudents)
      return [{ kind: "refuse", student, question: -1, id: "", why: "quiz-full" }];
    const seed = known?.seed ?? studentSeed(this.#plan.seed, student);
    const record = {
      kind: "joined" as const,
      student,
      name,
      team: this.#book.teamName(team.slice(0, maxTeamLength).toWellFormed()),
      seed,
    };
    this.#book.join(record);
    return [{ kind: "keep", record, ticket: undefined }];
  }

  #answer(event: AnswerEvent, nowMs: number): RunEffect[] {
    const { question, id } = event;
    const student = nameKey(event.name);
    const refuse = (why: Refusal): RunEffect[] => [{ kind: "refuse", student, question, id, why }];
    if (!this.#book.students.has(student)) return refuse("unknown-student");
    const asked = this.#plan.questions[question];
    if (asked === undefined) return refuse("unknown-question");
    const result = this.#book.resultOf(student, question);
    if (result?.record.id === id) return [{ kind: "acknowledge", student, question, id }];
    const waiting = this.#pending.of(question, student);
    if (waiting?.id === id) return [];
    const { phase } = this.#timer;
    if (phase.kind !== "question" || (phase.question !== "all" && phase.question !== question))
      return refuse("not-open");
    if (event.round !== undefined && event.round !== phase.round) return refuse("other-round");
    if (phase.isPaused) return refuse("paused");
    const hasAnswered = result?.record.round === phase.round && !this.#plan.settings.mayChange;
    if (hasAnswered || waiting !== undefined) return refuse("answered-already");
    if ((result?.count ?? 0) >= maxChanges) return refuse("changed-too-often");
    if (id.length > maxAnswerIdLength || !isFitting(asked, event.given)) return refuse("not-fitting");
    const serverMs = this.#timer.elapsed(phase, nowMs);
    const elapsedMs = fairElapsedMs(serverMs, event.clientElapsedMs, event.roundTripMs ?? 0);
    if (
      phase.limitMs !== undefined &&
      (elapsedMs > phase.limitMs || serverMs > phase.limitMs + this.#plan.settings.graceMs)
    )
      return refuse("too-late");
    const given = fromShown(event.given, this.shownOrder(event.name, question));
    const record = { kind: "answered" as const, student, question, round: phase.round, id, given, elapsedMs };
    return [{ kind: "keep", record, ticket: this.#pending.add({ record, limitMs: phase.limitMs }) }];
  }

  /** The answer counts, also if its question was closed in the meantime. */
  #kept(ticket: number): RunEffect[] {
    const pending = this.#pending.take(ticket);
    if (pending === undefined) return [];
    const { student, question, round, id } = pending.record;
    this.#book.keep(pending.record, pending.limitMs);
    const [answered, students] = [this.#book.answeredCount(question, round), this.#book.students.size];
    return [
      { kind: "acknowledge", student, question, id },
      { kind: "count", question, answered, students },
    ];
  }

  #notKept(ticket: number): RunEffect[] {
    const pending = this.#pending.take(ticket);
    if (pending === undefined) return [];
    const { student, question, id } = pending.record;
    return [{ kind: "refuse", student, question, id, why: "not-kept" }];
  }

  #tick(nowMs: number): RunEffect[] {
    if (this.#timer.isOver(nowMs)) return this.#goOn(nowMs);
    if (!this.#timer.isKeepingDue(nowMs)) return this.#timer.wake(nowMs);
    const phase = this.#timer.phaseAt(nowMs);
    this.#timer.set(phase, nowMs);
    return [
      { kind: "keep", record: { kind: "phase", phase }, ticket: undefined },
      ...this.#timer.wake(nowMs),
    ];
  }

  /** What comes when a phase's time is up. */
  #goOn(nowMs: number): RunEffect[] {
    const { phase } = this.#timer;
    switch (phase.kind) {
      case "next":
        return this.#openQuestion(phase.question, 1, nowMs);
      case "question":
        return this.#enter(this.#after("closed", phase), nowMs);
      case "closed":
        return this.#enter(this.#after("explanation", phase), nowMs);
      case "explanation":
        return this.#nextQuestion(phase.question, nowMs);
      default:
        return [];
    }
  }

  /** What the teacher asks for. */
  #steer(
    kind: Exclude<RunEvent["kind"], "join" | "answer" | "kept" | "not-kept" | "tick" | "extend">,
    nowMs: number,
  ): RunEffect[] {
    const { phase } = this.#timer;
    const cannot = (sentence: string): RunEffect[] => impossible(kind, sentence);
    if (phase.kind === "finished") return cannot("the quiz is over.");
    if (kind === "finish") return this.#enter({ kind: "finished" }, nowMs);
    if (phase.kind === "lobby")
      return kind === "start" ? this.#start(nowMs) : cannot("the quiz has not started.");
    switch (kind) {
      case "start":
        return cannot("the quiz has started already.");
      case "pause":
      case "resume":
        if (phase.isPaused === (kind === "pause"))
          return cannot(`the quiz is ${phase.isPaused ? "paused already" : "not paused"}.`);
        return this.#enter(
          { ...phase, elapsedMs: this.#timer.elapsed(phase, nowMs), isPaused: kind === "pause" },
          nowMs,
        );
      case "close":
        return phase.kind === "question" ? this.#goOn(nowMs) : cannot("no question is open.");
      case "explain":
        if (phase.kind !== "question" && phase.kind !== "closed")
          return cannot("no question has been asked.");
        return this.#enter(this.#after("explanation", phase), nowMs);
      case "vote-again":
        if (phase.kind !== "closed" && phase.kind !== "explanation")
          return cannot("the question must be closed first.");
        if (phase.round >= maxRounds) return cannot(`a question is voted on ${maxRounds} times at most.`);
        return this.#openQuestion(phase.question, phase.round + 1, nowMs);
      case "next":
        if (phase.kind === "question") return cannot("close the question first, or skip it.");
        return phase.kind === "next" ? this.#goOn(nowMs) : this.#nextQuestion(phase.question, nowMs);
      default:
        return this.#nextQuestion(phase.question, nowMs);
    }
  }

  #start(nowMs: number): RunEffect[] {
    return this.#plan.settings.pace === "all-at-once"
      ? this.#openQuestion("all", 1, nowMs)
      : this.#announce(0, nowMs);
  }

  #nextQuestion(question: OpenQuestion, nowMs: number): RunEffect[] {
    if (question === "all" || question + 1 >= this.#plan.questions.length)
      return this.#enter({ kind: "finished" }, nowMs);
    return this.#announce(question + 1, nowMs);
  }

  #announce(question: number, nowMs: number): RunEffect[] {
    if (question >= this.#plan.questions.length) return this.#enter({ kind: "finished" }, nowMs);
    const limitMs = this.#plan.settings.announceMs;
    if (limitMs === 0) return this.#openQuestion(question, 1, nowMs);
    return this.#enter({ kind: "next", question, elapsedMs: 0, limitMs, isPaused: false }, nowMs);
  }

  #openQuestion(question: OpenQuestion, round: number, nowMs: number): RunEffect[] {
    const { limitMs } = this.#plan.settings;
    return this.#enter({ kind: "question", question, round, elapsedMs: 0, limitMs, isPaused: false }, nowMs);
  }

  #after(
    kind: "closed" | "explanation",
    phase: TimedPhase & { question: OpenQuestion; round: number },
  ): Phase {
    const { pace, closedMs, explanationMs } = this.#plan.settings;
    const limitMs = pace !== "timed" ? undefined : kind === "closed" ? closedMs : explanationMs;
    return { kind, question: phase.question, round: phase.round, elapsedMs: 0, limitMs, isPaused: false };
  }

  #extend(byMs: number, nowMs: number): RunEffect[] {
    const { phase } = this.#timer;
    if (!("elapsedMs" in phase) || phase.limitMs === undefined)
      return impossible("extend", "nothing that has a time is running.");
    const limitMs = phase.limitMs + byMs;
    if (!(byMs > 0 && limitMs <= maxLimitMs))
      return impossible("extend", "a time is extended by more than nothing, and to a day at most.");
    return this.#enter({ ...phase, elapsedMs: this.#timer.elapsed(phase, nowMs), limitMs }, nowMs);
  }

  #enter(phase: Phase, nowMs: number): RunEffect[] {
    this.#timer.set(phase, nowMs);
    return [
      { kind: "keep", record: { kind: "phase", phase }, ticket: undefined },
      { kind: "show", phase },
      ...this.#timer.wake(nowMs),
    ];
  }
}
