/** Files up and down: picked or dropped, to the server or to one person, with how far each is. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Download } from "./downloads.ts";
import { formatSize } from "./format-size.ts";
import type { Upload } from "./uploads.ts";

/** Stands for all in the list; no person can have this name. */
const everybody = "all";

export class FilesPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #to = element("select", { id: "file-to" });
  #pick = element("input", { type: "file", id: "file-pick", multiple: "", class: "visually-hidden" });
  #drop: HTMLElement;
  #uploads = element("ul", { class: "files", "aria-label": "Files that you send" });
  #downloads = element("ul", { class: "files", "aria-label": "Files for you" });
  #rows = new Map<Upload | Download, HTMLElement>();
  #scheduled = false;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#drop = element(
      "div",
      { class: "drop" },
      this.#pick,
      element("label", { for: "file-pick", class: "button main" }, "Choose files"),
      element("p", { class: "hint" }, "or drop them here"),
    );
    this.#pick.addEventListener("change", () => {
      this.#take(this.#pick.files);
      this.#pick.value = "";
    });
    this.root = element(
      "section",
      { class: "card files-panel", "aria-label": "Files", "data-panel": "files" },
      element("h2", {}, "Files"),
      element("p", { class: "line" }, element("label", { for: "file-to" }, "Send to"), this.#to),
      this.#drop,
      this.#uploads,
      this.#downloads,
    );
    this.#listenForDrops();
    classroom.changes.on(["files", "mode"], () => this.#schedule());
    classroom.changes.on(["people"], () => this.#showPeople());
    this.#showPeople();
    this.#show();
  }

  #take(files: FileList | null | undefined): void {
    if (!this.#classroom.mode.files) return this.#classroom.note("Files are off now.");
    const { uploads, people, name } = this.#classroom;
    const to = this.#to.value;
    const recipients =
      to === everybody ? people.filter((each) => each !== name) : [to === "" ? undefined : to];
    for (const file of files ?? []) for (const each of recipients) uploads.add(file, each);
  }

  #listenForDrops(): void {
    for (const kind of ["dragover", "dragleave", "drop"])
      this.root.addEventListener(kind, (event) => {
        event.preventDefault();
        this.#drop.toggleAttribute("data-over", kind === "dragover");
      });
    this.root.addEventListener("drop", ({ dataTransfer }) => this.#take(dataTransfer?.files));
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
    this.#drop.toggleAttribute("data-off", !mode.files);
    this.#pick.disabled = !mode.files;
    const listed = new Set<Upload | Download>([...uploads.list, ...downloads.list]);
    for (const each of this.#rows.keys()) if (!listed.has(each)) this.#rows.delete(each);
    show(
      this.#uploads,
      uploads.list.map((each) => this.#uploadRow(each)),
    );
    show(
      this.#downloads,
      downloads.list.map((each) => this.#downloadRow(each)),
    );
  }

  #uploadRow(upload: Upload): HTMLElement {
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
    return this.#row(
      upload,
      state,
      file.name,
      `to ${to ?? "the server"}`,
      words,
      isUnder ? [sent, file.size] : undefined,
      () => {
        if (!isUnder) return [];
        const cancel = element("button", { type: "button", "aria-label": `Cancel ${file.name}` }, "Cancel");
        cancel.addEventListener("click", () => this.#classroom.uploads.cancel(upload));
        return [cancel];
      },
    );
  }

  #downloadRow(download: Download): HTMLElement {
    const { name, size, from, state, bytes, text, link } = download;
    const words = {
      offered: `${formatSize(size)}: do you want it?`,
      coming: `${formatSize(bytes)} of ${formatSize(size)}`,
      there: formatSize(size),
      failed: `not received: ${text}`,
    }[state];
    return this.#row(
      download,
      state,
      name,
      `from ${from ?? "the server"}`,
      words,
      state === "coming" ? [bytes, size] : undefined,
      () => {
        if (state === "offered") return this.#question(download);
        if (link === undefined) return [];
        const save = element(
          "a",
          { href: link, download: name, class: "button main", "aria-label": `Save ${name}` },
          "Save",
        );
        const remove = element("button", { type: "button", "aria-label": `Remove ${name}` }, "Remove");
        remove.addEventListener("click", () => this.#classroom.downloads.forget(download));
        return [save, remove];
      },
    );
  }

  #question(download: Download): HTMLElement[] {
    const { downloads } = this.#classroom;
    return (["Accept", "Refuse"] as const).map((word) => {
      const button = element("button", { type: "button", "aria-label": `${word} ${download.name}` }, word);
      if (word === "Accept") button.className = "main";
      button.addEventListener("click", () =>
        word === "Accept" ? downloads.accept(download) : downloads.decline(download),
      );
      return button;
    });
  }

  /** Made anew only when the state changes; the progress is written into what is there. */
  #row(
    of: Upload | Download,
    state: string,
    name: string,
    whom: string,
    words: string,
    progress: [done: number, all: number] | undefined,
    actions: () => HTMLElement[],
  ): HTMLElement {
    let row = this.#rows.get(of);
    if (row === undefined || row.dataset["state"] !== state) {
      row = element(
        "li",
        { "data-state": state },
        element("p", { class: "file-name" }, name),
        element("p", { class: "hint" }, `${whom} · `, element("span", { class: "words" })),
        progress === undefined ? undefined : element("progress", { "aria-label": `How far ${name} is` }),
        element("p", { class: "actions" }, ...actions()),
      );
      this.#rows.set(of, row);
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

function show(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const isSame = rows.length === list.childElementCount && rows.every((row, at) => list.children[at] === row);
  if (!isSame) list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
}
