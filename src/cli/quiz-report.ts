/** `pcs quiz report`: item analysis of the answers that a quiz has kept. */
import { analyseResults } from "../classroom/quiz/analysis/analyse-results.ts";
import { maxResultBytes } from "../classroom/quiz/analysis/limits.ts";
import { parseResults } from "../classroom/quiz/analysis/parse-results.ts";
import { formatResultsCsv, type QuizResults } from "../classroom/quiz/analysis/quiz-results.ts";
import { formatReportHtml } from "../classroom/quiz/analysis/report-html.ts";
import { formatReportText } from "../classroom/quiz/analysis/report-text.ts";
import { formatFinding } from "../classroom/quiz/banks/bank.ts";
import { normaliseText } from "../classroom/quiz/banks/source-text.ts";
import { ExpectedError, reasonOf, UsageError } from "../lib/errors.ts";
import { showable } from "../lib/showable.ts";
import { command } from "./command.ts";
import { writeNewFile } from "./write-new-file.ts";

const usage = `Item analysis of the answers that a quiz has kept, as Moodle computes it.

Usage: pcs quiz report FILE [options]

  FILE             results of a quiz as JSON (format pcs-results)

Options:
  --html FILE      write the report as one page that needs nothing else
  --csv FILE       write a row a student and question for a spreadsheet
  --json           print the figures as JSON instead of tables
  --force          write over files that are there

Each question has a mark of 1, and one that was not answered counts as 0.
Speed and penalties do not count here.
`;

export const quizReport = command({
  usage,
  args: {
    file: { type: "positional", required: false },
    html: { type: "string" },
    csv: { type: "string" },
    json: { type: "boolean" },
    force: { type: "boolean" },
  },
  async run({ file, html, csv, json, force }) {
    if (file === undefined) throw new UsageError("say which file holds the results.");
    const results = await readResults(file);
    const analysis = analyseResults(results);
    if (html !== undefined) await writeNewFile(html, formatReportHtml(results, analysis), force === true);
    if (csv !== undefined) await writeNewFile(csv, formatResultsCsv(results), force === true);
    if (json === true) process.stdout.write(`${JSON.stringify(analysis)}\n`);
    else process.stdout.write(showable(formatReportText(results, analysis)));
    return 0;
  },
});

async function readResults(path: string): Promise<QuizResults> {
  const source = normaliseText(await readText(path));
  const result = parseResults(source);
  if (!result.ok) throw new ExpectedError(formatFinding(path, result));
  return result.results;
}

async function readText(path: string): Promise<string> {
  try {
    const file = Bun.file(path);
    if (file.size > maxResultBytes) throw new ExpectedError(`${path} is too large for results of a quiz.`);
    return await file.text();
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}
