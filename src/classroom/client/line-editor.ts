/**
 * The terminal of a person. The line being typed stays at the bottom while messages appear above it:
 *
 *      =================
 *      Client kapil: hi                     printed, once and for good
 *      a.txt  [####------] 40 %  1.2 MB/s   the status, redrawn in place
 *      > msg:how are y_                     the line editor's own
 *
 * The editor is node:readline. Its output goes through a gate that is shut while a hidden line is typed.
 */
import { clearScreenDown, createInterface, cursorTo, moveCursor, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { maxHistory, maxWaitingTextBytes } from "./limits.ts";
import { LineMailbox, whenDrained, type Completer, type Terminal, type TypedAnswer } from "./terminal.ts";
import { wrapText } from "./wrap-text.ts";

const chatPrompt = "> ";

/** As much of a terminal's output as is needed; the size is missing where nobody knows it. */
type Output = NodeJS.WritableStream & { writableLength: number; columns?: number; rows?: number };

export interface EditorOptions {
  input: NodeJS.ReadableStream & { unref?(): unknown };
  output: Output;
  colour: boolean;
  /** Ctrl-C. */
  interrupt: () => void;
}

interface Question {
  kind: "ask" | "ask-hidden" | "read";
  prompt: string;
}

export class LineEditor implements Terminal {
  readonly interactive = true;
  readonly colour: boolean;
  #output: Output;
  #input: EditorOptions["input"];
  #gate: Gate;
  #readline: Interface;
  #mailbox = new LineMailbox();
  #complete: Completer = (line) => [[], line];
  /** What the line at the bottom answers; undefined while nothing is asked. */
  #question: Question | undefined;
  #status: string | undefined;
  #beforePrompt = "";
  /** A half-typed message that a question has put aside. */
  #putAside = "";
  #waitingText: string[] = [];

  constructor({ input, output, colour, interrupt }: EditorOptions) {
    this.colour = colour;
    this.#input = input;
    this.#output = output;
    this.#gate = new Gate(output);
    this.#readline = createInterface({
      input,
      output: this.#gate,
      terminal: true,
      historySize: maxHistory,
      completer: (line: string) => (this.#question?.kind === "read" ? this.#complete(line) : [[], line]),
    });
    this.#readline.on("line", (line) => this.#onLine(line));
    // Answers to questions are nobody's history, least of all a password.
    this.#readline.on("history", (history: string[]) => {
      if (this.#question?.kind !== "read") history.shift();
    });
    this.#readline.on("SIGINT", interrupt);
    this.#readline.on("close", () => this.#mailbox.end());
  }

  get columns(): number {
    return this.#gate.columns;
  }

  print(text: string): void {
    this.#waitingText.push(text);
    // A burst of messages redraws the typed line once.
    if (this.#waitingText.length === 1) setImmediate(() => this.#flush());
  }

  showStatus(text: string | undefined): void {
    if (text === this.#status) return;
    this.#flush();
    this.#status = text;
    if (this.#question !== undefined && this.#question.kind !== "ask-hidden") this.#draw();
  }

  showPrompt(text: string): void {
    if (text === this.#beforePrompt) return;
    this.#flush();
    this.#beforePrompt = text;
    const question = this.#question;
    if (question?.kind !== "read") return;
    this.#erase();
    question.prompt = text + chatPrompt;
    this.#draw();
  }

  async ask(prompt: string, hidden = false): Promise<TypedAnswer> {
    const { line } = this.#readline;
    if (line !== "") this.#putAside = line;
    this.#setLine("");
    return await this.#wait({ kind: hidden ? "ask-hidden" : "ask", prompt });
  }

  async read(): Promise<TypedAnswer> {
    if (this.#putAside !== "") {
      this.#setLine(this.#putAside);
      this.#putAside = "";
    }
    return await this.#wait({ kind: "read", prompt: this.#beforePrompt + chatPrompt });
  }

  cancel(): void {
    this.#mailbox.cancel();
  }

  completeWith(complete: Completer): void {
    this.#complete = complete;
  }

  caughtUp(): Promise<void> | undefined {
    return whenDrained(this.#output, maxWaitingTextBytes);
  }

  async close(): Promise<void> {
    this.#flush();
    this.#readline.close();
    this.#input.unref?.();
    await new Promise<void>((resolve) => {
      this.#output.write("", () => resolve());
    });
  }

  async #wait(question: Question): Promise<TypedAnswer> {
    this.#flush();
    const answer = this.#mailbox.next();
    if (!this.#mailbox.isAwaited) return await answer;
    this.#question = question;
    this.#draw();
    this.#gate.shut = question.kind === "ask-hidden";
    const given = await answer;
    if (given.kind !== "line") {
      // The line at the bottom was not finished: what comes next begins on a row of its own.
      this.#gate.shut = false;
      this.#erase();
      this.#question = undefined;
    }
    return given;
  }

  #onLine(line: string): void {
    const question = this.#question;
    this.#question = undefined;
    this.#gate.shut = false;
    if (question?.kind === "ask-hidden") this.#output.write("\n");
    else if (question !== undefined && this.#status !== undefined) this.#rewriteWithoutStatus(question, line);
    this.#mailbox.push(line);
  }

  /** The editor has just ended its line: takes the status above it away. */
  #rewriteWithoutStatus(question: Question, line: string): void {
    const rows = Math.floor(Bun.stringWidth(question.prompt + line) / this.columns) + 1;
    moveCursor(this.#output, 0, -rows - 1);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(`${question.prompt}${line}\n`);
  }

  #flush(): void {
    if (this.#waitingText.length === 0) return;
    const text = `${wrapText(this.#waitingText.join("\n"), this.columns)}\n`;
    this.#waitingText = [];
    if (this.#question !== undefined) this.#erase();
    this.#output.write(text);
    if (this.#question !== undefined) this.#draw();
  }

  /** Draws the status and the line that is being typed, where the cursor is. */
  #draw(): void {
    const { kind, prompt } = this.#question!;
    if (kind === "ask-hidden") {
      this.#output.write(prompt);
      return;
    }
    this.#readline.setPrompt(this.#status === undefined ? prompt : `${this.#status}\n${prompt}`);
    this.#readline.prompt(true);
  }

  /** Takes them away, and leaves the cursor where they began. */
  #erase(): void {
    const rows = this.#question?.kind === "ask-hidden" ? 0 : this.#readline.getCursorPos().rows;
    if (rows > 0) moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    // The editor remembers how far down its cursor was, and would go up as far once more.
    Object.assign(this.#readline, { prevRows: 0 });
  }

  #setLine(text: string): void {
    Object.assign(this.#readline, { line: text, cursor: text.length });
  }
}

/** Passes the editor's output on, or swallows it. */
class Gate extends Writable {
  shut = false;
  readonly isTTY = true;
  #output: Output;

  constructor(output: Output) {
    super({ decodeStrings: false });
    this.#output = output;
    output.on("resize", () => this.emit("resize"));
  }

  get columns(): number {
    return this.#output.columns ?? 80;
  }

  get rows(): number {
    return this.#output.rows ?? 24;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    if (!this.shut) this.#output.write(chunk);
    done();
  }
}
