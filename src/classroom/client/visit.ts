/** One connection to a server, from the dial to its end: who is told what arrives, and how it is left. */
import { ExpectedError } from "../../lib/errors.ts";
import { welcome } from "../protocol/messages.ts";
import { Chat } from "./chat.ts";
import type { SessionLimits } from "./limits.ts";
import { isLoginAnswer, logIn, type Credentials, type LoginEnd } from "./login.ts";
import type { Presenter } from "./presenter.ts";
import { ServerLink, type LinkEvents } from "./server-link.ts";
import type { Terminal } from "./terminal.ts";
import { within } from "./within.ts";

export interface VisitOptions {
  host: string;
  port: number;
  /** Where received files go; made when the first one comes. */
  downloads: string;
  /** What `~/` stands for. */
  home: string | undefined;
  limits: SessionLimits;
}

export type VisitEnd = "left" | "shut-down" | "refused" | "lost";

export class Visit {
  #options: VisitOptions;
  #terminal: Terminal;
  #presenter: Presenter;
  #now: () => number;
  #link: ServerLink | undefined;
  /** What the server said to the login and nobody has looked at yet. */
  #answers: string[] = [];
  #wake: (() => void) | undefined;
  #greeted = false;
  #ended = false;
  #interrupted = false;
  #stopDialling = Promise.withResolvers<void>();
  #receivedMs = Number.NEGATIVE_INFINITY;

  constructor(options: VisitOptions, terminal: Terminal, presenter: Presenter, now: () => number) {
    this.#options = options;
    this.#terminal = terminal;
    this.#presenter = presenter;
    this.#now = now;
  }

  /** @throws ExpectedError where nothing answers */
  async connect(): Promise<void> {
    const { host, port } = this.#options;
    const link = await this.#dial();
    this.#link = link;
    void link.ended.then(() => this.#onEnded());
    this.#presenter.note(`Connected to ${host.includes(":") ? `[${host}]` : host}:${port}`);
  }

  /**
   * Logs in and talks, until one side leaves.
   * @param joined told who came in, with the password that opened
   * @throws ExpectedError with one sentence for an end that nothing printed so far explains
   */
  async run(credentials: Credentials, joined: (name: string, password: string) => void): Promise<VisitEnd> {
    const link = this.#link!;
    const login = await logIn(
      this.#terminal,
      {
        send: (payload) => link.send("info", payload),
        answer: () => this.#answer(),
        greeting: () => this.#greeting(),
      },
      credentials,
    );
    if (login.kind !== "joined") return this.#withoutLogin(login);
    this.#presenter.tell({ kind: "named", name: login.name });
    joined(login.name, login.password);
    const end = await new Chat(this.#terminal, link, this.#presenter, this.#options.home).run();
    if (end === "link-ended") return await this.#linkEnd("lost");
    if (end === "input-ended") await this.#untilQuiet();
    if (!link.isOpen) return await this.#linkEnd("lost");
    await this.#leave();
    return "left";
  }

  /** Says goodbye and hangs up at once. */
  interrupt(): void {
    this.#interrupted = true;
    this.#stopDialling.resolve();
    this.#link?.hangUp();
    this.#terminal.cancel();
  }

  /** Resolves when the connection is gone and every file of it is settled. */
  async close(): Promise<void> {
    this.#link?.close();
    await this.#link?.ended;
  }

  async #dial(): Promise<ServerLink> {
    const { host, port, downloads, limits } = this.#options;
    const opening = ServerLink.open(host, port, downloads, this.#events());
    const isDone = await within(Promise.race([opening, this.#stopDialling.promise]), limits.connectMs);
    if (isDone && !this.#interrupted) return await opening;
    // A dial cannot be taken back: should it succeed all the same, the connection is not wanted any more.
    opening.then(
      (link) => link.close(),
      () => undefined,
    );
    const why = this.#interrupted ? "interrupted" : "it did not answer in time";
    throw new ExpectedError(`cannot connect to ${host} port ${port}: ${why}.`);
  }

  #events(): LinkEvents {
    return {
      frame: (header, text) => {
        this.#receivedMs = this.#now();
        if (this.#isForLogin(header, text)) {
          this.#answers.push(text);
          this.#wake?.();
          if (text !== welcome) return;
          this.#link!.joined = true;
        }
        this.#presenter.tell({ kind: "frame", header, text });
        this.#awaitScreen();
      },
      fileProgress: ({ file, sender }, bytes) => {
        this.#receivedMs = this.#now();
        this.#presenter.progress("download", `${file} from ${sender ?? "server"}`, bytes, undefined);
      },
      fileEnded: ({ file, sender }, result) => {
        this.#receivedMs = this.#now();
        this.#presenter.progressEnded("download");
        if (result.kind === "saved")
          this.#presenter.tell({ kind: "file-received", file, savedAs: result.name, sender });
        else this.#presenter.tell({ kind: "file-lost", file, sender, reason: result.reason });
      },
    };
  }

  #isForLogin(header: string, text: string): boolean {
    if (this.#link?.joined === true) return false;
    // Whatever comes first is the greeting, also from a server that does not want us.
    if (!this.#greeted) return (this.#greeted = true);
    return header === "error" || (header === "info" && isLoginAnswer(text));
  }

  /** Nobody reads what we print: then we read nothing either. */
  #awaitScreen(): void {
    const caughtUp = this.#terminal.caughtUp();
    if (caughtUp === undefined) return;
    this.#link?.pause("screen");
    void caughtUp.then(() => this.#link?.resume("screen"));
  }

  #onEnded(): void {
    this.#ended = true;
    this.#wake?.();
    this.#terminal.cancel();
  }

  async #answer(): Promise<string | undefined> {
    while (this.#answers.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#answers.shift();
  }

  async #greeting(): Promise<string | undefined> {
    const greeting = this.#answer();
    if (await within(greeting, this.#options.limits.greetingMs)) return await greeting;
    throw new ExpectedError("the server says nothing: it may be no classroom server.");
  }

  async #withoutLogin(login: LoginEnd): Promise<VisitEnd> {
    if (login.kind === "input-ended") throw new ExpectedError("the input ended before the login did.");
    if (login.kind === "hung-up") {
      const end = await this.#linkEnd("lost");
      if (end === "lost") throw new ExpectedError("the server hung up during the login.");
      return end;
    }
    return "refused";
  }

  async #linkEnd(otherwise: VisitEnd): Promise<VisitEnd> {
    const link = this.#link!;
    await link.ended;
    if (link.fault?.kind === "bug") throw link.fault.error;
    if (link.fault !== undefined) throw new ExpectedError(link.fault.sentence);
    if (!this.#presenter.state.shutDown) return otherwise;
    this.#presenter.note("The classroom is closed.");
    return "shut-down";
  }

  /** What answers the last lines of a script is on its way: waits until nothing has come for a moment. */
  async #untilQuiet(): Promise<void> {
    const { quietMs, quietAtMostMs } = this.#options.limits;
    const began = this.#now();
    while (this.#link!.isOpen) {
      const now = this.#now();
      const quietFor = now - Math.max(began, this.#receivedMs);
      const isTooLong = now - began >= quietAtMostMs && !this.#link!.isReceiving;
      if (quietFor >= quietMs || isTooLong) return;
      await Bun.sleep(Math.max(1, quietMs - quietFor));
    }
  }

  async #leave(): Promise<void> {
    const link = this.#link!;
    link.send("cmd", "disconnect");
    await within(link.ended, this.#options.limits.leaveMs);
  }
}
