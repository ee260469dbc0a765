/** What a parser makes of a file: questions, each with its place, and what is wrong or doubtful, in sentences. */
import { counted } from "../../../lib/counted.ts";
import { maxBankQuestions, maxFindings, maxNameLength, maxParts, maxTags, maxTextLength } from "./limits.ts";
import type { BankQuestion } from "./question.ts";
import type { Place } from "./source-text.ts";

export interface Finding {
  readonly place: Place;
  /** Begins in lower case, for it stands behind a colon. */
  readonly sentence: string;
}

export interface ParsedBank {
  readonly questions: readonly BankQuestion[];
  /** Where each question begins. */
  readonly places: readonly Place[];
  /** With one of these the bank is not used. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Errors and warnings beyond the limit, which are only counted. */
  readonly untold: number;
}

/** `quiz.gift, line 3, column 5: there is no '}'.` */
export function formatFinding(file: string, { place, sentence }: Finding): string {
  return `${file}, line ${place.line}, column ${place.column}: ${sentence}`;
}

/** Collects questions and findings, within the limits. */
export class BankBuilder {
  readonly #questions: BankQuestion[] = [];
  readonly #places: Place[] = [];
  readonly #errors: Finding[] = [];
  readonly #warnings: Finding[] = [];
  #count = 0;
  #failed = 0;
  #untold = 0;

  /** There are so many questions, or errors, that nothing further need be read. */
  get isFull(): boolean {
    return this.#count > maxBankQuestions || this.#failed > maxBankQuestions;
  }

  fail(place: Place, sentence: string): undefined {
    this.#failed++;
    this.#tell(this.#errors, place, sentence);
    return undefined;
  }

  warn(place: Place, sentence: string): void {
    this.#tell(this.#warnings, place, sentence);
  }

  add(question: BankQuestion, place: Place): void {
    this.#count++;
    if (this.#count > maxBankQuestions) {
      if (this.#count === maxBankQuestions + 1)
        this.fail(place, `there are more than ${maxBankQuestions} questions, which are allowed.`);
      return;
    }
    const problem = tooMuchOf(question);
    if (problem !== undefined) return this.fail(place, problem);
    this.#questions.push(question);
    this.#places.push(place);
  }

  #tell(list: Finding[], place: Place, sentence: string): void {
    if (list.length < maxFindings) list.push({ place, sentence });
    else this.#untold++;
  }

  /** A file without any question is an error, too. */
  finish(): ParsedBank {
    if (this.#questions.length === 0 && this.#errors.length === 0)
      this.fail({ line: 1, column: 1 }, "there is no question.");
    return {
      questions: this.#questions,
      places: this.#places,
      errors: this.#errors,
      warnings: this.#warnings,
      untold: this.#untold,
    };
  }
}

/** The limit that a question is beyond, in a sentence. */
function tooMuchOf(question: BankQuestion): string | undefined {
  const { title, category, id, tags } = question;
  if ([title, category, id, ...tags].some((name) => name.length > maxNameLength))
    return `a title, category, id or tag is longer than ${counted(maxNameLength, "character")}.`;
  if (tags.length > maxTags) return `${tags.length} tags are too many; ${maxTags} are allowed.`;
  const parts = partsOf(question);
  if (parts.count > maxParts)
    return `${parts.count} answers are too many for one question; ${maxParts} are allowed.`;
  const longest = Math.max(...[question.text, question.feedback, ...parts.texts].map((text) => text.length));
  if (longest > maxTextLength)
    return `a text of ${longest} characters is too long; ${maxTextLength} are allowed.`;
  return undefined;
}

function partsOf(question: BankQuestion): { count: number; texts: string[] } {
  switch (question.kind) {
    case "choice":
      return {
        count: question.options.length,
        texts: question.options.flatMap(({ text, feedback }) => [text, feedback]),
      };
    case "short":
      return {
        count: question.answers.length,
        texts: question.answers.flatMap(({ text, feedback }) => [text, feedback]),
      };
    case "numeric":
      return { count: question.answers.length, texts: question.answers.map(({ feedback }) => feedback) };
    case "match":
      return {
        count: question.pairs.length + question.distractors.length,
        texts: [...question.pairs.flatMap(({ prompt, answer }) => [prompt, answer]), ...question.distractors],
      };
    case "order":
      return { count: question.items.length, texts: [...question.items] };
    case "true-false":
      return { count: 2, texts: [question.feedbackTrue, question.feedbackFalse] };
    default:
      return { count: 0, texts: [] };
  }
}
