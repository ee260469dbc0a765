/** A student who is a real process: `pcs join` in a pipe, or an original client. It breaks off by being killed. */
import { join } from "node:path";
import type { Subprocess } from "bun";
import { AnswerSheet } from "./quiz-sheet.ts";

export type RealKind = "terminal" | "old";

type Child = Subprocess<"pipe", "pipe", "ignore">;

const password = "a long password";
const restartMs = 100;
/** Who comes back waits this long for word of the answer before it, and then sends it again. */
const wordOfAnswerMs = 500;

export class ProcessStudent extends AnswerSheet {
  readonly kind: RealKind;
  readonly #port: number;
  readonly #executable: string;
  readonly #folder: string;
  #child: Child | undefined;
  #isKnown = false;
  /** What its screen shows: `pcs join` does not print a question again when it comes back. */
  #onScreen = 0;
  #isDone = false;
  #whenIn: (() => void)[] = [];

  constructor(name: string, port: number, kind: RealKind, executable: string, folder: string) {
    super(name);
    this.#port = port;
    this.kind = kind;
    this.#executable = executable;
    this.#folder = folder;
  }

  async enter(): Promise<void> {
    const inside = new Promise<void>((resolve) => this.#whenIn.push(resolve));
    this.#start();
    await inside;
  }

  breakOff(): void {
    this.#child?.kill("SIGKILL");
  }

  end(): void {
    this.#isDone = true;
    this.#child?.kill("SIGKILL");
  }

  protected send({ text }: { text: string }): void {
    this.#type(`quiz_answer:${text}`);
  }

  #start(): void {
    if (this.#isDone) return;
    const child = Bun.spawn({
      cmd: this.#command(),
      cwd: this.#folder,
      env: { ...process.env, PCS_PASSWORD: password, XDG_STATE_HOME: join(this.#folder, this.name) },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "ignore",
    });
    this.#child = child;
    this.#onScreen = 0;
    if (this.kind === "terminal") this.#type(this.#isKnown ? "yes" : "no");
    void this.#read(child);
  }

  #command(): string[] {
    const { name } = this;
    const port = String(this.#port);
    if (this.kind === "terminal")
      return [this.#executable, "join", "127.0.0.1", port, "--user", name, "--downloads", join(name, "got")];
    const program = join(import.meta.dir, "quiz-old-process.ts");
    return [process.execPath, program, port, name, this.#isKnown ? "login" : "register"];
  }

  #type(line: string): void {
    try {
      void this.#child?.stdin.write(`${line}\n`);
      void this.#child?.stdin.flush();
    } catch {
      // It was killed this very moment; what was to be said is said again.
    }
  }

  async #read(child: Child): Promise<void> {
    let rest = "";
    for await (const chunk of child.stdout) {
      const lines = (rest + Buffer.from(chunk).toString()).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.#hear(this.kind === "old" ? lineOf(line) : line);
    }
    await child.exited;
    this.left();
    if (this.#isDone) return;
    this.reconnects++;
    setTimeout(() => this.#start(), restartMs * (0.5 + Math.random()));
  }

  #hear(line: string): void {
    const asked = /^Question (\d+): /.exec(line);
    if (asked !== null) return this.#see(Number(asked[1]));
    const kept = /^Server: Your answer to question (\d+) is kept\./.exec(line);
    if (kept !== null) return this.settle(({ question }) => question === Number(kept[1]), "acknowledged");
    if (/^Server: Question \d+ (of \d+ )?is closed\./.test(line)) this.open = this.#onScreen = 0;
    else if (line.startsWith("Server: You joined the server.") || line.endsWith("Here again."))
      this.#entered();
    else if (line.endsWith("trying to come back.")) {
      this.left();
      this.reconnects++;
    } else if (isRefusal(line)) {
      this.errors.push(line);
      this.settle(({ question }) => question === this.open, "refused");
    }
  }

  #entered(): void {
    this.isIn = true;
    this.#isKnown = true;
    for (const resolve of this.#whenIn.splice(0)) resolve();
    this.open = this.#onScreen;
  }

  #see(question: number): void {
    this.open = this.#onScreen = question;
    const waiting = this.answers.find((each) => each.question === question && each.state === "waiting");
    if (waiting === undefined) return;
    setTimeout(() => {
      if (this.open === question && waiting.state === "waiting" && this.isIn) this.send(waiting);
    }, wordOfAnswerMs);
  }
}

function lineOf(json: string): string {
  const [, payload] = JSON.parse(json) as [header: string, payload: string];
  return payload;
}

function isRefusal(line: string): boolean {
  return /^Server: (You have answered|This question is|The time for|The quiz is paused|This is no answer)/.test(
    line,
  );
}
