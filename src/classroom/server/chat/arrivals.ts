/** Waits for people whose connection was lost in the middle of something. */
import { nameKey } from "../../accounts/person-name.ts";
import { comeBackMs } from "../limits.ts";
import type { Member } from "../member.ts";

export class Arrivals {
  #find: (name: string) => Member | undefined;
  #waitMs: number;
  #waiting = new Map<string, Set<(isHere: boolean) => void>>();
  #isOver = false;

  /** @param find who is here at present */
  constructor(find: (name: string) => Member | undefined, waitMs = comeBackMs) {
    this.#find = find;
    this.#waitMs = waitMs;
  }

  /** @returns whether the person is here again, over another connection, before it is too late */
  returns(member: Member): Promise<boolean> {
    const { name } = member;
    const present = this.#find(name);
    if (present !== undefined && present !== member) return Promise.resolve(true);
    if (this.#isOver) return Promise.resolve(false);
    const key = nameKey(name);
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(key) ?? new Set();
      const timer = setTimeout(() => tell(false), this.#waitMs);
      const tell = (isHere: boolean): void => {
        clearTimeout(timer);
        waiting.delete(tell);
        if (waiting.size === 0) this.#waiting.delete(key);
        resolve(isHere);
      };
      this.#waiting.set(key, waiting.add(tell));
    });
  }

  /** Somebody has taken a seat. */
  arrive(name: string): void {
    for (const tell of this.#waiting.get(nameKey(name)) ?? []) tell(true);
  }

  /** Nobody comes back any more. */
  end(): void {
    this.#isOver = true;
    for (const waiting of this.#waiting.values()) for (const tell of waiting) tell(false);
  }
}
