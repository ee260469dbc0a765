/** The teacher's desk: which quiz runs, who sees it, and what the operator is told of it. One at a time. */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import type { BankQuestion } from "../../quiz/banks/question.ts";
import { parseRecords } from "../../quiz/run/record-lines.ts";
import { formatRunHead, parseRunHead, type RunHead } from "../../quiz/run/run-head.ts";
import { phaseTag, type OpenQuestion, type Phase } from "../../quiz/run/run-records.ts";
import { problemOfSettings, type RunSettings } from "../../quiz/run/run-settings.ts";
import type { LeftRun } from "../../quiz/run/run-store.ts";
import type { Classroom } from "../classroom.ts";
import { countEveryMs } from "../limits.ts";
import { LiveQuiz, type QuizStage } from "./live-quiz.ts";
import type { Peer } from "../peer/peer.ts";
import { tellCount, tellCountTo } from "./quiz-count.ts";
import {
  audienceOf,
  tellEnd,
  tellKept,
  tellOld,
  tellPhase,
  tellQuestions,
  tellQuiz,
  tellResult,
  tooLongQuestion,
} from "./quiz-audience.ts";
import { answeredLine, countLines, questionsOf, sentenceOf } from "./quiz-sentences.ts";
import type { Session } from "../session/session.ts";

/** What a teacher asks for. */
export interface QuizWish {
  title: string;
  /** What the journal and the results are called, if nothing is called so. */
  name: string;
  questions: readonly BankQuestion[];
  settings: RunSettings;
  /** For the order of questions and options. */
  seed: number;
  /** It waits until it is started. */
  isLobby: boolean;
}

export class QuizDesk implements QuizStage {
  readonly #classroom: Classroom;
  #quiz: LiveQuiz | undefined;
  #isBeginning = false;
  /** The phase that the class sees. */
  #shown = "";
  /** The question whose results nobody was told. */
  #untold: OpenQuestion | undefined;
  #counting: Timer | undefined;
  /** Questions that were answered since that was told last, in order. */
  readonly #counted = new Set<number>();
  #ending: Promise<void> = Promise.resolve();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  /** The quiz that runs, or the last that ran. */
  get quiz(): LiveQuiz | undefined {
    return this.#quiz;
  }

  get isRunning(): boolean {
    return this.#isBeginning || (this.#quiz !== undefined && !this.#quiz.isOver);
  }

  /** @throws ExpectedError with one sentence; then nothing has begun */
  async begin({ title, name, questions, settings, seed, isLobby }: QuizWish): Promise<LiveQuiz> {
    const classroom = this.#classroom;
    if (this.isRunning) throw new ExpectedError("a quiz is running; /stop ends it.");
    const problem = problemOfSettings(settings);
    if (problem !== undefined) throw new ExpectedError(problem);
    const head: RunHead = { number: classroom.quizNumber + 1, title, seed, settings, questions };
    const tooLong = tooLongQuestion(head);
    if (tooLong !== undefined) throw new ExpectedError(`question ${tooLong} is too long to be shown.`);
    this.#isBeginning = true;
    try {
      await this.#ending;
      const journal = await classroom.ports.runs.begin(name, formatRunHead(head));
      classroom.quizNumber++;
      this.#quiz = new LiveQuiz(head, journal, this);
    } finally {
      this.#isBeginning = false;
    }
    const quiz = this.#quiz;
    this.#shown = "";
    this.#untold = undefined;
    for (const member of audienceOf(classroom)) if (this.#take(member, quiz)) tellQuiz(member, quiz);
    if (isLobby) for (const member of audienceOf(classroom)) tellPhase(member, quiz, quiz.phase);
    else quiz.steer({ kind: "start" });
    return quiz;
  }

  /** Somebody has come in, or has come back. */
  arrive(member: Peer | Session): void {
    const quiz = this.#quiz;
    if (quiz === undefined || quiz.isOver) return;
    if (!this.#take(member, quiz)) return member.inform("This quiz has no room for one more.");
    const { phase } = quiz;
    tellQuiz(member, quiz);
    if (phase.kind === "question") tellQuestions(member, quiz, phase);
    tellPhase(member, quiz, phase);
    if (phase.kind === "question" || phase.kind === "closed") tellKept(member, quiz, phase);
    if (phase.kind === "explanation") tellResult(member, quiz, phase.question);
    if (member.role === "teacher") this.#watch(member, quiz);
  }

  /** Tells a teacher who has come in how many have answered what is asked. */
  #watch(member: Peer | Session, quiz: LiveQuiz): void {
    const { phase } = quiz;
    if (!("round" in phase) || !("capabilities" in member)) return;
    for (const question of questionsOf(quiz, phase.question))
      tellCountTo(member, quiz, question, phase.round);
  }

  /** Students take part; those who teach only look on. */
  #take(member: Peer | Session, quiz: LiveQuiz): boolean {
    return member.role === "teacher" || quiz.join(member.name, member.group);
  }

  /** Goes on with what a server before has left. */
  goOn(): void {
    const { ports } = this.#classroom;
    let left: LeftRun[];
    try {
      left = ports.runs.left();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return ports.screen.line(error.message);
    }
    for (const [index, run] of left.entries()) this.#goOnWith(run, index === left.length - 1);
  }

  /** The server ends. */
  async stop(): Promise<void> {
    clearTimeout(this.#counting);
    await this.#ending;
    await this.#quiz?.stop();
  }

  // Below: what the quiz tells.

  now(): number {
    return this.#classroom.ports.now();
  }

  show(quiz: LiveQuiz, phase: Phase): void {
    const classroom = this.#classroom;
    const tag = phaseTag(phase);
    const isSame = tag === this.#shown;
    this.#shown = tag;
    if (!isSame) this.#tellResults(quiz, phase);
    for (const member of audienceOf(classroom)) {
      if (!isSame && phase.kind === "question") tellQuestions(member, quiz, phase);
      tellPhase(member, quiz, phase);
      if (isSame || phase.kind === "closed") tellOld(member, sentenceOf(quiz, phase, isSame));
      if (phase.kind === "finished") tellEnd(member, quiz);
    }
    if (phase.kind === "question") this.#untold = phase.question;
    const lines = phase.kind === "closed" ? countLines(quiz, phase) : [sentenceOf(quiz, phase, isSame)];
    for (const line of lines) classroom.ports.screen.line(line);
    if ("round" in phase && !isSame)
      for (const question of questionsOf(quiz, phase.question))
        tellCount(classroom, quiz, question, phase.round);
    if (phase.kind !== "finished") return;
    clearTimeout(this.#counting);
    this.#counting = undefined;
    // Answers that are on their way to the disk still count.
    this.#ending = this.#end(quiz);
    classroom.background(this.#ending);
  }

  counted(quiz: LiveQuiz, question: number): void {
    this.#counted.delete(question);
    this.#counted.add(question);
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined;
      const answered = [...this.#counted];
      this.#counted.clear();
      const { phase } = quiz;
      if (phase.kind !== "question" || quiz !== this.#quiz) return;
      for (const each of answered) tellCount(this.#classroom, quiz, each, phase.round);
      this.#classroom.ports.screen.line(answeredLine(quiz, answered.at(-1) ?? 0, phase.round));
    }, countEveryMs);
  }

  disk(quiz: LiveQuiz, failure: string | undefined): void {
    this.#classroom.ports.screen.line(
      failure === undefined
        ? `The quiz '${quiz.head.title}' is kept again.`
        : `Nothing of the quiz '${quiz.head.title}' can be kept, so no answer is taken: ${failure}.`,
    );
  }

  #tellResults(quiz: LiveQuiz, phase: Phase): void {
    const question = this.#untold;
    if (question === undefined || phase.kind === "closed") return;
    if (phase.kind === "question" && phase.question === question) return;
    this.#untold = undefined;
    for (const member of audienceOf(this.#classroom)) tellResult(member, quiz, question);
  }

  async #end(quiz: LiveQuiz): Promise<void> {
    const { moderation, ports } = this.#classroom;
    await quiz.journal.settle();
    const written = await quiz.writeResults();
    let sentence: string;
    if ("failure" in written)
      sentence = `The results of '${quiz.journal.name}' could not be written: ${written.failure}; the next start tries again.`;
    else {
      await quiz.journal.putAside("done");
      sentence = `The results are in ${written.paths.join(" and ")}.`;
    }
    ports.screen.line(sentence);
    moderation.tellTeachers(sentence, undefined);
  }

  #goOnWith({ journal, text }: LeftRun, isLast: boolean): void {
    const classroom = this.#classroom;
    const { screen } = classroom.ports;
    const headEnd = text.indexOf("\n") + 1;
    const head = parseRunHead(text.slice(0, headEnd));
    if (head === undefined) {
      const tell = journal
        .putAside("damaged")
        .then((path) =>
          screen.line(`The quiz '${journal.name}' cannot be read; it is kept aside as ${path}.`),
        );
      return classroom.background(tell);
    }
    const { records, damagedLines } = parseRecords(text.slice(headEnd), head.questions);
    if (damagedLines.length > 0) {
      const lines = text
        .slice(headEnd)
        .split("\n")
        .filter((_, index) => !damagedLines.includes(index + 1));
      const tell = journal
        .replace(text.slice(0, headEnd) + lines.join("\n"))
        .then((path) =>
          screen.line(
            `${counted(damagedLines.length, "line")} of the quiz '${head.title}' cannot be read and ` +
              `${damagedLines.length === 1 ? "does" : "do"} not count${path === undefined ? "" : `; the journal as it was is ${path}`}.`,
          ),
        );
      classroom.background(tell);
    }
    const quiz = new LiveQuiz(head, journal, this, records);
    classroom.quizNumber = Math.max(classroom.quizNumber, head.number);
    if (quiz.isOver || !isLast) return classroom.background(this.#end(quiz));
    this.#quiz = quiz;
    const { phase } = quiz;
    this.#shown = phaseTag(phase);
    if (phase.kind === "question" || phase.kind === "closed") this.#untold = phase.question;
    screen.line(`The quiz '${head.title}' goes on: ${sentenceOf(quiz, phase, false)}`);
    quiz.wake();
  }
}
