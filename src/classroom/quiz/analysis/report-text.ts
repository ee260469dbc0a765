/** The report of a quiz as text for a terminal. */
import type { QuizAnalysis } from "./analyse-results.ts";
import type { QuizResults } from "./quiz-results.ts";
import {
  itemColumns,
  itemDoubts,
  itemFigures,
  numberText,
  percentText,
  questionName,
  quizFigures,
  reportNotes,
} from "./report-figures.ts";

export function formatReportText({ title, isSurvey }: QuizResults, analysis: QuizAnalysis): string {
  const figures = quizFigures(analysis);
  const width = Math.max(...figures.map(([name]) => name.length));
  const lines = [
    title === "" ? "A quiz" : title,
    "",
    ...figures.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    "",
    ...table([
      ["#", ...itemColumns, "question"],
      ...analysis.items.map((item) => [
        String(item.number),
        ...itemFigures(item),
        questionName(item.question),
      ]),
    ]),
  ];
  const notes = reportNotes(isSurvey, analysis);
  if (notes.length > 0) lines.push("", ...notes);
  for (const item of analysis.items) {
    lines.push("", `${item.number}. ${questionName(item.question, 100)}`);
    lines.push(
      ...table([
        ["", "count", "share", "credit", "mean rest", "answer"],
        ...item.responses.map(({ response, count, frequency, credit, meanRest }) => [
          "",
          String(count),
          percentText(frequency),
          percentText(credit),
          numberText(meanRest),
          response.replaceAll(/\s+/g, " ").slice(0, 80).toWellFormed(),
        ]),
      ]),
      ...itemDoubts(item).map((doubt) => `  ! ${doubt}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Numbers to the right; the last column as it is. */
function table(rows: readonly (readonly string[])[]): string[] {
  const last = rows[0]!.length - 1;
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === last ? cell : cell.padStart(widths[column]!))).join("  "),
  );
}
