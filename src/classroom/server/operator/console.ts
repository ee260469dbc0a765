/**
 * The operator's console: lines in, lines out. From a pipe it is plain; on a terminal the line that is being typed
 * stays below what is printed, with history, and Tab completes commands and names.
 *
 * Printing never holds the class up: lines are written once a tick, and when nobody reads them, only so many wait.
 */
import { createInterface, clearLine, cursorTo, type Interface } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";
import { showable } from "../../../lib/showable.ts";
import type { OperatorScreen } from "../classroom.ts";

/** Bytes that may wait for whoever reads the output; further lines are counted and not printed. */
const maxWaitingBytes = 4 << 20;

/** How long the last lines may take to be read when the console ends. */
const maxFlushMs = 1_000;

export interface ConsoleStreams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream & { writableLength: number };
}

export interface ConsoleEvents {
  line(text: string): void;
  /** Ctrl-C on a terminal. */
  interrupt(): void;
  /** What Tab offers for a line: the candidates for the whole line. */
  complete(line: string): string[];
}

export class OperatorConsole implements OperatorScreen {
  /** Lines that were not printed because nobody read the output. */
  droppedLines = 0;
  #output: ConsoleStreams["output"];
  #lines: string[] = [];
  #scheduled = false;
  #readline: Interface | undefined;
  #isTerminal: boolean;
  #toldDropped = 0;

  constructor(streams: ConsoleStreams, isTerminal: boolean) {
    this.#output = streams.output;
    this.#isTerminal = isTerminal;
    // Whoever read the output may go away: the class goes on.
    this.#output.on("error", () => {});
  }

  /** Begins to read lines. The end of the input ends nothing: a server may run without one. */
  start(input: NodeJS.ReadableStream, events: ConsoleEvents): void {
    const readline = createInterface({
      input,
      ...(this.#isTerminal
        ? {
            terminal: true,
            output: this.#output,
            prompt: "> ",
            historySize: 1_000,
            completer: (line: string): [string[], string] => [events.complete(line), line],
          }
        : { terminal: false }),
    });
    readline.on("line", (text) => {
      events.line(text);
      if (this.#isTerminal) readline.prompt();
    });
    readline.on("SIGINT", () => events.interrupt());
    this.#readline = readline;
    if (this.#isTerminal) readline.prompt();
  }

  /** Prints what may be several lines; what could move the cursor is shown as a sign. */
  line(text: string): void {
    this.#lines.push(showable(text));
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.flush());
  }

  /** Prints what waits at once. */
  flush(): void {
    this.#scheduled = false;
    const lines = this.#lines;
    this.#lines = [];
    if (this.#output.writableLength > maxWaitingBytes) {
      this.droppedLines += lines.length;
      return;
    }
    const dropped = this.droppedLines - this.#toldDropped;
    if (dropped > 0) {
      lines.unshift(
        `(${dropped} ${dropped === 1 ? "line was" : "lines were"} not printed: nobody read them)`,
      );
      this.#toldDropped = this.droppedLines;
    }
    if (lines.length === 0) return;
    const block = `${lines.join("\n")}\n`;
    if (!this.#isTerminal || this.#readline === undefined) {
      this.#output.write(block);
      return;
    }
    cursorTo(this.#output, 0);
    clearLine(this.#output, 0);
    this.#output.write(block);
    this.#readline.prompt(true);
  }

  /** Prints what waits and gives the terminal back. Resolves when all is written. */
  async stop(): Promise<void> {
    this.flush();
    if (this.#isTerminal && this.#readline !== undefined) {
      cursorTo(this.#output, 0);
      clearLine(this.#output, 0);
    }
    try {
      this.#readline?.close();
    } catch {
      // The terminal is gone, and nothing has to be given back to it: the server ends all the same.
    }
    this.#readline = undefined;
    this.flush();
    await new Promise<void>((resolve) => {
      // Nobody may be reading: a server that is closed does not wait for that.
      const timer = setTimeout(resolve, maxFlushMs);
      this.#output.write("", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Whether both ends are a person's. */
export function isTerminal(input: Partial<ReadStream>, output: Partial<WriteStream>): boolean {
  return input.isTTY === true && output.isTTY === true;
}
