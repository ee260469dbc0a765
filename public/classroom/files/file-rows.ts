/** A list of files with how far each is: a row is made anew only when its state changes. */
import { element, showChildren } from "../../lib/dom.ts";

export interface FileRow {
  state: string;
  name: string;
  /** Whom it goes to or comes from. */
  whom: string;
  /** What becomes of it, in words. */
  words: string;
  /** Bytes that are through, and all of them, while it is under way. */
  progress: readonly [done: number, all: number] | undefined;
  actions: () => HTMLElement[];
  /** What is shown below; made anew with the row. */
  more?: () => HTMLElement[];
}

export class FileRows<T extends object> {
  readonly root: HTMLElement;
  readonly #rows = new Map<T, HTMLElement>();
  readonly #describe: (file: T) => FileRow;

  constructor(label: string, describe: (file: T) => FileRow) {
    this.root = element("ul", { class: "files", "aria-label": label });
    this.#describe = describe;
  }

  show(files: readonly T[]): void {
    const listed = new Set(files);
    for (const each of this.#rows.keys()) if (!listed.has(each)) this.#rows.delete(each);
    showChildren(
      this.root,
      files.map((file) => this.#row(file)),
    );
    this.root.hidden = files.length === 0;
  }

  #row(file: T): HTMLElement {
    const { state, name, whom, words, progress, actions, more } = this.#describe(file);
    let row = this.#rows.get(file);
    if (row === undefined || row.dataset["state"] !== state) {
      row = element(
        "li",
        { "data-state": state },
        element("p", { class: "file-name" }, name),
        element("p", { class: "hint" }, whom === "" ? "" : `${whom} · `, element("span", { class: "words" })),
        progress === undefined ? undefined : element("progress", { "aria-label": `How far ${name} is` }),
        ...(more?.() ?? []),
        element("p", { class: "actions" }, ...actions()),
      );
      this.#rows.set(file, row);
    }
    row.querySelector(".words")!.textContent = words;
    const bar = row.querySelector("progress");
    if (bar !== null && progress !== undefined) {
      bar.max = Math.max(1, progress[1]);
      bar.value = progress[0];
    }
    return row;
  }
}

/** A button whose name says which file it is about. */
export function fileButton(word: string, file: string, press: () => void, isMain = false): HTMLElement {
  const button = element("button", { type: "button", "aria-label": `${word} ${file}` }, word);
  if (isMain) button.className = "main";
  button.addEventListener("click", press);
  return button;
}
