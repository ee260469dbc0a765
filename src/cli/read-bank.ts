/** A file of questions from disk: its format found out, its text decoded, its questions read. */
import { formatFinding, type ParsedBank } from "../classroom/quiz/banks/bank.ts";
import {
  bankFormats,
  formatOfName,
  guessFormat,
  parseBank,
  type BankFormat,
} from "../classroom/quiz/banks/bank-format.ts";
import { maxBankBytes } from "../classroom/quiz/banks/limits.ts";
import type { BankQuestion } from "../classroom/quiz/banks/question.ts";
import { seedBank } from "../classroom/quiz/banks/seed-bank.ts";
import { decodeSource } from "../classroom/quiz/banks/source-text.ts";
import { parseQuiz } from "../classroom/quiz/quiz-file.ts";
import { counted } from "../lib/counted.ts";
import { ExpectedError } from "../lib/errors.ts";
import { oneOf } from "./command.ts";
import { readInput } from "./read-input.ts";

export interface ReadBank extends Pick<ParsedBank, "questions" | "places"> {
  readonly name: string;
  readonly format: BankFormat | "seed";
  /** Lines for the person, each with the file's name before it. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** @throws UsageError unless it is the name of a format */
export function bankFormatOf(text: string | undefined, flag: string): BankFormat | undefined {
  return text === undefined ? undefined : oneOf(text, bankFormats, flag);
}

/**
 * @param format what the name and the contents say, where it is undefined
 * @throws ExpectedError where the file cannot be read
 */
export async function readBank(name: string, format?: BankFormat): Promise<ReadBank> {
  const decoded = decodeSource(await readInput(name, maxBankBytes));
  if (!decoded.ok) {
    const found = format ?? formatOfName(name) ?? "gift";
    return {
      name,
      format: found,
      questions: [],
      places: [],
      errors: [formatFinding(name, decoded)],
      warnings: [],
    };
  }
  const { text, warnings } = decoded.source;
  const found = format ?? formatOfName(name) ?? guessFormat(text);
  const parsed = parseBank(found, text);
  const tell = (list: ParsedBank["errors"]): string[] => list.map((finding) => formatFinding(name, finding));
  const untold = parsed.untold > 0 ? [`${name}: ${counted(parsed.untold, "more finding")} like these.`] : [];
  return {
    name,
    format: found,
    questions: parsed.questions,
    places: parsed.places,
    errors: tell(parsed.errors),
    warnings: [...warnings.map((sentence) => `${name}: ${sentence}`), ...tell(parsed.warnings), ...untold],
  };
}

/** The two files of the first pcs. @throws ExpectedError where one cannot be read */
export async function readSeedBank(questionsName: string, answersName: string): Promise<ReadBank> {
  const [questions, answers] = [await readText(questionsName), await readText(answersName)];
  const result = parseQuiz(questions, answers, questionsName, answersName);
  const bank: readonly BankQuestion[] = result.ok ? seedBank(result.quiz) : [];
  return {
    name: questionsName,
    format: "seed",
    questions: bank,
    places: bank.map(() => ({ line: 1, column: 1 })),
    errors: result.ok ? [] : result.errors,
    warnings: [],
  };
}

async function readText(name: string): Promise<string> {
  const decoded = decodeSource(await readInput(name, maxBankBytes));
  if (decoded.ok) return decoded.source.text;
  throw new ExpectedError(formatFinding(name, decoded));
}
