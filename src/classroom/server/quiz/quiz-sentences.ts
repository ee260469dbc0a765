/** What the console and old clients are told of a quiz, in sentences. */
import { counted } from "../../../lib/counted.ts";
import type { AskedPhase, OpenQuestion, Phase } from "../../quiz/run/run-records.ts";
import { shownLetter } from "../../quiz/run/typed-answer.ts";
import type { LiveQuiz } from "./live-quiz.ts";

/** What is going on, in a sentence. @param isSame only its time or its pause has changed */
export function sentenceOf({ head }: LiveQuiz, phase: Phase, isSame: boolean): string {
  const { questions, title } = head;
  if (phase.kind === "lobby") return `The quiz '${title}' has not started.`;
  if (phase.kind === "finished") return `The quiz '${title}' is over.`;
  const which =
    phase.question === "all"
      ? `all ${counted(questions.length, "question")}`
      : `question ${phase.question + 1} of ${questions.length}`;
  const left =
    phase.limitMs === undefined
      ? ""
      : `, ${Math.ceil(Math.max(0, phase.limitMs - phase.elapsedMs) / 1_000)} s left`;
  if (phase.isPaused) return `The quiz is paused at ${which}${left}.`;
  if (isSame) return `The quiz goes on with ${which}${left}.`;
  const start = which.charAt(0).toUpperCase() + which.slice(1);
  const isOne = phase.question !== "all";
  switch (phase.kind) {
    case "next":
      return `${start} comes next.`;
    case "question":
      return `${start} ${isOne ? "is" : "are"} open${left}.`;
    case "closed":
      return `${start} ${isOne ? "is" : "are"} closed.`;
    default:
      return `${start} ${isOne ? "is" : "are"} explained.`;
  }
}

export function answeredLine({ book }: LiveQuiz, question: number, round: number): string {
  return `Question ${question + 1}: ${book.answeredCount(question, round)} of ${counted(book.students.size, "student")} answered.`;
}

/** How many have answered, and what they chose: letters as in the bank. */
export function countLines(quiz: LiveQuiz, phase: AskedPhase): string[] {
  const { question, round } = phase;
  return [
    sentenceOf(quiz, phase, false),
    ...questionsOf(quiz, question).map((number) => {
      const counts = quiz.book.optionCounts(number, round);
      const chosen = counts.map((count, place) => `${shownLetter(place)} ${count}`).join(", ");
      return `${answeredLine(quiz, number, round)}${chosen === "" ? "" : ` ${chosen}.`}`;
    }),
  ];
}

/** The numbers of those that are meant, from 0. */
export function questionsOf({ head }: LiveQuiz, question: OpenQuestion): number[] {
  return question === "all" ? head.questions.map((_, index) => index) : [question];
}
