/** Between the reducer and the terminal: keeps the state, prints what is due, draws the progress of files. */
import { progressEveryMs } from "./limits.ts";
import { formatProgress } from "./progress.ts";
import { renderParagraph } from "./render.ts";
import { showableLine } from "../../lib/showable.ts";
import { firstState, note, reduce, type ClientEvent, type ClientState } from "./state.ts";
import type { Terminal } from "./terminal.ts";

export class Presenter {
  state: ClientState = firstState;
  #terminal: Terminal;
  #now: () => number;
  /** When the file began and when it was last drawn, by the file's own key. */
  #transfers = new Map<string, { startedMs: number; drawnMs: number }>();

  /** @param now milliseconds */
  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
  }

  tell(event: ClientEvent): void {
    const { state, paragraphs } = reduce(this.state, event);
    this.state = state;
    for (const paragraph of paragraphs)
      this.#terminal.print(renderParagraph(paragraph, this.#terminal.colour));
  }

  /** A sentence of the client's own. */
  note(text: string): void {
    this.#terminal.print(renderParagraph(note(text), this.#terminal.colour));
  }

  /** Draws how far a file is, not more often than an eye can see. @param size undefined where it is unknown */
  progress(key: string, file: string, bytes: number, size: number | undefined): void {
    const now = this.#now();
    const transfer = this.#transfers.get(key) ?? { startedMs: now, drawnMs: Number.NEGATIVE_INFINITY };
    this.#transfers.set(key, transfer);
    if (now - transfer.drawnMs < progressEveryMs) return;
    transfer.drawnMs = now;
    const elapsedMs = now - transfer.startedMs;
    const line = formatProgress({ file: showableLine(file), bytes, size, elapsedMs }, this.#terminal.columns);
    this.#terminal.showStatus(line);
  }

  progressEnded(key: string): void {
    this.#transfers.delete(key);
    this.#terminal.showStatus(undefined);
  }
}
