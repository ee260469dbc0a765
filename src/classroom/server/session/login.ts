/**
 * How a connection becomes a person: greeting, registering or logging in.
 *
 *      greeted --no--> register-name --NAME--> register-password --PASSWORD--> checking --> in
 *         \---yes----> login-name ---NAME---> login-password ----PASSWORD--> checking --> in | closed
 *
 * While a password is checked, what the client has sent ahead waits undecoded, and no clock runs against it.
 */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { Reservation } from "../../accounts/accounts.ts";
import { waitSentence } from "../../accounts/login-throttle.ts";
import { nameKey } from "../../accounts/person-name.ts";
import * as messages from "../../protocol/messages.ts";
import { refusalOf } from "../admission.ts";
import { maxNameTries } from "../limits.ts";
import type { Session } from "./session.ts";

type Step = "greeted" | "register-name" | "register-password" | "login-name" | "login-password" | "checking";

export class Login {
  #session: Session;
  #step: Step = "greeted";
  #name = "";
  #reservation: Reservation | undefined;
  #tries = 0;
  #cancelled = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** True while a password waits for its turn or is checked. */
  get isChecking(): boolean {
    return this.#step === "checking";
  }

  /** Takes the text of the next `info` frame. */
  answer(text: string): void {
    switch (this.#step) {
      case "greeted":
        return this.#takeResponse(text.trim().toLowerCase());
      case "register-name":
        return this.#takeNewName(text);
      case "login-name":
        this.#name = text;
        this.#step = "login-password";
        return;
      case "register-password":
        if (!this.#isThrottled(undefined)) this.#check(this.#register(text));
        return;
      case "login-password":
        if (!this.#isThrottled(this.#name)) this.#check(this.#logIn(text));
        return;
      case "checking":
        return;
    }
  }

  /** The connection ends before the login did. */
  cancel(): void {
    this.#cancelled = true;
    // While the password is hashed the name stays reserved: the account is made all the same.
    if (!this.isChecking) this.#reservation?.release();
  }

  #takeResponse(response: string): void {
    if (response === "yes") this.#step = "login-name";
    else if (response !== "no") this.#session.dismiss(messages.badResponse);
    else if (this.#session.classroom.ports.registration === "roster")
      this.#session.dismiss("This class has a roster: ask your teacher for an account.");
    else this.#step = "register-name";
  }

  #takeNewName(typed: string): void {
    const { accounts } = this.#session.classroom.ports;
    const result = accounts.reserve(typed);
    if (result.kind === "reserved") {
      this.#reservation = result.reservation;
      this.#step = "register-password";
      this.#session.info(messages.registered);
    } else if (++this.#tries >= maxNameTries) {
      this.#session.dismiss("Too many names were tried.");
    } else {
      this.#session.info(result.kind === "taken" ? messages.nameTaken : messages.nameRefused(result.reason));
    }
  }

  /** Too many passwords were tried: says so, and ends. @param name undefined for a new one */
  #isThrottled(name: string | undefined): boolean {
    const { classroom, connection } = this.#session;
    const { throttle, now } = classroom.ports;
    const { address } = connection;
    const waitMs =
      name === undefined ? throttle.askNew(address, now()) : throttle.ask(address, nameKey(name), now());
    if (waitMs === 0) return false;
    classroom.counters.throttledLogins++;
    this.#session.dismiss(waitSentence(waitMs));
    return true;
  }

  async #register(password: string): Promise<void> {
    const session = this.#session;
    const reservation = this.#reservation!;
    const { accounts } = session.classroom.ports;
    const problem = await accounts.register(reservation, password).finally(() => reservation.release());
    if (this.#cancelled) return;
    if (problem === undefined) session.enter(reservation.name);
    else session.dismiss(problem);
  }

  async #logIn(typed: string): Promise<void> {
    const session = this.#session;
    const { accounts, throttle, now } = session.classroom.ports;
    const { address } = session.connection;
    const key = nameKey(this.#name);
    const isOneTime = accounts.find(this.#name)?.isOneTime === true;
    const [password, chosen] = isOneTime ? splitAtBlank(typed) : [typed, ""];
    const name = await accounts.logIn(this.#name, password).catch((error: unknown) => {
      throttle.failed(address, key, now());
      throw error;
    });
    if (name === undefined) throttle.failed(address, key, now());
    else throttle.succeeded(address, key);
    if (this.#cancelled) return;
    if (name === undefined) return session.dismiss(messages.badLogin);
    if (this.#isRefused(name)) return;
    if (isOneTime) {
      if (chosen === "") return session.dismiss(messages.fromServer(oneTimeSentence));
      const problem = await accounts.choosePassword(name, chosen);
      if (this.#cancelled) return;
      if (problem !== undefined) return session.dismiss(messages.fromServer(problem));
      // Somebody may have decided otherwise while it was kept.
      if (this.#isRefused(name)) return;
    }
    session.enter(name);
  }

  /** Name and password belong together, and yet this person may not come in: says why, and ends. */
  #isRefused(name: string): boolean {
    const session = this.#session;
    const refusal = refusalOf(session.classroom, name, session.connection);
    if (refusal === undefined) return false;
    session.classroom.counters.refusedLogins++;
    session.dismiss(messages.fromServer(refusal.text));
    return true;
  }

  #check(work: Promise<void>): void {
    const session = this.#session;
    this.#step = "checking";
    session.connection.hold();
    const done = work
      .catch((error: unknown) => {
        const { log, screen } = session.classroom.ports;
        if (error instanceof ExpectedError) screen.line(asSentence(error.message));
        else log.fault(error);
        session.dismiss("The server could not keep this now; please tell your teacher and try again.");
      })
      .then(() => session.connection.release());
    session.classroom.background(done);
  }
}

/** The first protocol has no frame for it. */
const oneTimeSentence =
  "This code works once: as your password, type the code, a blank and a password of your own choice.";

/** @returns what is before the first blank, and what is behind it */
function splitAtBlank(typed: string): [string, string] {
  const text = typed.trim();
  const at = text.search(/\s/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).trim()];
}
