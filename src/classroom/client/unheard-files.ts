/**
 * Files that were put in place over a connection that broke before anybody can know that the server heard of it: it
 * offers them again, and they are not fetched and kept a second time.
 */
import { maxUnheardFiles } from "./limits.ts";

/** A file in its place. */
export interface SavedFile {
  name: string;
  sha256: string;
}

export class UnheardFiles {
  /** By the word for the content and whose it is, the oldest first. */
  readonly #byWord = new Map<string, SavedFile>();

  add(word: string, file: SavedFile): void {
    this.#byWord.delete(word);
    this.#byWord.set(word, file);
    const [oldest] = this.#byWord.keys();
    if (this.#byWord.size > maxUnheardFiles) this.#byWord.delete(oldest!);
  }

  /** Adds all that another one has. */
  addAll(others: UnheardFiles): void {
    for (const [word, file] of others.#byWord) this.add(word, file);
  }

  take(word: string): SavedFile | undefined {
    const file = this.#byWord.get(word);
    this.#byWord.delete(word);
    return file;
  }
}
