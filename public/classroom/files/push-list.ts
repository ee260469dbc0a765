/** How far a teacher's files to everybody are, with a row for each receiver. */
import { element, showChildren } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { fileButton } from "./file-rows.ts";
import { formatSize } from "./format-size.ts";
import { pushText, type Push, type PushRow } from "./pushes.ts";

interface ShownRow {
  row: PushRow | undefined;
  root: HTMLElement;
  words: HTMLElement;
  bar: HTMLProgressElement;
}

/** One file: made once, and from then on written into what is there. */
class ShownPush {
  readonly root: HTMLElement;
  readonly #push: Push;
  readonly #words = element("span", { class: "words" });
  readonly #bar: HTMLProgressElement;
  readonly #stop: HTMLElement;
  readonly #hide: HTMLElement;
  readonly #list: HTMLElement;
  readonly #rows = new Map<string, ShownRow>();

  constructor(classroom: Classroom, push: Push) {
    this.#push = push;
    const { file, room, number } = push;
    this.#bar = element("progress", { "aria-label": `How many have ${file}` });
    this.#list = element("ul", { class: "receivers", tabindex: "0", "aria-label": `Who gets ${file}` });
    this.#stop = fileButton("Stop", file, () =>
      classroom.send("push", { ask: classroom.nextAsk(), do: "stop", push: number }),
    );
    this.#hide = fileButton("Hide", file, () => {
      classroom.pushes.hide(push);
      classroom.changes.tell("files");
    });
    this.root = element(
      "li",
      {},
      element("p", { class: "file-name" }, file),
      element("p", { class: "hint" }, `to everybody in ${room} · `, this.#words),
      this.#bar,
      element("details", {}, element("summary", {}, "Who has it"), this.#list),
      element("p", { class: "actions" }, this.#stop, this.#hide),
    );
  }

  show(): void {
    const { of, done, failed, isOver, rows } = this.#push;
    this.root.dataset["state"] = isOver && failed > 0 ? "failed" : isOver ? "sent" : "sending";
    this.#words.textContent = pushText(this.#push);
    this.#bar.max = Math.max(1, of);
    this.#bar.value = done + failed;
    this.#bar.hidden = isOver;
    this.#stop.hidden = isOver;
    this.#hide.hidden = !isOver;
    for (const row of rows.values()) this.#showRow(row);
  }

  #showRow(row: PushRow): void {
    const shown = this.#rows.get(row.name) ?? this.#make(row.name);
    if (shown.row === row) return;
    shown.row = row;
    const { size } = this.#push;
    shown.root.dataset["state"] = row.state;
    shown.words.textContent = wordsOf(row, size);
    shown.bar.hidden = row.state !== "coming";
    shown.bar.max = Math.max(1, size);
    shown.bar.value = row.bytes;
  }

  #make(name: string): ShownRow {
    const words = element("span", { class: "hint" });
    const bar = element("progress", { "aria-label": `How far it is to ${name}` });
    const root = element("li", {}, element("span", { class: "name" }, name), words, bar);
    const made: ShownRow = { row: undefined, root, words, bar };
    this.#rows.set(name, made);
    this.#list.append(root);
    return made;
  }
}

export class PushList {
  readonly root = element("ul", { class: "files", "aria-label": "Files that you send to everybody" });
  readonly #classroom: Classroom;
  readonly #shown = new Map<Push, ShownPush>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  show(): void {
    const { list } = this.#classroom.pushes;
    for (const each of this.#shown.keys()) if (!list.includes(each)) this.#shown.delete(each);
    for (const push of list)
      if (!this.#shown.has(push)) this.#shown.set(push, new ShownPush(this.#classroom, push));
    const rows = list.map((push) => this.#shown.get(push)!);
    showChildren(
      this.root,
      rows.map(({ root }) => root),
    );
    for (const each of rows) each.show();
    this.root.hidden = rows.length === 0;
  }
}

function wordsOf({ state, bytes, text }: PushRow, size: number): string {
  switch (state) {
    case "waiting":
      return "waits";
    case "coming":
      return `${formatSize(bytes)} of ${formatSize(size)}`;
    case "away":
      return "the connection is lost, and may come back";
    case "done":
      return "has it";
    default:
      return `did not get it${text === undefined ? "" : `: ${text}`}`;
  }
}
