/** One question: its text, the way of answering that its form wants, what became of the answer, and the explanation. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { element } from "../../lib/dom.ts";
import { makeField, type AnswerField } from "./answer-fields.ts";
import type { OwnAnswer } from "./quiz-model.ts";
import { answerWords, pointsWords, verdictOf } from "./quiz-words.ts";

export class QuestionView {
  readonly root: HTMLElement;
  readonly round: number;
  #field: AnswerField;
  #state = element("p", { class: "answer-state", role: "status" });
  #result = element("div", { class: "result", role: "status" });
  #answer: OwnAnswer | undefined;
  #resultShown: Control<"result"> | undefined;

  /** @param isSentAlone whether this question is answered by itself, and not with all others at once */
  constructor(content: Control<"question">, isSentAlone: boolean, answer: (text: string) => void) {
    this.round = content.round ?? 1;
    const id = `question-${content.number}`;
    this.#field = makeField(content, id, isSentAlone ? answer : () => {}, isSentAlone);
    this.root = element(
      "article",
      { class: "question", "aria-labelledby": id },
      this.round > 1 ? element("p", { class: "hint" }, `Vote again, round ${this.round}`) : undefined,
      element("h3", { id }, `${content.number}. `, element("span", { class: "text" }, content.text)),
      this.#field.root,
      this.#state,
      this.#result,
    );
  }

  /** What is chosen, as it would be sent. */
  get chosen(): string {
    return this.#field.value();
  }

  /** What somebody has entered and not sent; empty where there is an answer. */
  get unsent(): string {
    return this.#answer === undefined && this.#field.isEntered?.() === true ? this.chosen : "";
  }

  /** @returns whether there is a result that was not there before */
  show(answer: OwnAnswer | undefined, isOpen: boolean, result: Control<"result"> | undefined): boolean {
    if (answer !== this.#answer) {
      this.#answer = answer;
      if (answer !== undefined) this.#field.set(answer.text);
    }
    this.#field.enable(isOpen && answer?.state !== "sending");
    const words = answer === undefined ? "" : answerWords(answer);
    if (this.#state.textContent !== words) this.#state.textContent = words;
    this.#state.dataset["state"] = answer?.state ?? "";
    if (result === this.#resultShown) return false;
    this.#showResult(result);
    return result !== undefined;
  }

  /** Below the options the result may be out of sight. */
  showResultNow(): void {
    this.#result.scrollIntoView({ block: "nearest" });
  }

  /** Presses the option at this place. @returns whether there is one */
  choose(at: number): boolean {
    return this.#field.choose?.(at) ?? false;
  }

  send(): boolean {
    return this.#field.send?.() ?? false;
  }

  #showResult(result: Control<"result"> | undefined): void {
    this.#resultShown = result;
    if (result === undefined) return this.#result.replaceChildren();
    const { kind, text } = verdictOf(result);
    const { right, feedback } = result;
    this.#result.dataset["verdict"] = kind;
    this.#result.replaceChildren(
      ...(text === "" ? [] : [element("p", { class: "verdict" }, text)]),
      ...(right === undefined ? [] : [element("p", {}, element("b", {}, "Right: "), right)]),
      ...(feedback === undefined ? [] : [element("p", { class: "text" }, feedback)]),
      ...(result.score === undefined ? [] : [element("p", { class: "hint" }, pointsWords(result))]),
    );
  }
}
