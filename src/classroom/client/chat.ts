/** Typed lines into frames and files, from the welcome until one side leaves. */
import { ExpectedError } from "../../lib/errors.ts";
import { helpText } from "./help-text.ts";
import type { Presenter } from "./presenter.ts";
import type { ServerLink } from "./server-link.ts";
import type { Terminal } from "./terminal.ts";
import { lengthProblem, parseTypedLine } from "./typed-line.ts";
import { openUpload, type UploadSource } from "./upload-source.ts";

/** Why no more lines are read: a person's wish, the end of a script, or the connection. */
export type ChatEnd = "leave" | "input-ended" | "link-ended";

export class Chat {
  #terminal: Terminal;
  #link: ServerLink;
  #presenter: Presenter;
  #home: string | undefined;
  /** Files are sent one after the other. */
  #lastUpload: Promise<void> = Promise.resolve();

  constructor(terminal: Terminal, link: ServerLink, presenter: Presenter, home: string | undefined) {
    this.#terminal = terminal;
    this.#link = link;
    this.#presenter = presenter;
    this.#home = home;
  }

  async run(): Promise<ChatEnd> {
    while (this.#link.isOpen) {
      const answer = await this.#terminal.read();
      if (answer.kind === "cancelled") continue;
      const isOver = answer.kind === "end" || (await this.#type(answer.text));
      if (!isOver) continue;
      await this.#lastUpload;
      return answer.kind === "end" ? "input-ended" : "leave";
    }
    return "link-ended";
  }

  /** @returns whether the person leaves */
  async #type(line: string): Promise<boolean> {
    const typed = parseTypedLine(line);
    switch (typed.kind) {
      case "nothing":
        return false;
      case "leave":
        if (this.#link.uploading)
          this.#presenter.note("Leaving when the file is sent (Ctrl-C leaves at once).");
        return true;
      case "help":
        this.#terminal.print(helpText);
        return false;
      case "told":
        this.#presenter.note(typed.sentence);
        return false;
      case "frame":
        if (this.#terminal.interactive && this.#link.uploading)
          this.#presenter.note("This goes out when the file is sent.");
        this.#link.send(typed.header, typed.payload);
        if (!this.#terminal.interactive) await this.#link.whenWritten();
        return false;
      default:
        await this.#upload(typed.to, typed.path);
        return false;
    }
  }

  async #upload(to: string | undefined, path: string): Promise<void> {
    let source: UploadSource;
    try {
      source = await openUpload(path, this.#home);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      this.#presenter.note(error.message);
      return;
    }
    const tooLong = lengthProblem("file_transfer", `file_to:${to ?? ""}:${source.name}`);
    if (tooLong !== undefined) {
      await source.close();
      this.#presenter.note(tooLong);
      return;
    }
    const sent = this.#lastUpload.then(() => this.#send(to, source));
    this.#lastUpload = sent;
    // A person goes on typing; the next line of a script waits its turn.
    if (!this.#terminal.interactive) await sent;
  }

  async #send(to: string | undefined, source: UploadSource): Promise<void> {
    const file = source.name;
    const draw = (bytes: number): void => this.#presenter.progress("upload", file, bytes, source.size);
    draw(0);
    const outcome = this.#link.isOpen ? await this.#link.sendFile(to, source, draw) : "gone";
    this.#presenter.progressEnded("upload");
    await source.close();
    if (outcome === "sent" && source.taken === source.size) {
      this.#presenter.tell({ kind: "file-sent", file, to });
    } else if (outcome === "sent" || outcome === "failed") {
      this.#presenter.note(`File '${file}' could not be read to its end: only a part of it was sent.`);
    } else {
      this.#presenter.note(`File '${file}' was not sent: the connection is gone.`);
      this.#link.close();
    }
  }
}
