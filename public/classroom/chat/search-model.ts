/** A search of what was said: what was asked for, and what has come of it so far. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { foundAtOnce } from "../limits.ts";

export type Found = NonNullable<Control<"search">["found"]>[number];

export class SearchModel {
  /** The newest first. */
  readonly found: Found[] = [];
  state: "none" | "asking" | "answered" | "failed" = "none";
  /** Why nothing came. */
  problem = "";
  /** Whether there are older ones than these. */
  hasMore = false;
  /** Whether the newest messages may be missing, as the server has not got to them yet. */
  isBehind = false;
  words = "";
  #number: number | undefined;
  #ask: number | undefined;

  /** What asks for a new search. @param number of the room to search alone */
  begin(ask: number, words: string, number: number | undefined): Control<"search"> {
    this.found.length = 0;
    this.words = words;
    this.#number = number;
    return this.#request(ask);
  }

  /** What asks for older ones. */
  goOn(ask: number): Control<"search"> {
    return this.#request(ask);
  }

  answered({ ask, found = [], more, behind }: Control<"search">): void {
    if (ask !== this.#ask) return;
    this.#ask = undefined;
    this.found.push(...found);
    this.state = "answered";
    this.hasMore = more === true && found.length > 0;
    this.isBehind = behind === true;
  }

  /** @returns whether it was this that failed */
  failed(ask: number, problem: string): boolean {
    if (ask !== this.#ask) return false;
    this.#fail(problem);
    return true;
  }

  /** The connection is gone, and with it the answer. */
  lost(): void {
    if (this.state === "asking") this.#fail("The connection is lost. Search again when it is back.");
  }

  #fail(problem: string): void {
    this.#ask = undefined;
    this.state = "failed";
    this.problem = problem;
  }

  #request(ask: number): Control<"search"> {
    this.#ask = ask;
    this.state = "asking";
    this.problem = "";
    this.hasMore = false;
    const before = this.found.at(-1)?.id;
    return {
      ask,
      words: this.words,
      count: foundAtOnce,
      ...(this.#number === undefined ? {} : { number: this.#number }),
      ...(before === undefined ? {} : { before }),
    };
  }
}
