/** Search of what was said: in the rooms that one is in, and in private messages of one's own. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { maxSearchCharacters } from "../limits.ts";
import { markFound } from "./marked-text.ts";
import type { Found } from "./search-model.ts";

export class SearchDialog {
  readonly root = element("dialog", { "aria-labelledby": "search-title", class: "search" });
  /** Opens it. */
  readonly button = element("button", { type: "button", class: "chip" }, "Search");
  #classroom: Classroom;
  #words = element("input", {
    id: "search-words",
    type: "search",
    maxlength: String(maxSearchCharacters),
    autocomplete: "off",
    enterkeyhint: "search",
    "aria-describedby": "search-help",
  });
  #isHere = element("input", { type: "checkbox", id: "search-here" });
  #where = element("span");
  #here = element("label", { class: "check", for: "search-here" }, this.#isHere, this.#where);
  #state = element("p", { class: "hint", role: "status" });
  #problem = element("p", { class: "problem", role: "alert" });
  #list = element("ol", { class: "found", "aria-label": "Found" });
  #more = element("button", { type: "button" }, "Show older");

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.button.addEventListener("click", () => this.#open());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      event.preventDefault();
      this.#open();
    });
    const form = element(
      "form",
      { class: "join", role: "search" },
      element("label", { for: "search-words" }, "Words that were said"),
      element(
        "div",
        { class: "line" },
        this.#words,
        element("button", { type: "submit", class: "main" }, "Search"),
      ),
      element(
        "p",
        { class: "hint", id: "search-help" },
        'All of them; "two words" side by side; begin* for every word that begins so.',
      ),
      this.#here,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = this.#words.value.trim();
      if (words !== "") classroom.past.findWords(words, this.#isHere.checked ? this.#room : undefined);
    });
    this.#more.addEventListener("click", () => classroom.past.findMore());
    const close = element("button", { type: "button" }, "Close");
    close.addEventListener("click", () => this.root.close());
    this.root.addEventListener("keydown", (event) => this.#walk(event));
    this.root.append(
      element("h2", { id: "search-title" }, "Search"),
      form,
      this.#problem,
      this.#state,
      this.#list,
      this.#more,
      close,
    );
    classroom.changes.on(["search"], () => this.#show());
    this.#show();
  }

  get #room(): number | undefined {
    return this.#classroom.current?.number;
  }

  #open(): void {
    const { current } = this.#classroom;
    this.#here.hidden = current?.kind !== "room";
    this.#where.textContent = `Only in ${current?.name ?? ""}`;
    if (current?.kind !== "room") this.#isHere.checked = false;
    if (!this.root.open) this.root.showModal();
    this.#words.select();
  }

  #show(): void {
    const { search } = this.#classroom.past;
    const { found, state, words } = search;
    this.#problem.textContent = state === "failed" ? search.problem : "";
    this.#state.textContent =
      state === "asking"
        ? "Searching …"
        : state === "answered"
          ? (found.length === 0 ? `Nothing is found for ${words}.` : "") +
            (search.isBehind ? " What was said last may be missing still." : "")
          : "";
    const shown = this.#list.childElementCount;
    if (found.length < shown || found.length === 0) this.#list.replaceChildren();
    this.#list.append(...found.slice(this.#list.childElementCount).map((each) => this.#item(each)));
    this.#list.hidden = found.length === 0;
    this.#more.hidden = !search.hasMore;
  }

  #item(found: Found): HTMLElement {
    const { from, to, room, timeMs, text } = found;
    const { name } = this.#classroom;
    const time = new Date(timeMs);
    const about = [
      element(
        "span",
        { class: "where" },
        to === undefined ? (room ?? "") : `private, with ${to === name ? from : to}`,
      ),
      " · ",
      element("b", {}, from),
      " · ",
      element(
        "time",
        { datetime: time.toISOString() },
        time.toLocaleString([], { dateStyle: "medium", timeStyle: "short" }),
      ),
    ];
    const marked = markFound(text, this.#classroom.past.search.words).map((piece) =>
      piece.isFound ? element("mark", {}, piece.text) : piece.text,
    );
    const content = [
      element("span", { class: "hint" }, ...about),
      element("span", { class: "text" }, ...marked),
    ];
    // Of private messages the server gives no history: only what is here can be gone to.
    if (!this.#classroom.past.canGoTo(found))
      return element("li", {}, element("div", { class: "place" }, ...content));
    const button = element("button", { type: "button", class: "place" }, ...content);
    button.addEventListener("click", () => {
      this.root.close();
      this.#classroom.past.goTo(found);
    });
    return element("li", {}, button);
  }

  /** Up and down through what is found. */
  #walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const places = [...this.#list.querySelectorAll<HTMLElement>("button")];
    const at = places.findIndex((each) => each === document.activeElement);
    const next = places[at + step];
    if (next === undefined && step > 0) return;
    event.preventDefault();
    (next ?? this.#words).focus();
  }
}

/** Whether a key belongs to what has the focus, or to another dialog. */
function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    document.querySelector("dialog[open]") !== null
  );
}
