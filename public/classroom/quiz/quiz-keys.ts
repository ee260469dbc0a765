/** A quiz by keyboard: 1 to 9 or a letter chooses an option, Enter sends where several are chosen. */
import type { QuestionView } from "./question-view.ts";

/** @param current the question that keys are for */
export function listenForKeys(current: () => QuestionView | undefined): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const view = current();
    if (view === undefined || view.root.hidden || view.root.offsetParent === null) return;
    if (event.key === "Enter") {
      // On a button it presses that button.
      if (event.target instanceof HTMLButtonElement || !view.send()) return;
    } else {
      const at = /^[1-9]$/.test(event.key)
        ? Number(event.key) - 1
        : /^[a-z]$/.test(event.key)
          ? event.key.charCodeAt(0) - 97
          : -1;
      if (at < 0 || !view.choose(at)) return;
    }
    event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "radio" && target.type !== "checkbox";
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    document.querySelector("dialog[open]") !== null
  );
}
