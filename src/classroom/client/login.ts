/**
 * The login, question for question as the course's own client asks it (the first protocol's greeting, register and
 * log in). Knows the terminal and two ways to the server, and nothing of sockets.
 */
import { greeting, nameTaken, registered, welcome } from "../protocol/messages.ts";
import { showable } from "../../lib/showable.ts";
import { maxPasswordBytes } from "./limits.ts";
import type { Terminal } from "./terminal.ts";
import { lengthProblem } from "./typed-line.ts";

export interface LoginWire {
  /** The shortest password of a new account; 1 where it is missing. */
  readonly minPasswordBytes?: number;
  /** What was typed is a code that works once: the server has asked for a password in its place. */
  readonly wantsPassword?: boolean;
  send(payload: string): void;
  /** The next answer of the server to the login; undefined where it has hung up. */
  answer(): Promise<string | undefined>;
  /** The first thing the server says. @throws ExpectedError where it says nothing for too long */
  greeting(): Promise<string | undefined>;
}

/** What is known before anything is asked. */
export interface Credentials {
  name: string | undefined;
  password: string | undefined;
  /** Both were accepted before: nothing is asked at all. */
  remembered: boolean;
}

export type LoginEnd =
  | { kind: "joined"; name: string; password: string }
  /** the server's sentence has been printed */
  | { kind: "refused" }
  | { kind: "hung-up" }
  | { kind: "input-ended" };

/** What the old client looks for at the end of a greeting; without it, it asks nothing. */
const greetingEnd = greeting.slice(greeting.indexOf("(yes/no):"));
const nameAgain = nameTaken.slice(nameTaken.indexOf("Please choose another:")).trim();

/** Whether an `info` during the login is its answer; the original tells those who are not in yet everybody's news. */
export function isLoginAnswer(text: string): boolean {
  return text === welcome || !/^(?:Server: |[^:\n]+ \(private\): )/.test(text);
}

export async function logIn(terminal: Terminal, wire: LoginWire, given: Credentials): Promise<LoginEnd> {
  try {
    return await new LoginTalk(terminal, wire, given).run();
  } catch (end) {
    if (end instanceof TalkEnd) return end.end;
    throw end;
  }
}

// Below: the talk itself. Whatever ends it early is thrown, so that the questions can be read in their order.

class TalkEnd extends Error {
  readonly end: LoginEnd;

  constructor(end: LoginEnd) {
    super(end.kind);
    this.end = end;
  }
}

class LoginTalk {
  #terminal: Terminal;
  #wire: LoginWire;
  #given: Credentials;

  constructor(terminal: Terminal, wire: LoginWire, given: Credentials) {
    this.#terminal = terminal;
    this.#wire = wire;
    this.#given = { ...given };
  }

  async run(): Promise<LoginEnd> {
    const greeting = await this.#wire.greeting();
    if (greeting === undefined) return { kind: "hung-up" };
    if (!greeting.endsWith(greetingEnd)) this.#refuse(greeting);
    const isKnown = this.#given.remembered || (await this.#askWhetherKnown(showable(greeting)));
    this.#wire.send(isKnown ? "yes" : "no");
    const name = isKnown ? await this.#logInName() : await this.#registerName();
    const password = isKnown
      ? await this.#password("Enter your password: ", 1)
      : await this.#password("Enter a password: ", this.#wire.minPasswordBytes ?? 1);
    this.#wire.send(password);
    let verdict = await this.#answer();
    if (this.#wire.wantsPassword === true) {
      this.#print(verdict);
      this.#wire.send(await this.#password("Choose a password: ", this.#wire.minPasswordBytes ?? 1));
      verdict = await this.#answer();
    }
    if (verdict !== welcome) this.#refuse(verdict);
    return { kind: "joined", name, password };
  }

  async #askWhetherKnown(greeting: string): Promise<boolean> {
    for (;;) {
      const typed = await this.#ask(this.#terminal.interactive ? `${greeting} ` : greeting);
      const answer = typed.trim().toLowerCase();
      if (answer === "yes" || answer === "y") return true;
      if (answer === "no" || answer === "n") return false;
      if (this.#terminal.interactive) {
        this.#terminal.print("Please type yes or no.");
        continue;
      }
      // A script gets the answer of the server, which hangs up.
      this.#sendChecked(typed);
      this.#refuse(await this.#answer());
    }
  }

  async #logInName(): Promise<string> {
    for (;;) {
      const name = await this.#name("Enter your username: ");
      if (this.#sendChecked(name)) return name;
    }
  }

  async #registerName(): Promise<string> {
    for (;;) {
      const name = await this.#name("Enter a username: ");
      if (!this.#sendChecked(name)) continue;
      const answer = await this.#answer();
      if (answer !== registered && !answer.trim().endsWith(nameAgain)) this.#refuse(answer);
      this.#print(answer);
      if (answer === registered) return name;
    }
  }

  /** A name that was given is used once: where it is refused, the next one is asked for. */
  async #name(prompt: string): Promise<string> {
    const { name } = this.#given;
    this.#given.name = undefined;
    return name ?? (await this.#ask(prompt));
  }

  async #password(prompt: string, least: number): Promise<string> {
    for (;;) {
      const password = this.#given.password ?? (await this.#ask(prompt, true));
      this.#given.password = undefined;
      const bytes = Buffer.byteLength(password);
      if (bytes >= least && bytes <= maxPasswordBytes) return password;
      this.#terminal.print(`A password has ${least} to ${maxPasswordBytes} bytes.`);
    }
  }

  #sendChecked(text: string): boolean {
    const problem = lengthProblem("info", text);
    if (problem !== undefined) this.#terminal.print(problem);
    else this.#wire.send(text);
    return problem === undefined;
  }

  async #ask(prompt: string, hidden = false): Promise<string> {
    const answer = await this.#terminal.ask(prompt, hidden);
    if (answer.kind === "line") return answer.text;
    if (answer.kind === "end") throw new TalkEnd({ kind: "input-ended" });
    // The server hung up while we asked; what it said before that has not been looked at yet.
    return this.#refuse(await this.#answer());
  }

  async #answer(): Promise<string> {
    const answer = await this.#wire.answer();
    if (answer === undefined) throw new TalkEnd({ kind: "hung-up" });
    return answer;
  }

  #refuse(sentence: string): never {
    this.#print(sentence);
    throw new TalkEnd({ kind: "refused" });
  }

  #print(text: string): void {
    this.#terminal.print(showable(text.endsWith("\n") ? text.slice(0, -1) : text));
  }
}
