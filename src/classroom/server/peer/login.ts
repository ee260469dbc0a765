/** How a connection of the second protocol becomes a person: by a password, for a new account too, or by a token. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { Reservation } from "../../accounts/accounts.ts";
import { waitSentence } from "../../accounts/login-throttle.ts";
import { nameKey } from "../../accounts/person-name.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { minPasswordBytes } from "../../protocol/v2/limits.ts";
import { refusalOf } from "../admission.ts";
import { maxLoginTries } from "../limits.ts";
import type { Peer } from "./peer.ts";

export class PeerLogin {
  /** True while a password waits for its turn or is checked. */
  isChecking = false;
  #peer: Peer;
  #reservation: Reservation | undefined;
  #tries = 0;
  #cancelled = false;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** Asks whether a new name is free, and keeps it. */
  askName({ name }: Control<"name">): void {
    if (this.#isOneTooMany() || !this.#reserve(name)) return;
    this.#peer.send(encodeControl("name", { name: this.#reservation!.name }));
  }

  logIn({ name, password, create, newPassword, token }: Control<"login">): void {
    if (this.#isOneTooMany()) return;
    if (token !== undefined) return this.#redeemInTurn(token);
    if (name === undefined || password === undefined)
      return this.#peer.refuse("malformed", "A login needs a name and a password, or a token.");
    if (create === true) this.#create(name, password);
    else this.#open(name, password, newPassword);
  }

  /** The connection ends before the login did. */
  cancel(): void {
    this.#cancelled = true;
    // While the password is hashed the name stays reserved: the account is made all the same.
    if (!this.isChecking) this.#reservation?.release();
  }

  #isOneTooMany(): boolean {
    if (++this.#tries <= maxLoginTries) return false;
    this.#peer.turnAway("Too many names and passwords were tried.");
    return true;
  }

  #redeemInTurn(token: string): void {
    const { classroom, connection } = this.#peer;
    classroom.entrance.enterOver(connection, () => this.#redeem(token));
  }

  #redeem(token: string): void {
    const { tokens, throttle, now } = this.#peer.classroom.ports;
    const name = tokens.redeem(token);
    if (name === undefined)
      return this.#peer.refuse("token", "This login has run out; please type your password.");
    if (!this.#mustWait(throttle.askReturn(nameKey(name), now())) && !this.#isRefused(name))
      this.#enter(name, undefined);
  }

  #create(name: string, password: string): void {
    const peer = this.#peer;
    if (Buffer.byteLength(password) < minPasswordBytes)
      return peer.refuse("password-refused", `A password has at least ${minPasswordBytes} bytes here.`);
    if (this.#isThrottled(undefined)) return;
    if (this.#reservation === undefined || nameKey(this.#reservation.name) !== nameKey(name)) {
      if (!this.#reserve(name)) return;
    }
    const reservation = this.#reservation!;
    const { accounts } = peer.classroom.ports;
    this.#check(async () => {
      const problem = await accounts.register(reservation, password);
      if (problem === undefined) this.#enterWithToken(reservation.name);
      else peer.refuse("password-refused", problem);
    });
  }

  #open(name: string, password: string, newPassword: string | undefined): void {
    const peer = this.#peer;
    const { accounts, throttle, now } = peer.classroom.ports;
    const { address } = peer.connection;
    if (this.#isThrottled(name)) return;
    this.#check(async () => {
      const found = await accounts.logIn(name, password).catch((error: unknown) => {
        throttle.failed(address, nameKey(name), now());
        throw error;
      });
      if (found === undefined) {
        throttle.failed(address, nameKey(name), now());
        if (!this.#cancelled) peer.refuse("login", "Invalid username or password.");
      } else {
        throttle.succeeded(address, nameKey(name));
        if (this.#cancelled || this.#isRefused(found)) return;
        // Somebody may have decided otherwise while the new password was kept.
        if ((await this.#hasPassword(found, newPassword)) && !this.#isRefused(found))
          this.#enterWithToken(found);
      }
    });
  }

  /** Name and password belong together, and yet this person may not come in: says why. */
  #isRefused(name: string): boolean {
    const peer = this.#peer;
    const refusal = refusalOf(peer.classroom, name, peer.connection);
    if (refusal === undefined) return false;
    peer.classroom.counters.refusedLogins++;
    peer.refuse(refusal.code, refusal.text);
    return true;
  }

  /** Who came with a code that was handed out chooses a password. */
  async #hasPassword(name: string, chosen: string | undefined): Promise<boolean> {
    const peer = this.#peer;
    const { accounts } = peer.classroom.ports;
    if (accounts.find(name)?.isOneTime !== true) return true;
    if (chosen === undefined) peer.refuse("new-password", "This code works once: please choose a password.");
    else if (Buffer.byteLength(chosen) < minPasswordBytes)
      peer.refuse("password-refused", `A password has at least ${minPasswordBytes} bytes here.`);
    else {
      const problem = await accounts.choosePassword(name, chosen);
      if (problem === undefined) return true;
      peer.refuse("password-refused", problem);
    }
    return false;
  }

  /** Reserves a name for this connection, in place of one that was reserved before. */
  #reserve(typed: string): boolean {
    const peer = this.#peer;
    const { accounts, registration } = peer.classroom.ports;
    this.#reservation?.release();
    this.#reservation = undefined;
    if (registration === "roster") {
      peer.refuse("roster", "This class has a roster: ask your teacher for an account.");
      return false;
    }
    const result = accounts.reserve(typed);
    if (result.kind === "reserved") this.#reservation = result.reservation;
    else if (result.kind === "taken") peer.refuse("name-taken", "Username already exists.");
    else peer.refuse("name-refused", result.reason);
    return result.kind === "reserved";
  }

  /** @param name undefined for a new one */
  #isThrottled(name: string | undefined): boolean {
    const { throttle, now } = this.#peer.classroom.ports;
    const { address } = this.#peer.connection;
    const waitMs =
      name === undefined ? throttle.askNew(address, now()) : throttle.ask(address, nameKey(name), now());
    return this.#mustWait(waitMs);
  }

  #mustWait(waitMs: number): boolean {
    if (waitMs === 0) return false;
    this.#peer.classroom.counters.throttledLogins++;
    this.#peer.refuse("busy", waitSentence(waitMs));
    return true;
  }

  #enterWithToken(name: string): void {
    if (!this.#cancelled) this.#enter(name, this.#issueToken(name));
  }

  /** Without one a person comes in all the same: a full disk must keep nobody out. */
  #issueToken(name: string): string | undefined {
    const { tokens, screen } = this.#peer.classroom.ports;
    try {
      return tokens.issue(name);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      screen.line(asSentence(error.message));
      return undefined;
    }
  }

  #enter(name: string, token: string | undefined): void {
    this.#reservation?.release();
    this.#reservation = undefined;
    if (!this.#cancelled) this.#peer.enter(name, token);
  }

  /** While a password is checked, what the client has sent ahead waits undecoded. */
  #check(work: () => Promise<void>): void {
    const { classroom, connection } = this.#peer;
    this.isChecking = true;
    connection.hold();
    classroom.background(this.#checkNow(work));
  }

  async #checkNow(work: () => Promise<void>): Promise<void> {
    const { classroom, connection } = this.#peer;
    try {
      await work();
    } catch (error) {
      const { log, screen } = classroom.ports;
      if (error instanceof ExpectedError) screen.line(asSentence(error.message));
      else log.fault(error);
      this.#peer.refuse(
        "fault",
        "The server could not keep this now; please tell your teacher and try again.",
      );
    }
    this.isChecking = false;
    if (this.#cancelled) this.#reservation?.release();
    connection.release();
  }
}

/** What a person is told whose login is done. */
export function seatOf(peer: Peer, seen: number, token: string | undefined): Control<"seat"> {
  const { name, role, lastTag, classroom } = peer;
  return {
    name,
    role,
    ...(token === undefined ? {} : { token }),
    lastTag,
    seen,
    room: classroom.rooms.main.name,
    kept: { ...classroom.ports.retention },
  };
}
