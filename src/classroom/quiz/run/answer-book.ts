/** Who takes part in a run, what each has answered, and what that is worth. */
import { nameKey } from "../../accounts/person-name.ts";
import type { BankQuestion } from "../banks/question.ts";
import { gradeAnswer, type Grade } from "./grade-answer.ts";
import { pointsOf } from "./points.ts";
import type { AnswerRecord, JoinRecord } from "./run-records.ts";
import type { RunSettings } from "./run-settings.ts";

export interface Result extends Grade {
  readonly record: AnswerRecord;
  readonly points: number;
  /** How many answers this student gave to the question. */
  readonly count: number;
}

export interface Standing {
  readonly name: string;
  readonly points: number;
}

export class AnswerBook {
  readonly #questions: readonly BankQuestion[];
  readonly #settings: RunSettings;
  readonly #students = new Map<string, JoinRecord>();
  /** By question, then by student: the last answer, with what it was worth when it was given. */
  readonly #answers: Map<string, Result>[];
  /** By question, then by round: how many have answered last in it. */
  readonly #counts: Map<number, number>[];
  readonly #totals = new Map<string, number>();
  /** Each as it was written first, by its key. */
  readonly #teams = new Map<string, string>();

  constructor(questions: readonly BankQuestion[], settings: RunSettings) {
    this.#questions = questions;
    this.#settings = settings;
    this.#answers = questions.map(() => new Map());
    this.#counts = questions.map(() => new Map());
  }

  get students(): ReadonlyMap<string, JoinRecord> {
    return this.#students;
  }

  join(record: JoinRecord): void {
    this.#students.set(record.student, record);
    if (record.team === "") return;
    const key = nameKey(record.team);
    if (!this.#teams.has(key)) this.#teams.set(key, record.team);
  }

  /** What belongs to no question is left out. @param limitMs the question's time, by which its speed is measured */
  keep(record: AnswerRecord, limitMs: number | undefined): void {
    const question = this.#questions[record.question];
    if (question === undefined) return;
    const grade = gradeAnswer(question, record.given);
    const points = this.#settings.isSurvey
      ? 0
      : pointsOf(grade.fraction, record.elapsedMs, limitMs, this.#settings.points);
    const answers = this.#answers[record.question]!;
    const before = answers.get(record.student);
    answers.set(record.student, { ...grade, record, points, count: (before?.count ?? 0) + 1 });
    if (before !== undefined) this.#count(record.question, before.record.round, -1);
    this.#count(record.question, record.round, 1);
    this.#totals.set(
      record.student,
      (this.#totals.get(record.student) ?? 0) + points - (before?.points ?? 0),
    );
  }

  /** The last answer of a student to a question. */
  resultOf(student: string, question: number): Result | undefined {
    return this.#answers[question]?.get(student);
  }

  /** How many have answered a question in a round. */
  answeredCount(question: number, round: number): number {
    return this.#counts[question]?.get(round) ?? 0;
  }

  /** How many chose each option of a question; of words and numbers nothing is counted here. */
  optionCounts(question: number, round: number): number[] {
    const { kind } = this.#questions[question]!;
    const counts = Array.from({ length: optionCountOf(this.#questions[question]!) }, () => 0);
    for (const { record } of this.#answers[question]!.values()) {
      const { given } = record;
      if (record.round !== round) continue;
      if (kind === "true-false" && given.kind === "true-false") counts[given.value ? 0 : 1]!++;
      if (kind === "choice" && given.kind === "choice") for (const option of given.options) counts[option]!++;
    }
    return counts;
  }

  pointsOf(student: string): number {
    return rounded(this.#totals.get(student) ?? 0);
  }

  /** The most points first; of equals in the order of their names. */
  standings(): Standing[] {
    return ordered(
      Array.from(this.#students.values(), ({ name, student }) => ({ name, points: this.pointsOf(student) })),
    );
  }

  /** The team that is meant, as the first of it wrote the name: case makes no other team. */
  teamName(team: string): string {
    return this.#teams.get(nameKey(team)) ?? team;
  }

  /** Whether somebody is in it. @param team with any case */
  hasTeam(team: string): boolean {
    return this.#teams.has(nameKey(team));
  }

  /** A team has the mean of its members' points, so that a large one has no advantage. */
  teamStandings(): Standing[] {
    const teams = Map.groupBy(
      Array.from(this.#students.values()).filter(({ team }) => team !== ""),
      ({ team }) => team,
    );
    return ordered(
      Array.from(teams, ([name, members]) => ({
        name,
        points: rounded(
          members.reduce((sum, { student }) => sum + this.pointsOf(student), 0) / members.length,
        ),
      })),
    );
  }

  #count(question: number, round: number, by: number): void {
    const counts = this.#counts[question]!;
    counts.set(round, (counts.get(round) ?? 0) + by);
  }

  /** Every answer that counts, by question and then in the order they came. */
  *results(): Generator<Result> {
    for (const answers of this.#answers) yield* answers.values();
  }
}

function optionCountOf(question: BankQuestion): number {
  return question.kind === "choice" ? question.options.length : question.kind === "true-false" ? 2 : 0;
}

function ordered(standings: Standing[]): Standing[] {
  return standings.sort((a, b) => b.points - a.points || (a.name < b.name ? -1 : 1));
}

/** Sums of two decimals. */
function rounded(points: number): number {
  return Math.round(points * 100) / 100 + 0;
}
