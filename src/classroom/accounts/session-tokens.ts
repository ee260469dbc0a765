/**
 * Session tokens: whoever has logged in with a password gets one, and comes back with it. Checking one costs a
 * SHA-256 instead of a password hash, so that a class that lost its network is back at once. A token has 256 random
 * bits, so nothing is gained by guessing, and only its hash is kept.
 */
import { createHash } from "node:crypto";
import type { AccountStore } from "./account-store.ts";
import { nameKey } from "./person-name.ts";
import type { TokenStore } from "./token-store.ts";

/** Tokens of one person: so many machines may come back without the password. */
export const maxTokensOfPerson = 10;

/** A token that was not used for so long opens nothing any more. */
export const tokenDays = 30;

const dayMs = 86_400_000;

export class SessionTokens {
  #tokens: TokenStore;
  #accounts: AccountStore;
  #now: () => number;
  #random: (bytes: number) => Uint8Array;

  /** @param now milliseconds since 1970. @param random bytes that nobody can guess */
  constructor(
    tokens: TokenStore,
    accounts: AccountStore,
    now: () => number,
    random: (bytes: number) => Uint8Array,
  ) {
    this.#tokens = tokens;
    this.#accounts = accounts;
    this.#now = now;
    this.#random = random;
  }

  /** @returns a new token of this person: a secret */
  issue(name: string): string {
    const token = Buffer.from(this.#random(32)).toString("base64url");
    this.#tokens.add(hashOf(token), nameKey(name), this.#now(), maxTokensOfPerson);
    return token;
  }

  /** @returns the name as it was registered, or undefined where the token opens nothing */
  redeem(token: string): string | undefined {
    const now = this.#now();
    const key = this.#tokens.use(hashOf(token), now, now - tokenDays * dayMs);
    return key === undefined ? undefined : this.#accounts.find(key)?.name;
  }

  /** No token of this person opens anything any more. */
  revoke(name: string): void {
    this.#tokens.removeAll(nameKey(name));
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
