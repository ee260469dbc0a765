/** A search that somebody types, and its further pages. */
import type { Control } from "../protocol/v2/control.ts";
import { foundAtOnce } from "./limits.ts";

export class SearchPages {
  #words: string | undefined;
  /** Where the next page begins; undefined where there is none. */
  #before: number | undefined;

  /** What asks for a new search. */
  first(words: string): Omit<Control<"search">, "ask"> {
    this.#words = words;
    this.#before = undefined;
    return { words, count: foundAtOnce };
  }

  /** What asks for the next page; undefined where there is none. */
  next(): Omit<Control<"search">, "ask"> | undefined {
    if (this.#words === undefined || this.#before === undefined) return undefined;
    return { words: this.#words, count: foundAtOnce, before: this.#before };
  }

  answered({ found, more }: Control<"search">): void {
    this.#before = more === true ? found?.at(-1)?.id : undefined;
  }
}
