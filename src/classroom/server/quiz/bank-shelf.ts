/** The files of questions that a teacher may start a quiz of from afar: those of one folder, by their names. */
import type { BankSource } from "../operator/run-quiz-line.ts";

export interface BankShelf extends BankSource {
  /** Names of files, sorted; those that cannot be read are left out. */
  list(): Promise<string[]>;
  /**
   * Keeps a file under that name, whole and synced, or not at all.
   * @param name safe
   * @param replaces whether one that is there under that name gives way
   * @returns `exists` where it may not; words that fit behind a colon where it could not be written
   */
  keep(name: string, bytes: Uint8Array, replaces: boolean): Promise<"kept" | "exists" | { failure: string }>;
}
