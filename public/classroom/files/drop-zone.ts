/** Where files are chosen by a button, or dropped. */
import { element } from "../../lib/dom.ts";

interface DropWords {
  /** Of the field, unique in the page. */
  id: string;
  button: string;
  /** Of the field, where the button's words do not say enough. */
  label?: string;
  hint: string;
  /** Ends of names that the system's dialogue offers first. */
  accept?: string;
  multiple?: boolean;
}

export class DropZone {
  readonly root: HTMLElement;
  readonly #pick: HTMLInputElement;
  readonly #take: (files: readonly File[]) => void;

  constructor(words: DropWords, take: (files: readonly File[]) => void) {
    this.#take = take;
    const { id, button, label, hint, accept, multiple = true } = words;
    this.#pick = element("input", {
      type: "file",
      id,
      class: "visually-hidden",
      ...(multiple ? { multiple: "" } : {}),
      ...(accept === undefined ? {} : { accept }),
      ...(label === undefined ? {} : { "aria-label": label }),
    });
    this.#pick.addEventListener("change", () => {
      take([...(this.#pick.files ?? [])]);
      this.#pick.value = "";
    });
    this.root = element(
      "div",
      { class: "drop" },
      this.#pick,
      element("label", { for: id, class: "button main" }, button),
      element("p", { class: "hint" }, hint),
    );
    this.listenIn(this.root);
  }

  set isOff(isOff: boolean) {
    this.root.toggleAttribute("data-off", isOff);
    this.#pick.disabled = isOff;
  }

  /** Files may be dropped anywhere in there, too. */
  listenIn(place: HTMLElement): void {
    for (const kind of ["dragover", "dragleave", "drop"] as const)
      place.addEventListener(kind, (event) => {
        event.preventDefault();
        event.stopPropagation();
        this.root.toggleAttribute("data-over", kind === "dragover");
        if (kind === "drop") this.#take([...(event.dataTransfer?.files ?? [])]);
      });
  }
}
