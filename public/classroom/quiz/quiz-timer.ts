/** How long what is open stays open. */
import { element } from "../../lib/dom.ts";
import type { QuizModel } from "./quiz-model.ts";

const everyMs = 250;

export class QuizTimer {
  readonly root = element("p", { class: "timer" });
  #quiz: QuizModel;
  #bar = element("progress", { "aria-hidden": "true" });
  #words = element("span");

  constructor(quiz: QuizModel) {
    this.#quiz = quiz;
    this.root.append(this.#bar, this.#words);
    setInterval(() => this.show(), everyMs);
  }

  show(): void {
    const { endsMs, isPaused, isRunning, current } = this.#quiz;
    const leftMs = isPaused
      ? this.#quiz.leftMs
      : endsMs === undefined
        ? undefined
        : endsMs - performance.now();
    this.root.hidden = leftMs === undefined || !isRunning;
    if (leftMs === undefined) return;
    const wholeMs = (this.#quiz.questions.get(current ?? 1)?.content.seconds ?? leftMs / 1_000) * 1_000;
    this.#bar.max = Math.max(1, wholeMs);
    this.#bar.value = Math.max(0, Math.min(wholeMs, leftMs));
    const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
    const words =
      seconds >= 120 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left` : `${seconds} s left`;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.root.toggleAttribute("data-soon", seconds <= 5);
  }
}
