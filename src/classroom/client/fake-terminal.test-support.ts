/** A terminal whose person is a test: it types lines, and waits for what is printed. */
import { LineMailbox, type Completer, type Terminal, type TypedAnswer } from "./terminal.ts";

export class FakeTerminal implements Terminal {
  readonly interactive: boolean;
  readonly colour = false;
  readonly columns = 80;
  /** Everything printed, questions among it, each with a line feed. */
  printed = "";
  statuses: string[] = [];
  prompt = "";
  hiddenQuestions: string[] = [];
  complete: Completer = (line) => [[], line];
  closed = false;
  #mailbox = new LineMailbox();
  #watchers = new Set<() => void>();

  constructor(interactive = false) {
    this.interactive = interactive;
  }

  type(...lines: string[]): void {
    for (const line of lines) this.#mailbox.push(line);
  }

  endInput(): void {
    this.#mailbox.end();
  }

  /** Resolves when `text` has been printed `times` times. */
  async until(text: string, times = 1): Promise<void> {
    while (this.printed.split(text).length - 1 < times) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`never printed: ${JSON.stringify(text)}\n--- printed\n${this.printed}`)),
          4_000,
        );
        const done = (): void => {
          clearTimeout(timer);
          this.#watchers.delete(done);
          resolve();
        };
        this.#watchers.add(done);
      });
    }
  }

  print(text: string): void {
    this.printed += `${text}\n`;
    for (const done of this.#watchers) done();
  }

  showStatus(text: string | undefined): void {
    if (text !== undefined) this.statuses.push(text);
  }

  showPrompt(text: string): void {
    this.prompt = text;
  }

  ask(prompt: string, hidden = false): Promise<TypedAnswer> {
    if (hidden) this.hiddenQuestions.push(prompt);
    this.print(prompt);
    return this.read();
  }

  read(): Promise<TypedAnswer> {
    return this.#mailbox.next();
  }

  cancel(): void {
    this.#mailbox.cancel();
  }

  completeWith(complete: Completer): void {
    this.complete = complete;
  }

  caughtUp(): undefined {
    return undefined;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
