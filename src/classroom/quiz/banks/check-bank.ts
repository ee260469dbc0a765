/** What is doubtful in questions that are written as they should be, whatever their format. */
import type { Finding, ParsedBank } from "./bank.ts";
import { maxFindings } from "./limits.ts";
import type { BankQuestion, ChoiceQuestion } from "./question.ts";
import { shownText } from "./shown-text.ts";

/**
 * The weights that Moodle takes (question_bank::fraction_options_full), in thousandths and rounded down: halves,
 * thirds, … of a mark. It refuses others, if it is not told to take the nearest.
 */
const moodleWeights = new Set([
  0, 50, 100, 111, 125, 142, 166, 200, 250, 300, 333, 400, 500, 600, 666, 700, 750, 800, 833, 900, 1000,
]);

/** Warnings, in the order of the questions. */
export function checkBank({ questions, places }: ParsedBank): { findings: Finding[]; untold: number } {
  const findings: Finding[] = [];
  let untold = 0;
  for (const [index, question] of questions.entries())
    for (const sentence of doubtsOf(question))
      if (findings.length < maxFindings) findings.push({ place: places[index]!, sentence });
      else untold++;
  return { findings, untold };
}

function doubtsOf(question: BankQuestion): string[] {
  const doubts = question.text === "" ? ["the question has no text."] : [];
  switch (question.kind) {
    case "choice":
      doubts.push(...choiceDoubts(question));
      break;
    case "short":
    case "numeric":
      if (question.answers.every(({ weight }) => weight < 1)) doubts.push("no answer has the full weight.");
      break;
    case "match":
      if (repeated(question.pairs.map(({ prompt }) => prompt)) !== undefined)
        doubts.push(
          `'${shownText(repeated(question.pairs.map(({ prompt }) => prompt))!)}' is to be matched twice.`,
        );
      break;
    case "order":
      if (repeated(question.items) !== undefined)
        doubts.push(`'${shownText(repeated(question.items)!)}' is there twice, so its order cannot be told.`);
      break;
    default:
  }
  const odd = weightsOf(question).find(
    (weight) => !moodleWeights.has(Math.floor(Math.abs(weight) * 1000 + 1e-4)),
  );
  if (odd !== undefined) doubts.push(`Moodle takes no weight of ${Number((odd * 100).toFixed(5))} %.`);
  return doubts;
}

function choiceDoubts({ single, options }: ChoiceQuestion): string[] {
  const doubts: string[] = [];
  const twice = repeated(options.map(({ text }) => text));
  if (twice !== undefined) doubts.push(`the option '${shownText(twice)}' is there twice.`);
  const full = options.filter(({ weight }) => weight === 1).length;
  const sum = options.reduce((total, { weight }) => total + Math.max(0, weight), 0);
  if (options.every(({ weight }) => weight <= 0)) doubts.push("no option is right; it can only be a survey.");
  else if (single && full === 0) doubts.push("no option has the full weight.");
  else if (single && full > 1) doubts.push(`${full} options are right, and one can be chosen.`);
  else if (!single && Math.abs(sum - 1) > 0.01)
    doubts.push(
      `the weights of the right options add up to ${Number((sum * 100).toFixed(2))} % and not to 100 %.`,
    );
  return doubts;
}

function weightsOf(question: BankQuestion): number[] {
  if (question.kind === "choice") return question.options.map(({ weight }) => weight);
  if (question.kind === "short" || question.kind === "numeric")
    return question.answers.map(({ weight }) => weight);
  return [];
}

function repeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index);
}
