/** The quiz that runs: where it stands, its questions with their answers, and in the end one's own result. */
import { encodeControl } from "../../../src/classroom/protocol/v2/control.ts";
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { LastMoment } from "./last-moment.ts";
import { QuestionView } from "./question-view.ts";
import type { AskedQuestion, OwnAnswer } from "./quiz-model.ts";
import { listenForKeys } from "./quiz-keys.ts";
import { QuizTimer } from "./quiz-timer.ts";
import { answerWords, phaseWords, pointsWords } from "./quiz-words.ts";

export class QuizPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #title = element("h2");
  #where = element("p", { class: "where", role: "status" });
  #timer: QuizTimer;
  #questions = element("div", { class: "questions" });
  #whole = element("div", { class: "whole" });
  #views = new Map<number, QuestionView>();
  #lastMoment = new LastMoment(() => this.#sendEntered());
  #quiz: number | undefined;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#timer = new QuizTimer(classroom.quiz);
    this.root = element(
      "section",
      { class: "card quiz", "aria-label": "Quiz", "data-panel": "quiz", tabindex: "0" },
      this.#title,
      this.#where,
      this.#timer.root,
      this.#questions,
      this.#whole,
    );
    classroom.changes.on(["quiz"], () => this.#show());
    listenForKeys(() => {
      const { quiz } = classroom;
      return quiz.current === undefined ? undefined : this.#views.get(quiz.current);
    });
    this.#show();
  }

  #show(): void {
    const { quiz } = this.#classroom;
    if (quiz.number !== this.#quiz) {
      this.#quiz = quiz.number;
      this.#views.clear();
      this.#questions.replaceChildren();
    }
    this.root.toggleAttribute("data-running", quiz.isRunning);
    this.#title.textContent = quiz.title === "" ? "Quiz" : quiz.title;
    this.#where.textContent = phaseWords(quiz);
    this.#timer.show();
    const shown = quiz.isOneByOne ? this.#currentOnly() : [...quiz.questions.values()];
    for (const question of shown) this.#showQuestion(question);
    const numbers = new Set(shown.map(({ content }) => content.number));
    for (const [number, view] of this.#views) view.root.hidden = !numbers.has(number);
    this.#showWhole();
    this.#lastMoment.set(quiz.isRunning ? quiz.endsMs : undefined);
  }

  /** The time is up in a moment: what was entered counts, although nobody has pressed the button. */
  #sendEntered(): void {
    for (const [number, view] of this.#views) if (view.unsent !== "") this.#answer(number, view.unsent);
  }

  #currentOnly(): AskedQuestion[] {
    const { quiz } = this.#classroom;
    const isPast = quiz.phase === "finished" || quiz.phase === "lobby" || quiz.phase === "next";
    const current = isPast || quiz.current === undefined ? undefined : quiz.questions.get(quiz.current);
    return current === undefined ? [] : [current];
  }

  #showQuestion(question: AskedQuestion): void {
    const { quiz } = this.#classroom;
    const { number, round } = question.content;
    let view = this.#views.get(number);
    if (view === undefined || view.round !== (round ?? 1)) {
      const made = new QuestionView(question.content, quiz.pace !== undefined, (text) =>
        this.#answer(number, text),
      );
      if (view === undefined) this.#questions.append(made.root);
      else view.root.replaceWith(made.root);
      this.#views.set(number, made);
      view = made;
    }
    // Teachers see the question, and take no part.
    const isOpen = quiz.isOpen(number) && !this.#classroom.isTeacher;
    const isExplained = view.show(question.answer, isOpen, quiz.results.get(number));
    if (isExplained && quiz.isOneByOne) view.showResultNow();
  }

  #answer(number: number, text: string): void {
    const { quiz } = this.#classroom;
    const question = quiz.questions.get(number);
    if (question === undefined || quiz.number === undefined || !quiz.isOpen(number)) return;
    const { round } = question.content;
    const elapsedMs = Math.max(0, Math.floor(performance.now() - question.shownMs));
    const content = {
      quiz: quiz.number,
      number,
      answer: text,
      elapsedMs,
      ...(round === undefined ? {} : { round }),
    };
    const before = question.answer;
    const answer: OwnAnswer = { text, state: "sending", problem: undefined };
    question.answer = answer;
    this.#request(content, answer, () => {
      // What was kept before counts on.
      if (before?.state === "kept") question.answer = { ...before, problem: answer.problem };
    });
  }

  #request(
    content: Omit<Parameters<typeof encodeControl<"answer">>[1], "tag">,
    answer: OwnAnswer,
    whenRefused: () => void,
  ): void {
    const { changes } = this.#classroom;
    this.#classroom.requests.add((tag) => encodeControl("answer", { tag, ...content }), {
      kept: () => {
        answer.state = "kept";
        changes.tell("quiz");
      },
      dealtWith: () => {
        answer.state = "dealt with";
        changes.tell("quiz");
      },
      refused: (problem) => {
        answer.state = "refused";
        answer.problem = problem;
        whenRefused();
        changes.tell("quiz");
      },
    });
    changes.tell("quiz");
  }

  /** What concerns the quiz as a whole: the one answer of a quiz of the first protocol, and the end. */
  #showWhole(): void {
    const { quiz } = this.#classroom;
    if (quiz.end !== undefined) {
      this.#whole.replaceChildren(
        element("p", { class: "end", role: "status" }, quiz.end.text ?? "The quiz is over."),
        // Teachers take no part, and have no points.
        ...(quiz.end.score === undefined || this.#classroom.isTeacher
          ? []
          : [element("p", { class: "points" }, pointsWords(quiz.end))]),
      );
      return;
    }
    if (!quiz.isRunning || quiz.pace !== undefined || this.#classroom.isTeacher)
      return this.#whole.replaceChildren();
    const { wholeAnswer } = quiz;
    const send = element("button", { type: "button", class: "main" }, "Send all answers");
    send.disabled = wholeAnswer !== undefined && wholeAnswer.state !== "refused";
    send.addEventListener("click", () => this.#answerWhole());
    const words = wholeAnswer === undefined ? "Your first answer counts." : answerWords(wholeAnswer);
    this.#whole.replaceChildren(send, element("p", { class: "hint", role: "status" }, words));
  }

  #answerWhole(): void {
    const { quiz } = this.#classroom;
    if (quiz.number === undefined) return;
    const chosen = Array.from(this.#views.values(), (view) => view.chosen);
    const missing = chosen.findIndex((each) => each === "");
    if (missing >= 0) return this.#classroom.note(`Question ${missing + 1} has no answer yet.`);
    const answer: OwnAnswer = { text: chosen.join(" "), state: "sending", problem: undefined };
    quiz.wholeAnswer = answer;
    this.#request({ quiz: quiz.number, answer: answer.text }, answer, () => {});
  }
}
