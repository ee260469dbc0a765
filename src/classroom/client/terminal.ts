/** Where the person or the script is: lines in, text out. Two things are one: a line editor, and a plain pipe. */

/** What came of waiting for a line. `cancelled` is what `cancel` makes of it. */
export type TypedAnswer = { kind: "line"; text: string } | { kind: "end" } | { kind: "cancelled" };

export type Completer = (line: string) => [string[], string];

export interface Terminal {
  /** Whether a person sits here who can be asked what to do. */
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** Prints whole lines (a line feed is added); what is being typed stays below them. */
  print(text: string): void;
  /** A line that is redrawn in place, such as a progress bar; nothing on a pipe. */
  showStatus(text: string | undefined): void;
  /** Puts something before the line that is typed; nothing on a pipe. */
  showPrompt(text: string): void;
  /**
   * Asks for one line; a hidden one is never echoed. A question takes the place of one that was not answered.
   * @param prompt printed as it is on a terminal, and as a line of its own to a pipe
   */
  ask(prompt: string, hidden?: boolean): Promise<TypedAnswer>;
  /** Waits for the next typed line. */
  read(): Promise<TypedAnswer>;
  /** Ends the present `ask` or `read`, if there is one. */
  cancel(): void;
  completeWith(complete: Completer): void;
  /** Resolves as soon as few enough printed bytes wait for the reader; undefined where that is so already. */
  caughtUp(): Promise<void> | undefined;
  /** Gives the terminal back. Resolves when everything is written. */
  close(): Promise<void>;
}

/** The only waiter there is for the lines that were typed, and the lines nobody has waited for yet. */
export class LineMailbox {
  #lines: string[] = [];
  #ended = false;
  #waiter: ((answer: TypedAnswer) => void) | undefined;

  get waitingLines(): number {
    return this.#lines.length;
  }

  get isAwaited(): boolean {
    return this.#waiter !== undefined;
  }

  push(text: string): void {
    if (!this.#deliver({ kind: "line", text })) this.#lines.push(text);
  }

  end(): void {
    this.#ended = true;
    this.#deliver({ kind: "end" });
  }

  cancel(): void {
    this.#deliver({ kind: "cancelled" });
  }

  next(): Promise<TypedAnswer> {
    this.cancel();
    const text = this.#lines.shift();
    if (text !== undefined) return Promise.resolve({ kind: "line", text });
    if (this.#ended) return Promise.resolve({ kind: "end" });
    return new Promise((resolve) => (this.#waiter = resolve));
  }

  #deliver(answer: TypedAnswer): boolean {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.(answer);
    return waiter !== undefined;
  }
}

/** Waits until a stream's buffer is small again. */
export function whenDrained(
  output: NodeJS.WritableStream & { writableLength: number },
  maxBytes: number,
): Promise<void> | undefined {
  if (output.writableLength <= maxBytes) return undefined;
  return new Promise((resolve) => {
    const done = (): void => {
      output.removeListener("drain", done);
      output.removeListener("close", done);
      output.removeListener("error", done);
      resolve();
    };
    output.once("drain", done);
    output.once("close", done);
    output.once("error", done);
  });
}
