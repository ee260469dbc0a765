/** The quiz that runs: what a teacher can do with it now, and what has come in so far. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { LiveBars } from "./live-bars.ts";

type Word = Control<"steer">["do"];

const titles: Partial<Record<Word, string>> = {
  start: "Start",
  close: "Close",
  explain: "Explain",
  next: "Next",
  again: "Vote again",
  skip: "Skip",
  pause: "Pause",
  resume: "Go on",
  extend: "+30 s",
  results: "Write results",
  leaderboard: "Leaderboard",
  stop: "End the quiz",
};

const byPhase: Record<string, readonly Word[]> = {
  lobby: ["start", "stop"],
  next: ["next", "skip", "stop"],
  question: ["close", "pause", "extend", "skip", "results", "stop"],
  closed: ["explain", "next", "again", "results", "leaderboard", "stop"],
  explanation: ["next", "again", "results", "leaderboard", "stop"],
};

export class QuizSteering {
  readonly root = element("div", { class: "steering" });
  #classroom: Classroom;
  #buttons = new Map<Word, HTMLButtonElement>();
  #answered = element("p", { class: "answered", role: "status" });
  #bars = new LiveBars();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const row = element("div", { class: "line", role: "group", "aria-label": "Steer the quiz" });
    for (const [word, title] of Object.entries(titles) as [Word, string][]) {
      const button = element("button", { type: "button" }, title);
      button.addEventListener("click", () =>
        classroom.steer({ do: word, ...(word === "extend" ? { seconds: 30 } : {}) }),
      );
      this.#buttons.set(word, button);
      row.append(button);
    }
    this.root.append(element("h2", {}, "The quiz"), row, this.#answered, this.#bars.root);
    classroom.changes.on(["quiz", "teach"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { quiz, teach } = this.#classroom;
    this.root.hidden = !quiz.isRunning;
    const words = quiz.isPaused ? (["resume", "stop"] as const) : (byPhase[quiz.phase ?? "question"] ?? []);
    const shown = new Set<Word>(words);
    for (const [word, button] of this.#buttons) {
      button.hidden = !shown.has(word);
      button.classList.toggle("main", word === words[0]);
    }
    const number = quiz.current ?? 1;
    const count = quiz.isOneByOne ? teach.counts.get(number) : [...teach.counts.values()].at(-1);
    this.#answered.textContent = count === undefined ? "" : `${count.answered} of ${count.of} have answered`;
    const options = quiz.questions.get(count?.number ?? number)?.content.options ?? [];
    this.#bars.show(quiz.isRunning ? count : undefined, options);
  }
}
