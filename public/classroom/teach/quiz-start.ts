/** A quiz out of the server's folder: which file, at whose pace, and how. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { BankUpload } from "./bank-upload.ts";

const paces = [
  ["paced", "I go on"],
  ["timed", "by itself, after"],
  ["all", "all at once"],
] as const;

const extras = [
  ["shuffle", "shuffled"],
  ["speed", "points for speed"],
  ["change", "answers may be changed"],
  ["survey", "survey, nothing is right"],
  ["lobby", "wait for me to start"],
] as const;

export class QuizStart {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #file = element("select", { id: "bank" });
  #pace = element("select", { id: "pace" });
  #seconds = element("input", { id: "seconds", type: "number", min: "1", max: "86400", value: "30" });
  #extras = new Map<string, HTMLInputElement>();
  #start = element("button", { type: "submit", class: "main" }, "Start the quiz");

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#pace.append(...paces.map(([value, words]) => element("option", { value }, words)));
    const boxes = extras.map(([word, words]) => {
      const box = element("input", { type: "checkbox", id: `quiz-${word}` });
      this.#extras.set(word, box);
      return element("label", { class: "check", for: `quiz-${word}` }, box, words);
    });
    const refresh = element("button", { type: "button" }, "Look again");
    refresh.addEventListener("click", () => classroom.askBanks());
    const form = element(
      "form",
      { class: "join" },
      element("label", { for: "bank" }, "Questions"),
      element("div", { class: "line" }, this.#file, refresh),
      new BankUpload(classroom).root,
      element("label", { for: "pace" }, "Pace"),
      this.#pace,
      element("label", { for: "seconds" }, "Seconds a question (empty: no limit)"),
      this.#seconds,
      element(
        "fieldset",
        { class: "checks" },
        element("legend", { class: "visually-hidden" }, "How"),
        ...boxes,
      ),
      this.#start,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.root = element(
      "details",
      { class: "start", open: "" },
      element("summary", {}, "Start a quiz"),
      form,
    );
    classroom.changes.on(["teach", "quiz"], () => this.#show());
    this.#show();
  }

  #begin(): void {
    const file = this.#file.value;
    if (file === "") return this.#classroom.note("Choose a file of questions first.");
    const pace = this.#pace.value;
    const seconds = this.#seconds.value.trim();
    if (pace === "timed" && seconds === "") return this.#classroom.note("A timed quiz needs its seconds.");
    const chosen = [...this.#extras].filter(([, box]) => box.checked).map(([word]) => word);
    const words = [pace, ...(seconds === "" ? [] : [seconds]), ...chosen].join(" ");
    this.#classroom.steer({ do: "begin", file, words });
  }

  /** A file that has just come is chosen, once. */
  #chosen(): string {
    const { teach } = this.#classroom;
    const { newBank } = teach;
    if (newBank === undefined || !teach.banks.includes(newBank)) return this.#file.value;
    teach.newBank = undefined;
    return newBank;
  }

  #show(): void {
    const { teach, quiz } = this.#classroom;
    const chosen = this.#chosen();
    this.#file.replaceChildren(
      ...(teach.banks.length === 0
        ? [element("option", { value: "" }, "none on the server yet")]
        : teach.banks.map((file) => element("option", { value: file }, file))),
    );
    if (teach.banks.includes(chosen)) this.#file.value = chosen;
    this.root.hidden = quiz.isRunning;
  }
}
