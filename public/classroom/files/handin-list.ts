/** What is asked of this person: hand in a file, see how far it is, and the receipt. */
import { element, showChildren } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Collection } from "./collections.ts";
import { DropZone } from "./drop-zone.ts";
import { FileRows, fileButton, type FileRow } from "./file-rows.ts";
import { formatSize } from "./format-size.ts";
import { receiptText } from "./receipt-text.ts";
import type { Upload } from "./uploads.ts";

/** One that is open: made once, and from then on written into what is there. */
class ShownCollection {
  readonly root: HTMLElement;
  readonly #classroom: Classroom;
  readonly #number: number;
  readonly #state = element("p", { class: "hint" });
  readonly #hash = element("p", { class: "hash" });
  readonly #rows: FileRows<Upload>;

  constructor(classroom: Classroom, { number, name }: Collection) {
    this.#classroom = classroom;
    this.#number = number;
    this.#rows = new FileRows<Upload>(`Files for ${name}`, (each) => this.#row(each));
    const words = {
      id: `handin-${number}`,
      button: "Hand in a file",
      hint: "or drop it here",
      label: `Hand in a file for ${name}`,
      multiple: false,
    };
    const zone = new DropZone(words, ([file]) => {
      if (file !== undefined) classroom.uploads.add(file, { kind: "collection", number, name });
    });
    this.root = element(
      "li",
      {},
      element("p", { class: "file-name" }, name),
      this.#state,
      this.#hash,
      zone.root,
      this.#rows.root,
    );
  }

  show({ receipt }: Collection): void {
    this.root.dataset["state"] = receipt === undefined ? "due" : "sent";
    const stands = receipt === undefined ? undefined : receiptText(receipt, Date.now());
    this.#state.textContent =
      stands === undefined
        ? "Your teacher asks you for a file. Nothing is handed in yet."
        : `Handed in: ${stands}. Another file stands beside it, and the latest counts.`;
    this.#hash.textContent = receipt === undefined ? "" : `SHA-256 ${receipt.sha256}`;
    this.#hash.hidden = receipt === undefined;
    this.#rows.show(
      this.#classroom.uploads.list.filter(
        ({ to, state }) => to.kind === "collection" && to.number === this.#number && state !== "sent",
      ),
    );
  }

  #row(upload: Upload): FileRow {
    const { file, state, sent, text } = upload;
    const { uploads } = this.#classroom;
    const isUnder = state === "waiting" || state === "sending";
    const words = isUnder
      ? state === "waiting"
        ? "waits"
        : `${formatSize(sent)} of ${formatSize(file.size)}`
      : state === "cancelled"
        ? "cancelled"
        : `not handed in: ${text}`;
    return {
      state,
      name: file.name,
      whom: "",
      words,
      progress: isUnder ? [sent, file.size] : undefined,
      actions: () =>
        isUnder
          ? [fileButton("Cancel", file.name, () => uploads.cancel(upload))]
          : [fileButton("Hide", file.name, () => uploads.forget(upload))],
    };
  }
}

export class HandinList {
  readonly root: HTMLElement;
  readonly #classroom: Classroom;
  readonly #list = element("ul", { class: "files", "aria-label": "What is asked of you" });
  readonly #shown = new Map<number, ShownCollection>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.root = element("div", { class: "handins" }, element("h2", {}, "Hand in"), this.#list);
  }

  show(): void {
    const { collections, isTeacher } = this.#classroom;
    const open = isTeacher ? [] : [...collections.open.values()];
    for (const number of this.#shown.keys())
      if (!open.some((each) => each.number === number)) this.#shown.delete(number);
    for (const each of open)
      if (!this.#shown.has(each.number))
        this.#shown.set(each.number, new ShownCollection(this.#classroom, each));
    showChildren(
      this.#list,
      open.map(({ number }) => this.#shown.get(number)!.root),
    );
    for (const each of open) this.#shown.get(each.number)?.show(each);
    this.root.hidden = open.length === 0;
  }
}
