/** The files of questions that a teacher may start a quiz of from afar: those of one folder, by their names. */
import type { BankSource } from "../operator/run-quiz-line.ts";

export interface BankShelf extends BankSource {
  /** Names of files, sorted; those that cannot be read are left out. */
  list(): Promise<string[]>;
}
