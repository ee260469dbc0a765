/** Files up and down: picked or dropped, to the server or to one person, with how far each is. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Download } from "./downloads.ts";
import { DropZone } from "./drop-zone.ts";
import { FileRows, fileButton, type FileRow } from "./file-rows.ts";
import { formatSize } from "./format-size.ts";
import type { Upload } from "./uploads.ts";

/** Stands for all in the list; no person can have this name. */
const everybody = "all";

export class FilesPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #to = element("select", { id: "file-to" });
  #zone: DropZone;
  #uploads = new FileRows<Upload>("Files that you send", (each) => this.#uploadRow(each));
  #downloads = new FileRows<Download>("Files for you", (each) => this.#downloadRow(each));
  #scheduled = false;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const words = { id: "file-pick", button: "Choose files", hint: "or drop them here" };
    this.#zone = new DropZone(words, (files) => this.#take(files));
    this.root = element(
      "section",
      { class: "card files-panel", "aria-label": "Files", "data-panel": "files" },
      element("h2", {}, "Files"),
      element("p", { class: "line" }, element("label", { for: "file-to" }, "Send to"), this.#to),
      this.#zone.root,
      this.#uploads.root,
      this.#downloads.root,
    );
    this.#zone.listenIn(this.root);
    classroom.changes.on(["files", "mode"], () => this.#schedule());
    classroom.changes.on(["people"], () => this.#showPeople());
    this.#showPeople();
    this.#show();
  }

  #take(files: readonly File[]): void {
    if (!this.#classroom.mode.files) return this.#classroom.note("Files are off now.");
    const { uploads, people, name } = this.#classroom;
    const to = this.#to.value;
    const names = to === everybody ? people.filter((each) => each !== name) : [to];
    for (const file of files)
      for (const each of names)
        uploads.add(file, each === "" ? { kind: "server" } : { kind: "person", name: each });
  }

  #showPeople(): void {
    const { people, name, isTeacher } = this.#classroom;
    const chosen = this.#to.value;
    const others = people.filter((each) => each !== name);
    this.#to.replaceChildren(
      element("option", { value: "" }, "the server"),
      ...(isTeacher && others.length > 1 ? [element("option", { value: everybody }, "everybody here")] : []),
      ...others.map((each) => element("option", { value: each }, each)),
    );
    const isThere = others.includes(chosen) || (chosen === everybody && isTeacher && others.length > 1);
    this.#to.value = isThere ? chosen : "";
  }

  /** Chunks come by the hundred a second, and an eye takes in a few. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#show();
    }, 100);
  }

  #show(): void {
    const { uploads, downloads, mode } = this.#classroom;
    this.#zone.isOff = !mode.files;
    this.#uploads.show(uploads.list.filter(({ to }) => to.kind === "server" || to.kind === "person"));
    this.#downloads.show(downloads.list);
  }

  #uploadRow(upload: Upload): FileRow {
    const { file, to, state, sent, text } = upload;
    const isUnder = state === "waiting" || state === "offered" || state === "sending";
    const words = {
      waiting: "waits",
      offered: "offered, not answered yet",
      sending: `${formatSize(sent)} of ${formatSize(file.size)}`,
      sent: ["sent", text].filter((each) => each !== "").join(", "),
      failed: `not sent: ${text}`,
      cancelled: "cancelled",
    }[state];
    return {
      state,
      name: file.name,
      whom: `to ${to.kind === "person" ? to.name : "the server"}`,
      words,
      progress: isUnder ? [sent, file.size] : undefined,
      actions: () =>
        isUnder ? [fileButton("Cancel", file.name, () => this.#classroom.uploads.cancel(upload))] : [],
    };
  }

  #downloadRow(download: Download): FileRow {
    const { name, size, from, state, bytes, text } = download;
    const words = {
      offered: `${formatSize(size)}: do you want it?`,
      coming: `${formatSize(bytes)} of ${formatSize(size)}`,
      there: formatSize(size),
      failed: `not received: ${text}`,
    }[state];
    return {
      state,
      name,
      whom: `from ${from ?? "the server"}`,
      words,
      progress: state === "coming" ? [bytes, size] : undefined,
      actions: () => this.#downloadActions(download),
    };
  }

  #downloadActions(download: Download): HTMLElement[] {
    const { downloads } = this.#classroom;
    const { name, state, link } = download;
    if (state === "offered")
      return [
        fileButton("Accept", name, () => downloads.accept(download), true),
        fileButton("Refuse", name, () => downloads.decline(download)),
      ];
    if (link === undefined) return [];
    const save = element(
      "a",
      { href: link, download: name, class: "button main", "aria-label": `Save ${name}` },
      "Save",
    );
    return [save, fileButton("Remove", name, () => downloads.forget(download))];
  }
}
