/**
 * The quiz files of the first pcs: one with questions and options, one with answers.
 *
 *      Which layer does TCP live in?        any other line starts a question
 *      a. Transport  b. Network             a line that starts with a. to d. holds options,
 *      c. Link                              and several may share it
 *
 *      a b c d                              answers, separated by white space
 */
import { counted } from "../../lib/counted.ts";

export const maxQuestions = 1_000;
export const maxQuizFileBytes = 1 << 20;
/** One question with its options, which travel in one frame. */
export const maxQuestionBytes = 64 << 10;

export interface Question {
  text: string;
  /** The option lines as they stand in the file. */
  options: string[];
}

export interface Quiz {
  questions: Question[];
  /** One a question, in lower case. */
  answers: string[];
}

export type QuizResult = { ok: true; quiz: Quiz } | { ok: false; errors: string[] };

/**
 * Reads both files' text.
 * @param questionsName and @param answersName stand in the errors, each of which names its line
 */
export function parseQuiz(
  questionsText: string,
  answersText: string,
  questionsName: string,
  answersName: string,
): QuizResult {
  const errors: string[] = [];
  const { questions, lines } = readQuestions(questionsText, questionsName, errors);
  const answers = readAnswers(answersText);
  if (questions.length === 0 && errors.length === 0)
    errors.push(`${questionsName}, line 1: there is no question.`);
  if (questions.length > maxQuestions)
    errors.push(
      `${questionsName}, line ${lines[maxQuestions]}: ${questions.length} questions are too many; ` +
        `${maxQuestions} are allowed.`,
    );
  for (const [index, { text, options }] of questions.entries()) {
    const bytes = Buffer.byteLength([text, ...options].join(" "));
    if (bytes > maxQuestionBytes)
      errors.push(
        `${questionsName}, line ${lines[index]}: a question of ${bytes} bytes is too long; ` +
          `${maxQuestionBytes} are allowed.`,
      );
  }
  if (errors.length === 0 && answers.length < questions.length) {
    const line = lines[answers.length];
    errors.push(
      `${answersName}, line ${lastLine(answersText)}: ${counted(answers.length, "answer")} for ` +
        `${counted(questions.length, "question")}; the question at line ${line} of ${questionsName} has none.`,
    );
  }
  const extra = answers[questions.length];
  if (errors.length === 0 && extra !== undefined)
    errors.push(
      `${answersName}, line ${extra.line}: '${extra.text}' is one answer too many for ` +
        `${counted(questions.length, "question")}.`,
    );
  if (errors.length === 0) errors.push(...unknownAnswers(questions, answers, answersName));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, quiz: { questions, answers: answers.map((answer) => answer.text.toLowerCase()) } };
}

interface Answer {
  text: string;
  line: number;
}

function readQuestions(
  text: string,
  name: string,
  errors: string[],
): { questions: Question[]; lines: number[] } {
  const questions: Question[] = [];
  const lines: number[] = [];
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trim();
    if (line === "") continue;
    if (line.includes("\0") || line.includes("\uFFFD")) {
      errors.push(`${name}, line ${index + 1}: this is no readable text (UTF-8).`);
      return { questions, lines };
    }
    if (/^[a-d]\./.test(line)) {
      const question = questions.at(-1);
      if (question === undefined)
        errors.push(`${name}, line ${index + 1}: options stand before any question.`);
      else question.options.push(line);
    } else {
      questions.push({ text: line, options: [] });
      lines.push(index + 1);
    }
  }
  return { questions, lines };
}

function readAnswers(text: string): Answer[] {
  return splitLines(text).flatMap((raw, index) =>
    raw
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => ({ text: word, line: index + 1 })),
  );
}

/** An answer must be the letter of an option of its question, where that has lettered options. */
function unknownAnswers(questions: Question[], answers: Answer[], name: string): string[] {
  const errors: string[] = [];
  for (const [index, question] of questions.entries()) {
    const answer = answers[index]!;
    const letters = question.options
      .join(" ")
      .matchAll(/(?:^|\s)([a-z])\./gi)
      .map((match) => match[1]!.toLowerCase())
      .toArray();
    if (letters.length > 0 && !letters.includes(answer.text.toLowerCase()))
      errors.push(
        `${name}, line ${answer.line}: '${answer.text}' is no option of question ${index + 1} ` +
          `(${letters.join(", ")}).`,
      );
  }
  return errors;
}

function splitLines(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}

function lastLine(text: string): number {
  return Math.max(1, splitLines(text.trimEnd()).length);
}
