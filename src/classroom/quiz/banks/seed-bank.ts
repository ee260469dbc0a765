/** A quiz of the first pcs, two files of text, as questions of a bank. */
import type { Quiz } from "../quiz-file.ts";
import { trimText } from "./plain-text.ts";
import type { BankQuestion } from "./question.ts";
import { splitOptions } from "./split-options.ts";

/** Options with letters become a choice; without options the answer is a short answer. */
export function seedBank({ questions, answers }: Quiz): BankQuestion[] {
  return questions.map(({ text, options }, index) => {
    const common = { title: "", category: "", text: trimText(text), feedback: "", id: "", tags: [] };
    const answer = answers[index]!;
    const lettered = splitOptions(options.join("\n"));
    if (lettered.length < 2)
      return { kind: "short", ...common, answers: [{ text: answer, weight: 1, feedback: "" }] };
    return {
      kind: "choice",
      ...common,
      single: true,
      options: lettered.map(({ letter, text }) => ({
        text: text === "" ? letter : text,
        weight: letter === answer ? 1 : 0,
        feedback: "",
      })),
    };
  });
}
