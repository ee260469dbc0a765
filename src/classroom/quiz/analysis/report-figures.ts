/** The figures of a report as both its forms show them: names, values in words, and what is worth a look. */
import type { ItemAnalysis, QuizAnalysis } from "./analyse-results.ts";
import type { BankQuestion } from "../banks/question.ts";

/** Per cent with one decimal; a dash for what cannot be said. */
export function percentText(share: number | undefined): string {
  return share === undefined ? "-" : `${(share * 100).toFixed(1)} %`;
}

export function numberText(value: number | undefined, decimals = 2): string {
  return value === undefined ? "-" : value.toFixed(decimals).replace(/^-(0\.?0*)$/, "$1");
}

/** A question in one line. */
export function questionName({ title, text }: BankQuestion, maxLength = 60): string {
  const name = (title === "" ? text : title).replaceAll(/\s+/g, " ");
  return name.length <= maxLength ? name : `${name.slice(0, maxLength - 1).toWellFormed()}…`;
}

/** Names and values of the quiz's statistics. */
export function quizFigures({ quiz, items }: QuizAnalysis): [string, string][] {
  const most = items.length;
  return [
    ["students", String(quiz.students)],
    ["mean mark", `${numberText(quiz.mean)} of ${most}`],
    ["median mark", numberText(quiz.median)],
    ["standard deviation", numberText(quiz.standardDeviation)],
    ["skewness", numberText(quiz.skewness)],
    ["kurtosis", numberText(quiz.kurtosis)],
    ["coefficient of internal consistency", percentText(quiz.internalConsistency)],
    ["error ratio", percentText(quiz.errorRatio)],
    ["standard error", numberText(quiz.standardError)],
  ];
}

export const itemColumns = [
  "facility",
  "deviation",
  "guessing",
  "intended",
  "effective",
  "discrimination",
  "efficiency",
  "seconds",
] as const;

/** What has to be known before reading any figure. */
export function reportNotes(isSurvey: boolean, { unmarked }: QuizAnalysis): string[] {
  return [
    ...(isSurvey ? ["This was a survey: the counts say something, the marks do not."] : []),
    ...(unmarked > 0
      ? [`Answers that a person has to mark, and that count as nothing here: ${unmarked}.`]
      : []),
  ];
}

/** A value a column of `itemColumns`. */
export function itemFigures({ statistics, randomGuess, medianSeconds }: ItemAnalysis): string[] {
  return [
    percentText(statistics.facility),
    percentText(statistics.standardDeviation),
    percentText(randomGuess),
    percentText(statistics.intendedWeight),
    percentText(statistics.effectiveWeight),
    percentText(statistics.discriminationIndex),
    percentText(statistics.discriminativeEfficiency),
    numberText(medianSeconds, 1),
  ];
}

/** What a teacher should look at, in sentences; the bounds are those of Moodle's documentation. */
export function itemDoubts({
  question,
  statistics,
  responses,
  answers,
  randomGuess,
}: ItemAnalysis): string[] {
  const { facility, discriminationIndex } = statistics;
  const doubts: string[] = [];
  if (answers === 0) return ["Nobody answered it."];
  if (question.kind === "essay") return [];
  if (facility !== undefined && facility >= 0.95) doubts.push("Nearly everybody had it right.");
  if (facility !== undefined && facility <= 0.05) doubts.push("Nearly nobody had it right.");
  if (facility !== undefined && randomGuess !== undefined && randomGuess > 0 && facility < randomGuess)
    doubts.push("Guessing would have done better.");
  if (discriminationIndex !== undefined && discriminationIndex < 0)
    doubts.push("Those who did well elsewhere did worse here: is the right answer right?");
  const rightRest = bestRest(responses.filter(({ credit }) => credit === 1));
  const wrong = responses.filter(({ credit, count }) => credit !== undefined && credit <= 0 && count > 1);
  const drawn = wrong.find(
    ({ meanRest }) => rightRest !== undefined && meanRest !== undefined && meanRest > rightRest,
  );
  if (drawn !== undefined) doubts.push(`'${drawn.response}' was chosen by those who did better elsewhere.`);
  return doubts;
}

function bestRest(rows: ItemAnalysis["responses"]): number | undefined {
  const means = rows.flatMap(({ meanRest }) => meanRest ?? []);
  return means.length === 0 ? undefined : Math.max(...means);
}
