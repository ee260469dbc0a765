/**
 * One-time codes: whoever logs in and redeems one is a teacher. The operator makes them and hands them out; only
 * their hashes are kept, until they are used or a day is over. A code has 60 random bits, and tries are throttled.
 */
import { createHash } from "node:crypto";
import type { CodeUse, ModerationStore } from "./moderation-store.ts";

/** How long a code may be redeemed. */
export const teacherCodeHours = 24;

/** Codes that are kept, used ones among them. */
export const maxTeacherCodes = 20;

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export class TeacherCodes {
  #store: ModerationStore;
  #now: () => number;
  #random: (bytes: number) => Uint8Array;

  /** @param now milliseconds since 1970. @param random bytes that nobody can guess */
  constructor(store: ModerationStore, now: () => number, random: (bytes: number) => Uint8Array) {
    this.#store = store;
    this.#now = now;
    this.#random = random;
  }

  /** @returns a new code: a secret, to be shown once. @throws ExpectedError where it cannot be kept */
  issue(): string {
    const code = makeCode(this.#random);
    this.#store.addCode(hashOf(code), this.#now() + teacherCodeHours * 3_600_000);
    return code;
  }

  /** Uses a code up. @param typed in any case, with or without its dashes */
  redeem(typed: string): CodeUse {
    return this.#store.useCode(hashOf(readCode(typed)), this.#now());
  }
}

/** A code of three groups of four, without letters and digits that look alike: `K7PM-2XQA-9TDV`. */
export function makeCode(random: (bytes: number) => Uint8Array): string {
  const signs = Array.from(random(12), (byte) => letters[byte % letters.length]).join("");
  return signs.replaceAll(/(.{4})(?=.)/g, "$1-");
}

/** @returns a code as it was made, from what somebody typed */
export function readCode(typed: string): string {
  const signs = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return signs.replaceAll(/(.{4})(?=.)/g, "$1-");
}

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}
