/**
 * The login of the second protocol as the talk of `login.ts` knows it: the same questions in the same order, for
 * people and scripts who have typed the answers for years.
 */
import * as messages from "../protocol/messages.ts";
import type { Control } from "../protocol/v2/control.ts";
import { minPasswordBytes } from "../protocol/v2/limits.ts";
import type { LoginWire } from "./login.ts";
import type { PeerLink } from "./peer-link.ts";

export class PeerLoginWire implements LoginWire {
  readonly minPasswordBytes = minPasswordBytes;
  wantsPassword = false;
  #link: PeerLink;
  #answers: (string | undefined)[] = [];
  #wake: (() => void) | undefined;
  /** Whether the account is there; undefined before that was said. */
  #isKnown: boolean | undefined;
  #name: string | undefined;
  /** What was sent as the password: perhaps a code that works once. */
  #password = "";

  constructor(link: PeerLink) {
    this.#link = link;
    void link.ended.then(() => this.#push(undefined));
  }

  greeting(): Promise<string> {
    return Promise.resolve(messages.greeting);
  }

  send(typed: string): void {
    if (this.#isKnown === undefined) {
      const answer = typed.trim().toLowerCase();
      if (answer !== "yes" && answer !== "no") return this.#push(messages.badResponse);
      this.#isKnown = answer === "yes";
    } else if (this.#name === undefined) {
      this.#name = typed;
      if (!this.#isKnown) this.#link.send("name", { name: typed.slice(0, 64) });
    } else if (this.wantsPassword) {
      const name = this.#name.slice(0, 64);
      this.#link.send("login", { name, password: this.#password, newPassword: typed });
    } else {
      this.#password = typed;
      const login = { name: this.#name.slice(0, 64), password: typed };
      this.#link.send("login", this.#isKnown ? login : { ...login, create: true });
    }
  }

  async answer(): Promise<string | undefined> {
    while (this.#answers.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#answers.shift();
  }

  // Below: what the server answers.

  named(): void {
    this.#push(messages.registered);
  }

  seated(): void {
    this.#push(messages.welcome);
  }

  refused({ code, text }: Control<"error">): void {
    // Another name is asked for; everything else ends the talk.
    const isName = code === "name-taken" || code === "name-refused";
    if (isName) this.#name = undefined;
    if (code === "new-password") this.wantsPassword = true;
    this.#push(isName ? messages.nameRefused(text) : text);
  }

  #push(answer: string | undefined): void {
    this.#answers.push(answer);
    this.#wake?.();
  }
}
