/**
 * Who may speak as whom: names are reserved while somebody registers, passwords are hashed through the gate, and
 * nothing about a password is kept but its hash.
 */
import { newAccount, type Account, type AccountStore, type Role } from "./account-store.ts";
import { maxPasswordBytes, type HashGate } from "./hash-gate.ts";
import { checkName, nameKey } from "./person-name.ts";
import { readCode } from "./teacher-codes.ts";

/** A name that one connection may register, and nobody else meanwhile. */
export interface Reservation {
  readonly name: string;
  release(): void;
}

/** Accounts that one server keeps; further names are refused with a sentence, and counted. */
export const maxAccounts = 100_000;

export type ReserveResult =
  { kind: "reserved"; reservation: Reservation } | { kind: "taken" } | { kind: "refused"; reason: string };

export class Accounts {
  #store: AccountStore;
  #gate: HashGate;
  #now: () => number;
  #reserved = new Set<string>();
  #maxAccounts: number;
  /** Names refused because there were too many accounts. */
  refusedNames = 0;

  /** @param now milliseconds since 1970, for the date of an account */
  constructor(store: AccountStore, gate: HashGate, now: () => number, most = maxAccounts) {
    this.#store = store;
    this.#gate = gate;
    this.#now = now;
    this.#maxAccounts = most;
  }

  /** Takes a name out of everybody else's reach until it is registered or released. */
  reserve(typed: string): ReserveResult {
    const check = checkName(typed);
    if (!check.ok) return { kind: "refused", reason: check.reason };
    const key = nameKey(check.name);
    if (this.#reserved.has(key) || this.#store.find(key) !== undefined) return { kind: "taken" };
    if (this.#store.count() + this.#reserved.size >= this.#maxAccounts) {
      this.refusedNames++;
      return {
        kind: "refused",
        reason: "This server has no room for another name; please tell your teacher.",
      };
    }
    this.#reserved.add(key);
    return {
      kind: "reserved",
      reservation: { name: check.name, release: () => void this.#reserved.delete(key) },
    };
  }

  /** @returns a sentence where the password cannot be one, or undefined when the account is on disk */
  async register(reservation: Reservation, password: string): Promise<string | undefined> {
    if (!isPassword(password)) return `A password has 1 to ${maxPasswordBytes} bytes; please register again.`;
    const passwordHash = await this.#gate.hash(password);
    const { name } = reservation;
    const added = this.#store.add(nameKey(name), newAccount(name, passwordHash), this.#now());
    return added ? undefined : "This username was registered by somebody else meanwhile.";
  }

  /** @returns undefined where there is no such account */
  find(typed: string): Account | undefined {
    return this.#store.find(nameKey(typed));
  }

  /** @returns the name as it was registered, or undefined where there is no such account */
  nameOf(typed: string): string | undefined {
    return this.find(typed)?.name;
  }

  /** How many accounts there are. */
  get count(): number {
    return this.#store.count();
  }

  /** How many teachers can log in. */
  get teacherCount(): number {
    return this.#store.teacherCount();
  }

  /** @throws ExpectedError with one sentence where it cannot be kept */
  setRole(name: string, role: Role): void {
    this.#store.update(nameKey(name), { role });
  }

  /** Whether another process has changed accounts since this was asked last. */
  wereChangedElsewhere(): boolean {
    return this.#store.wasChangedElsewhere();
  }

  /** @returns the name as it was registered, or undefined where name and password do not belong together */
  async logIn(typed: string, password: string): Promise<string | undefined> {
    const account = this.#store.find(nameKey(typed));
    if (account === undefined || !isPassword(password)) return undefined;
    const said = account.isOneTime ? readCode(password) : password;
    return (await this.#gate.verify(said, account.passwordHash)) ? account.name : undefined;
  }

  /** @returns a sentence where it cannot be one, or undefined when it is on disk */
  async choosePassword(name: string, password: string): Promise<string | undefined> {
    if (!isPassword(password)) return `A password has 1 to ${maxPasswordBytes} bytes; please choose another.`;
    const passwordHash = await this.#gate.hash(password);
    this.#store.update(nameKey(name), { passwordHash, isOneTime: false });
    return undefined;
  }
}

function isPassword(text: string): boolean {
  const bytes = Buffer.byteLength(text);
  return bytes >= 1 && bytes <= maxPasswordBytes;
}
