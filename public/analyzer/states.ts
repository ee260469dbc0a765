/** What the page shows while there is no report to show: waiting, asking for the token, or telling a fault. */
import { element } from "../lib/dom.ts";

/** Grey shapes where the charts will be. */
export function loadingState(): HTMLElement {
  return element(
    "div",
    { class: "loading", role: "status" },
    element("p", { class: "visually-hidden" }, "Loading the report"),
    element("div", { class: "ghost tall" }),
    element("div", { class: "ghost" }),
    element("div", { class: "ghost" }),
  );
}

/** A sentence, what it means, and what can be done. */
export function messageState(title: string, sentence: string, ...actions: HTMLElement[]): HTMLElement {
  return element(
    "section",
    { class: "state" },
    element("h2", {}, title),
    element("p", {}, sentence),
    ...actions,
  );
}

/** A fault, with a button that tries again. */
export function errorState(sentence: string, retry: () => void): HTMLElement {
  const button = element("button", { type: "button" }, "Try again");
  button.addEventListener("click", retry);
  const state = messageState("The report could not be loaded", sentence, button);
  state.setAttribute("role", "alert");
  return state;
}

/** Asks for the token. @param problem why the last one was refused */
export function tokenState(problem: string | undefined, submit: (token: string) => void): HTMLElement {
  const input = element("input", {
    type: "password",
    autofocus: "",
    id: "token",
    autocomplete: "off",
    required: "",
    spellcheck: "false",
  });
  const form = element(
    "form",
    { class: "token" },
    element("label", { for: "token" }, "Token"),
    input,
    element("button", { type: "submit" }, "Open"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(input.value.trim());
  });
  const told = problem === undefined ? [] : [element("p", { class: "problem", role: "alert" }, problem)];
  return messageState(
    "This dashboard needs its token",
    "It shows other people's traffic, so it opens only with the token that pcs printed when it started.",
    form,
    ...told,
  );
}
