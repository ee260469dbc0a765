/** Files up and down: picked or dropped, to the server or to one person, with how far each is. */
import { soon } from "../../lib/soon.ts";
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Destination } from "./destination.ts";
import type { Download } from "./downloads.ts";
import { DropZone } from "./drop-zone.ts";
import { FileRows, fileButton, type FileRow } from "./file-rows.ts";
import { formatSize } from "./format-size.ts";
import { HandinList } from "./handin-list.ts";
import { PushList } from "./push-list.ts";
import type { Upload } from "./uploads.ts";

/** In front of a room's name in the list; no person's name begins so. */
const inRoom = "@";

export class FilesPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #to = element("select", { id: "file-to" });
  #zone: DropZone;
  #uploads = new FileRows<Upload>("Files that you send", (each) => this.#uploadRow(each));
  #downloads = new FileRows<Download>("Files for you", (each) => this.#downloadRow(each));
  #pushes: PushList;
  #handins: HandinList;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#pushes = new PushList(classroom);
    this.#handins = new HandinList(classroom);
    const words = { id: "file-pick", button: "Choose files", hint: "or drop them here" };
    this.#zone = new DropZone(words, (files) => this.#take(files));
    this.root = element(
      "section",
      { class: "card files-panel", "aria-label": "Files", "data-panel": "files" },
      this.#handins.root,
      element("h2", {}, "Files"),
      element("p", { class: "line" }, element("label", { for: "file-to" }, "Send to"), this.#to),
      this.#zone.root,
      this.#uploads.root,
      this.#pushes.root,
      this.#downloads.root,
    );
    this.#zone.listenIn(this.root);
    // Chunks come by the hundred a second.
    classroom.changes.on(
      ["files", "mode", "teach"],
      soon(() => this.#show(), 100),
    );
    classroom.changes.on(["people", "rooms", "teach"], () => this.#showPeople());
    this.#showPeople();
    this.#show();
  }

  #take(files: readonly File[]): void {
    if (this.#isOff) return this.#classroom.note("Files are off now.");
    for (const file of files) this.#classroom.uploads.add(file, this.#destination());
  }

  get #isOff(): boolean {
    const { mode, isTeacher } = this.#classroom;
    return !mode.files && !isTeacher;
  }

  #destination(): Destination {
    const to = this.#to.value;
    if (to === "") return { kind: "server" };
    if (to.startsWith(inRoom)) return { kind: "room", name: to.slice(inRoom.length) };
    return { kind: "person", name: to };
  }

  /** Rooms that a teacher may send a file to, the main one first. */
  #rooms(): string[] {
    const { conversations, isTeacher, mainRoom } = this.#classroom;
    if (!isTeacher) return [];
    const names = [...conversations.values()]
      .filter(({ kind, number }) => kind === "room" && number !== undefined)
      .map(({ name }) => name);
    return [mainRoom, ...names.filter((name) => name !== mainRoom)];
  }

  #showPeople(): void {
    const { people, name, mainRoom } = this.#classroom;
    const chosen = this.#to.value;
    const choices = [
      ["", "the server"],
      ...this.#rooms().map((room) => [
        inRoom + room,
        room === mainRoom ? "everybody here" : `everybody in ${room}`,
      ]),
      ...people.filter((each) => each !== name).map((each) => [each, each]),
    ] as const;
    this.#to.replaceChildren(...choices.map(([value = "", words]) => element("option", { value }, words)));
    this.#to.value = choices.some(([value]) => value === chosen) ? chosen : "";
  }

  #show(): void {
    const { uploads, downloads } = this.#classroom;
    this.#zone.isOff = this.#isOff;
    this.#uploads.show(uploads.list.filter(isListed));
    this.#pushes.show();
    this.#handins.show();
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
      whom: whomOf(to),
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

/** Files of questions and what is handed in have their own places; what the server has of a file to everybody, too. */
function isListed({ to, state }: Upload): boolean {
  if (to.kind === "room") return state !== "sent";
  return to.kind === "server" || to.kind === "person";
}

function whomOf(to: Destination): string {
  if (to.kind === "person") return `to ${to.name}`;
  return to.kind === "room" ? `to everybody in ${to.name}` : "to the server";
}
