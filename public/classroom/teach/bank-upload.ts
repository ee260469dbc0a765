/** Files of questions from this machine: sent, read by the server, and told what is wrong in them. */
import { soon } from "../../lib/soon.ts";
import { byId, element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { DropZone } from "../files/drop-zone.ts";
import { FileRows, fileButton, type FileRow } from "../files/file-rows.ts";
import { formatSize } from "../files/format-size.ts";
import type { Upload } from "../files/uploads.ts";
import { maxAnswersCharacters } from "../../../src/classroom/protocol/v2/limits.ts";
import { seedPair } from "./seed-pair.ts";

export class BankUpload {
  readonly root: HTMLElement;
  readonly #classroom: Classroom;
  readonly #rows = new FileRows<Upload>("Files of questions that you send", (each) => this.#row(each));
  readonly #said = new Set<Upload>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const zone = new DropZone(
      {
        id: "bank-pick",
        button: "Send a file of questions",
        hint: "GIFT, Aiken, CSV or JSON, or two files together: questions and answers. You can drop them here.",
        accept: ".gift,.txt,.csv,.json,.aiken,text/plain",
      },
      (files) => void this.#take(files),
    );
    this.root = element("div", { class: "bank-upload" }, zone.root, this.#rows.root);
    // Chunks come by the hundred a second.
    classroom.changes.on(
      ["files"],
      soon(() => this.#show(), 100),
    );
    this.#show();
  }

  async #take(files: readonly File[]): Promise<void> {
    const { uploads } = this.#classroom;
    const pair = seedPair(files);
    if (pair === undefined) {
      for (const file of files) uploads.add(file, { kind: "bank", replaces: false, answers: undefined });
      return;
    }
    const { questions, answers } = pair;
    // It has no more characters than bytes.
    const text =
      answers.size > maxAnswersCharacters ? undefined : await answers.text().catch(() => undefined);
    // A file of text has no more of these than line ends.
    if (text === undefined || /[^\P{Cc}\s]/u.test(text))
      return this.#classroom.note(`${answers.name} is too long for a file of answers, or cannot be read.`);
    uploads.add(questions, { kind: "bank", replaces: false, answers: { name: answers.name, text } });
  }

  #show(): void {
    const files = this.#classroom.uploads.list.filter(({ to }) => to.kind === "bank");
    this.#rows.show(files);
    for (const each of files) this.#say(each);
  }

  /** Tells who cannot see it how it ended, once. */
  #say(upload: Upload): void {
    const { state, file } = upload;
    if ((state !== "sent" && state !== "failed") || this.#said.has(upload)) return;
    this.#said.add(upload);
    byId("said").textContent = `${file.name}: ${wordsOf(upload)}`;
  }

  #row(upload: Upload): FileRow {
    const { file, state, sent } = upload;
    const isUnder = state === "waiting" || state === "sending";
    return {
      state,
      name: file.name,
      whom: "",
      words: wordsOf(upload),
      progress: isUnder ? [sent, file.size] : undefined,
      actions: () => this.#actions(upload, isUnder),
      more: () => findingsOf(upload),
    };
  }

  #actions(upload: Upload, isUnder: boolean): HTMLElement[] {
    const { uploads } = this.#classroom;
    const { file, to, code } = upload;
    if (isUnder) return [fileButton("Cancel", file.name, () => uploads.cancel(upload))];
    const forget = fileButton("Hide", file.name, () => uploads.forget(upload));
    if (code !== "exists" || to.kind !== "bank") return [forget];
    const replace = (): void => {
      uploads.forget(upload);
      uploads.add(file, { ...to, replaces: true });
    };
    return [fileButton("Replace", file.name, replace, true), forget];
  }
}

function wordsOf({ file, state, sent, text, findings }: Upload): string {
  switch (state) {
    case "waiting":
      return "waits";
    case "offered":
    case "sending":
      return sent < file.size
        ? `${formatSize(sent)} of ${formatSize(file.size)}`
        : "the server reads the questions";
    case "sent": {
      const count = findings?.questions;
      const questions = count === undefined ? "" : `, ${count} question${count === 1 ? "" : "s"}`;
      return `${text === "" ? "kept" : text}${questions}`;
    }
    case "cancelled":
      return "cancelled";
    default:
      return text;
  }
}

/** What is wrong and what is doubtful, line by line. */
function findingsOf({ state, findings }: Upload): HTMLElement[] {
  if (findings === undefined || (state !== "sent" && state !== "failed")) return [];
  const { errors, warnings, more = 0 } = findings;
  const lines = [...errors, ...warnings, ...(more === 0 ? [] : [`and ${more} more`])];
  if (lines.length === 0) return [];
  return [
    element(
      "ul",
      { class: "findings", "aria-label": errors.length > 0 ? "What is wrong" : "What is doubtful" },
      ...lines.map((line) => element("li", {}, line)),
    ),
  ];
}
