/** A file of questions from disk. */
import { formatFinding } from "../classroom/quiz/banks/bank.ts";
import { parseBankFile, parseSeedFiles, type BankFile } from "../classroom/quiz/banks/bank-file.ts";
import { bankFormats, type BankFormat } from "../classroom/quiz/banks/bank-format.ts";
import { maxBankBytes } from "../classroom/quiz/banks/limits.ts";
import { decodeSource } from "../classroom/quiz/banks/source-text.ts";
import { ExpectedError } from "../lib/errors.ts";
import { oneOf } from "./command.ts";
import { readInput } from "./read-input.ts";

/** @throws UsageError unless it is the name of a format */
export function bankFormatOf(text: string | undefined, flag: string): BankFormat | undefined {
  return text === undefined ? undefined : oneOf(text, bankFormats, flag);
}

/**
 * @param format what the name and the contents say, where it is undefined
 * @throws ExpectedError where the file cannot be read
 */
export async function readBank(name: string, format?: BankFormat): Promise<BankFile> {
  return parseBankFile(name, await readInput(name, maxBankBytes), format);
}

/** The two files of the first pcs. @throws ExpectedError where one cannot be read */
export async function readSeedBank(questionsName: string, answersName: string): Promise<BankFile> {
  const questions = { name: questionsName, text: await readText(questionsName) };
  return parseSeedFiles(questions, { name: answersName, text: await readText(answersName) });
}

async function readText(name: string): Promise<string> {
  const decoded = decodeSource(await readInput(name, maxBankBytes));
  if (decoded.ok) return decoded.source.text;
  throw new ExpectedError(formatFinding(name, decoded));
}
