/**
 * The terminal of a script: the same questions and lines, as plain text. Every question is a line of its own, so
 * that a script may read line by line. Reads only as fast as lines are taken.
 */
import { HiddenLine } from "./hidden-line.ts";
import { maxWaitingTextBytes } from "./limits.ts";
import { LineSplitter } from "./line-splitter.ts";
import { LineMailbox, whenDrained, type Terminal, type TypedAnswer } from "./terminal.ts";

/** Lines read ahead of whoever takes them. */
const maxLinesAhead = 1_000;

export interface PlainStreams {
  input: NodeJS.ReadableStream & { isTTY?: boolean; setRawMode?(on: boolean): unknown; unref?(): unknown };
  output: NodeJS.WritableStream & { writableLength: number };
  /** Ctrl-C while a hidden line is typed: the keyboard sends no signal then. */
  interrupt(): void;
}

export class PlainTerminal implements Terminal {
  readonly interactive = false;
  readonly colour = false;
  readonly columns = 80;
  #streams: PlainStreams;
  #splitter = new LineSplitter();
  #mailbox = new LineMailbox();
  #hidden: HiddenLine | undefined;
  #paused = false;

  constructor(streams: PlainStreams) {
    this.#streams = streams;
    const { input } = streams;
    input.on("data", this.#onData);
    input.on("end", this.#onEnd);
    input.on("error", this.#onEnd);
  }

  print(text: string): void {
    this.#streams.output.write(`${text}\n`);
  }

  showStatus(): void {}

  showPrompt(): void {}

  async ask(prompt: string, hidden = false): Promise<TypedAnswer> {
    this.print(prompt);
    // Standard input may be a keyboard although the output is none.
    if (!hidden || !this.#streams.input.isTTY || this.#mailbox.waitingLines > 0) return await this.read();
    this.#streams.input.setRawMode?.(true);
    this.#hidden = new HiddenLine();
    try {
      return await this.read();
    } finally {
      this.#hidden = undefined;
      this.#streams.input.setRawMode?.(false);
    }
  }

  read(): Promise<TypedAnswer> {
    const answer = this.#mailbox.next();
    if (this.#paused && this.#mailbox.waitingLines === 0) {
      this.#paused = false;
      this.#streams.input.resume();
    }
    return answer;
  }

  cancel(): void {
    this.#mailbox.cancel();
  }

  completeWith(): void {}

  caughtUp(): Promise<void> | undefined {
    return whenDrained(this.#streams.output, maxWaitingTextBytes);
  }

  async close(): Promise<void> {
    const { input, output } = this.#streams;
    input.removeListener("data", this.#onData);
    input.removeListener("end", this.#onEnd);
    input.pause();
    // A pipe that is never closed would keep the process.
    input.unref?.();
    await new Promise<void>((resolve) => {
      output.write("", () => resolve());
    });
  }

  #onData = (chunk: Uint8Array | string): void => {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    if (this.#hidden !== undefined) return this.#typeHidden(this.#hidden, bytes);
    for (const line of this.#splitter.push(bytes)) this.#mailbox.push(line);
    if (this.#mailbox.waitingLines > maxLinesAhead && !this.#paused) {
      this.#paused = true;
      this.#streams.input.pause();
    }
  };

  #onEnd = (): void => {
    for (const line of this.#splitter.end()) this.#mailbox.push(line);
    this.#mailbox.end();
  };

  #typeHidden(hidden: HiddenLine, bytes: Uint8Array): void {
    for (const key of hidden.type(bytes)) {
      if (key.kind === "line") this.#mailbox.push(key.text);
      else if (key.kind === "end") this.#mailbox.end();
      else this.#streams.interrupt();
    }
  }
}
