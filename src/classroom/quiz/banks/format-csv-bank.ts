/** Questions as CSV, without loss; `bank-csv.ts` tells the columns. */
import { commonColumns, type CommonColumn, type NumberedColumn } from "./bank-csv.ts";
import { formatCsv } from "./csv-table.ts";
import { formatNumberRange } from "./number-range.ts";
import type { BankQuestion, WeightedText } from "./question.ts";
import type { WrittenBank } from "./written-bank.ts";

/** The numbered cells of one part. */
type Part = Partial<Record<NumberedColumn, string>>;

export function formatCsvBank(questions: readonly BankQuestion[]): WrittenBank {
  const rows = questions.map((question) => ({ common: commonCells(question), parts: partsOf(question) }));
  const widest = Math.max(0, ...rows.map(({ parts }) => parts.length));
  const numbered: { name: NumberedColumn; index: number }[] = [];
  for (let index = 0; index < widest; index++)
    for (const name of ["option", "match", "weight", "feedback"] as const)
      if (rows.some(({ parts }) => (parts[index]?.[name] ?? "") !== "")) numbered.push({ name, index });
  const common = commonColumns.filter(
    (name) => name === "type" || name === "question" || rows.some((row) => (row.common[name] ?? "") !== ""),
  );
  const header: string[] = [...common, ...numbered.map(({ name, index }) => `${name}${index + 1}`)];
  const cells = rows.map((row) =>
    common
      .map((name) => row.common[name] ?? "")
      .concat(numbered.map(({ name, index }) => row.parts[index]?.[name] ?? "")),
  );
  return { text: formatCsv([header, ...cells]), written: questions.length, losses: [] };
}

function commonCells(question: BankQuestion): Partial<Record<CommonColumn, string>> {
  const { kind, title, category, text, feedback, id, tags } = question;
  return {
    type: kind,
    title,
    category,
    question: text,
    feedback,
    id,
    tags: tags.join("\n"),
    ...(kind === "true-false" ? { correct: question.answer ? "true" : "false" } : {}),
    ...(kind === "choice" ? { choose: question.single ? "one" : "many" } : {}),
    ...(kind === "order" ? { grading: question.grading } : {}),
  };
}

function partsOf(question: BankQuestion): Part[] {
  switch (question.kind) {
    case "choice":
      return question.options.map(weightedPart);
    case "short":
      return question.answers.map(weightedPart);
    case "numeric":
      return question.answers.map(({ range, weight, feedback }) =>
        weightedPart({ text: formatNumberRange(range), weight, feedback }),
      );
    case "match":
      return [
        ...question.pairs.map(({ prompt, answer }) => ({ option: prompt, match: answer })),
        ...question.distractors.map((answer) => ({ match: answer })),
      ];
    case "order":
      return question.items.map((option) => ({ option }));
    case "true-false":
      return [{ feedback: question.feedbackTrue }, { feedback: question.feedbackFalse }];
    default:
      return [];
  }
}

function weightedPart({ text, weight, feedback }: WeightedText): Part {
  return { option: text, weight: String(Number((weight * 100).toFixed(5))), feedback };
}
