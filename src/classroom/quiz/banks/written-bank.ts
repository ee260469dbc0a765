/** What a writer of a format gives back: the file's text, and in sentences what that format cannot hold. */
export interface WrittenBank {
  readonly text: string;
  /** Questions in it. */
  readonly written: number;
  readonly losses: readonly string[];
}

/** Counts what is lost, so that 10,000 questions give a few sentences and not 10,000. */
export class Losses {
  readonly #kinds = new Map<string, { count: number; first: number }>();

  /**
   * @param number the question's, from 1
   * @param what begins a sentence: `its feedback is left out`
   */
  tell(number: number, what: string): void {
    const known = this.#kinds.get(what);
    if (known === undefined) this.#kinds.set(what, { count: 1, first: number });
    else known.count++;
  }

  sentences(): string[] {
    return Array.from(this.#kinds, ([what, { count, first }]) =>
      count === 1 ? `question ${first}: ${what}.` : `question ${first} and ${count - 1} more: ${what}.`,
    );
  }
}
