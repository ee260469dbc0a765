/**
 * The answers of a quiz, kept for whoever wants to look at them: JSON without loss, from which the analysis is made,
 * and CSV for a spreadsheet.
 *
 *      {"format": "pcs-results", "version": 1, "title": "…", "isSurvey": false, "questions": [as pcs-questions],
 *       "students": [{"name": "Ann", "team": "red"}],
 *       "answers": [{"student": 0, "question": 2, "round": 1, "given": {…}, "elapsedMs": 8300, "points": 750}]}
 *
 * `student` and `question` are numbers from 0 into these lists; `given` is in the bank's numbers.
 */
import type { BankQuestion } from "../banks/question.ts";
import { formatCsv } from "../banks/csv-table.ts";
import { compactJson } from "../banks/json-question.ts";
import { gradeAnswer } from "../run/grade-answer.ts";
import type { GivenAnswer } from "../run/given-answer.ts";
import type { AnswerBook } from "../run/answer-book.ts";
import { givenText } from "./given-text.ts";

export const resultsFormat = "pcs-results";
export const resultsVersion = 1;

export interface ResultAnswer {
  readonly student: number;
  readonly question: number;
  /** 1, or more where it was voted on again. */
  readonly round: number;
  readonly given: GivenAnswer;
  readonly elapsedMs: number;
  readonly points: number;
}

export interface QuizResults {
  readonly title: string;
  readonly isSurvey: boolean;
  readonly questions: readonly BankQuestion[];
  readonly students: readonly { readonly name: string; readonly team: string }[];
  /** One a student and question at most. */
  readonly answers: readonly ResultAnswer[];
}

/** The results of a run as they are now. */
export function resultsOfBook(
  title: string,
  isSurvey: boolean,
  questions: readonly BankQuestion[],
  book: AnswerBook,
): QuizResults {
  const students = Array.from(book.students.values());
  const numbers = new Map(students.map(({ student }, index) => [student, index]));
  const answers = Array.from(book.results(), ({ record, points }) => ({
    student: numbers.get(record.student) ?? -1,
    question: record.question,
    round: record.round,
    given: record.given,
    elapsedMs: record.elapsedMs,
    points,
  })).filter(({ student }) => student >= 0);
  return {
    title,
    isSurvey,
    questions,
    students: students.map(({ name, team }) => ({ name, team })),
    answers,
  };
}

export function formatResultsJson({ title, isSurvey, questions, students, answers }: QuizResults): string {
  return (
    `{"format": "${resultsFormat}", "version": ${resultsVersion}, "title": ${JSON.stringify(title)}, ` +
    `"isSurvey": ${isSurvey}, "questions": [\n${jsonLines(questions.map(compactJson))}\n], "students": [\n` +
    `${jsonLines(students)}\n], "answers": [\n${jsonLines(answers)}\n]}\n`
  );
}

/** A row a student and question that takes an answer, also where there is none. */
export function formatResultsCsv({ questions, students, answers }: QuizResults): string {
  const given = new Map(answers.map((answer) => [`${answer.student} ${answer.question}`, answer]));
  const rows = [
    ["student", "team", "number", "question", "round", "answer", "fraction", "points", "seconds"],
  ];
  for (const [student, { name, team }] of students.entries())
    for (const [index, question] of questions.entries()) {
      if (question.kind === "description") continue;
      const answer = given.get(`${student} ${index}`);
      const start = [name, team, String(index + 1), question.title || question.text];
      if (answer === undefined) rows.push([...start, "", "", "0", "0", ""]);
      else {
        const { fraction } = gradeAnswer(question, answer.given);
        rows.push([
          ...start,
          String(answer.round),
          givenText(question, answer.given),
          fraction === undefined ? "" : String(Number(fraction.toFixed(7))),
          String(answer.points),
          (answer.elapsedMs / 1_000).toFixed(3),
        ]);
      }
    }
  return formatCsv(rows);
}

function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `  ${JSON.stringify(value)}`).join(",\n");
}
