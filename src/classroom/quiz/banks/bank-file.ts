/** A file of questions as bytes: its format found out, its text decoded, its questions read. */
import { counted } from "../../../lib/counted.ts";
import { parseQuiz } from "../quiz-file.ts";
import { formatFinding, type ParsedBank } from "./bank.ts";
import { formatOfName, guessFormat, parseBank, type BankFormat } from "./bank-format.ts";
import { seedBank } from "./seed-bank.ts";
import { decodeSource } from "./source-text.ts";

export interface BankFile extends Pick<ParsedBank, "questions" | "places"> {
  readonly name: string;
  readonly format: BankFormat | "seed";
  /** Lines for the person, each with the file's name before it. With one of them the questions are not used. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** @param format what the name and the contents say, where it is undefined */
export function parseBankFile(name: string, bytes: Uint8Array, format?: BankFormat): BankFile {
  const decoded = decodeSource(bytes);
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

/** The two files of the first pcs, as text. */
export function parseSeedFiles(
  questions: { name: string; text: string },
  answers: { name: string; text: string },
): BankFile {
  const result = parseQuiz(questions.text, answers.text, questions.name, answers.name);
  const bank = result.ok ? seedBank(result.quiz) : [];
  return {
    name: questions.name,
    format: "seed",
    questions: bank,
    places: bank.map(() => ({ line: 1, column: 1 })),
    errors: result.ok ? [] : result.errors,
    warnings: [],
  };
}
