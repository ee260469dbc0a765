/** One part is written by one transfer at a time: the next one waits until the one before has left it. */
import { UnheardFiles } from "./unheard-files.ts";

export class PartsInUse {
  /** Whole files that may be offered once more. */
  readonly unheard = new UnheardFiles();
  #leaving = new Map<string, Promise<void>>();

  /** @returns what gives the part free again */
  async take(word: string): Promise<() => void> {
    for (let before = this.#leaving.get(word); before !== undefined; before = this.#leaving.get(word))
      await before;
    const left = Promise.withResolvers<void>();
    this.#leaving.set(word, left.promise);
    return () => {
      this.#leaving.delete(word);
      left.resolve();
    };
  }
}
