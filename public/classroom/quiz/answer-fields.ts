/** The ways of answering, by the form of a question (PROTOCOL.md §11): what is shown, and what is sent. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { element } from "../../lib/dom.ts";
import { splitOptions } from "../../../src/classroom/quiz/banks/split-options.ts";
import { orderField } from "./order-field.ts";

export interface AnswerField {
  readonly root: HTMLElement;
  /** What would be sent; empty where nothing is chosen. */
  value(): string;
  /** Shows an answer that was given. */
  set(answer: string): void;
  enable(isOpen: boolean): void;
  /** Chooses the option at this place. @returns whether there is one to be chosen now */
  choose?(at: number): boolean;
  /** @returns whether something was sent */
  send?(): boolean;
  /** Whether somebody has touched it. */
  isEntered?(): boolean;
}

type Question = Control<"question">;

/**
 * @param labelledBy the id of what the field is called by
 * @param isSentAlone false: the answer goes with those of all other questions
 */
export function makeField(
  question: Question,
  labelledBy: string,
  answer: (text: string) => void,
  isSentAlone: boolean,
): AnswerField {
  switch (question.form) {
    case "none":
      return { root: element("div"), value: () => "", set() {}, enable() {} };
    case "choices":
      return withSend(
        optionField(question, labelledBy, true, () => {}),
        answer,
        isSentAlone,
      );
    case "text":
    case "number":
      return withSend(textField(question, labelledBy), answer, isSentAlone);
    case "match":
      return withSend(matchField(question, labelledBy), answer, isSentAlone);
    case "order":
      return withSend(orderField(lettersOf(question), labelledBy), answer, isSentAlone);
    default:
      if (lettersOf(question).length < 2)
        return withSend(textField(question, labelledBy), answer, isSentAlone);
      return optionField(question, labelledBy, false, answer);
  }
}

/** The letter of each option, which stands in front of it, and its text. */
export function lettersOf({ options, form }: Question): { letter: string; text: string }[] {
  // In a quiz of the first protocol several may share a line.
  if (form === undefined) return splitOptions(options.join("\n"));
  return options.map((option, at) => {
    const match = /^([a-z]+)\.\s*/.exec(option);
    return match === null
      ? { letter: String.fromCharCode(97 + (at % 26)), text: option }
      : { letter: match[1]!, text: option.slice(match[0].length) };
  });
}

/** Large buttons: one press answers, or where several may be chosen turns one on and off. */
function optionField(
  question: Question,
  labelledBy: string,
  isMany: boolean,
  answer: (text: string) => void,
): AnswerField {
  const options = lettersOf(question);
  const root = element("div", { class: "options", role: "group", "aria-labelledby": labelledBy });
  const buttons = options.map(({ letter, text }) => {
    const button = element(
      "button",
      { type: "button", class: "option", "aria-pressed": "false" },
      element("span", { class: "letter" }, letter),
      element("span", { class: "text" }, text),
    );
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const wasPressed = isPressed(button);
      if (!isMany) for (const each of buttons) each.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", String(!isMany || !wasPressed));
      if (!isMany) answer(letter);
    });
    return button;
  });
  if (isMany) root.append(element("p", { class: "hint" }, "Several may be right."));
  root.append(...buttons);
  return {
    root,
    value: () =>
      options
        .filter((_, at) => isPressed(buttons[at]!))
        .map(({ letter }) => letter)
        .join(" "),
    set(given) {
      const letters = new Set(given.toLowerCase().split(/[\s,;]+/));
      for (const [at, button] of buttons.entries())
        button.setAttribute("aria-pressed", String(letters.has(options[at]!.letter)));
    },
    enable(isOpen) {
      // They stay where the keyboard can find them: what was chosen is read there.
      for (const button of buttons) button.setAttribute("aria-disabled", String(!isOpen));
    },
    choose(at) {
      const button = buttons[at];
      if (button === undefined || button.getAttribute("aria-disabled") === "true") return false;
      button.click();
      return true;
    },
  };
}

function isPressed(button: HTMLElement): boolean {
  return button.getAttribute("aria-pressed") === "true";
}

function textField({ form }: Question, labelledBy: string): AnswerField {
  const input = element("input", {
    class: "typed-answer",
    autocomplete: "off",
    inputmode: form === "number" ? "decimal" : "text",
    "aria-labelledby": labelledBy,
    maxlength: "1000",
  });
  return {
    root: element("div", { class: "line" }, input),
    value: () => input.value.trim(),
    set: (given) => (input.value = given),
    enable: (isOpen) => (input.readOnly = !isOpen),
  };
}

function matchField(question: Question, labelledBy: string): AnswerField {
  const options = lettersOf(question);
  const selects = (question.prompts ?? []).map((prompt) =>
    element(
      "select",
      { "aria-label": prompt },
      element("option", { value: "-" }, "choose …"),
      ...options.map(({ letter, text }) => element("option", { value: letter }, text)),
    ),
  );
  const rows = selects.map((select, at) =>
    element("p", { class: "pair" }, element("span", { class: "text" }, question.prompts?.[at] ?? ""), select),
  );
  return {
    root: element("div", { class: "pairs", role: "group", "aria-labelledby": labelledBy }, ...rows),
    value: () =>
      selects.every(({ value }) => value === "-") ? "" : selects.map(({ value }) => value).join(" "),
    set(given) {
      for (const [at, letter] of given.split(/\s+/).entries())
        if (selects[at] !== undefined) selects[at].value = letter;
    },
    enable(isOpen) {
      for (const select of selects) select.disabled = !isOpen;
    },
  };
}

/** A field whose answer is sent by a button, or by Enter. */
function withSend(field: AnswerField, answer: (text: string) => void, isSentAlone: boolean): AnswerField {
  if (!isSentAlone) return field;
  const button = element("button", { type: "submit", class: "main" }, "Send answer");
  const form = element("form", { class: "answer-form" }, field.root, button);
  let isEntered = false;
  for (const touch of ["input", "click"]) field.root.addEventListener(touch, () => (isEntered = true));
  const send = (): boolean => {
    if (button.disabled || field.value() === "") return false;
    answer(field.value());
    return true;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return {
    ...field,
    root: form,
    send,
    isEntered: () => isEntered,
    enable(isOpen) {
      field.enable(isOpen);
      button.disabled = !isOpen;
    },
  };
}
