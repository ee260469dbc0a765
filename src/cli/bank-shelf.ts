/** The files of questions that teachers may start a quiz of from afar, on disk. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseBankFile } from "../classroom/quiz/banks/bank-file.ts";
import { maxBankBytes } from "../classroom/quiz/banks/limits.ts";
import type { BankShelf } from "../classroom/server/quiz/bank-shelf.ts";
import { keepBankFile, listBankFiles } from "../store/disk/bank-files.ts";
import { readInput } from "./read-input.ts";

/** For the order of questions. */
export const randomSeed = (): number => randomBytes(4).readUInt32LE();

export function diskShelf(folder: string): BankShelf {
  return {
    list: () => listBankFiles(folder),
    keep: (...file) => keepBankFile(folder, ...file),
    // Those from afar are told the file's name, and not where it lies.
    readBank: async (file) => parseBankFile(file, await readInput(join(folder, file), maxBankBytes)),
    randomSeed,
  };
}
