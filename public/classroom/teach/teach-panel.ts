/** What a teacher does: quizzes, the class, and what was done last. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { ClassControls } from "./class-controls.ts";
import { CollectPanel } from "./collect-panel.ts";
import { joinCode } from "./join-code.ts";
import { QuizStart } from "./quiz-start.ts";
import { QuizSteering } from "./quiz-steering.ts";

export class TeachPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #done = element("pre", { class: "done", role: "status", "aria-label": "What was done" });

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.root = element(
      "section",
      { class: "card teach", "aria-label": "Teaching", "data-panel": "teach", tabindex: "0" },
      new QuizSteering(classroom).root,
      // Beside what it answers: a leaderboard at the end of all would be out of a phone's sight.
      this.#done,
      new QuizStart(classroom).root,
      new CollectPanel(classroom).root,
      new ClassControls(classroom).root,
      joinCode(),
    );
    classroom.changes.on(["teach"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const text = this.#classroom.teach.done.slice(-3).join("\n");
    if (this.#done.textContent !== text) this.#done.textContent = text;
    this.#done.hidden = text === "";
  }
}
