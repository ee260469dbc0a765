/** An answer in words, as a person reads it in a table. */
import type { BankQuestion } from "../banks/question.ts";
import { matchAnswers, type GivenAnswer } from "../run/given-answer.ts";

export function givenText(question: BankQuestion, given: GivenAnswer): string {
  switch (given.kind) {
    case "choice":
      return given.options
        .map((index) => (question.kind === "choice" ? (question.options[index]?.text ?? "?") : "?"))
        .join("; ");
    case "true-false":
      return String(given.value);
    case "text":
      return given.text;
    case "number":
      return String(given.value);
    case "match": {
      if (question.kind !== "match") return "?";
      const answers = matchAnswers(question);
      return question.pairs
        .map(({ prompt }, index) => `${prompt} -> ${answers[given.matches[index] ?? -1] ?? "?"}`)
        .join("; ");
    }
    default:
      return given.items
        .map((index) => (question.kind === "order" ? (question.items[index] ?? "?") : "?"))
        .join(" < ");
  }
}
