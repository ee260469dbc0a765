/** `pcs quiz check`: what is wrong or doubtful in files of questions, each with its line and column. */
import { formatFinding } from "../classroom/quiz/banks/bank.ts";
import type { BankFile } from "../classroom/quiz/banks/bank-file.ts";
import { checkBank } from "../classroom/quiz/banks/check-bank.ts";
import { questionKinds } from "../classroom/quiz/banks/question.ts";
import { counted } from "../lib/counted.ts";
import { UsageError } from "../lib/errors.ts";
import { showable } from "../lib/showable.ts";
import { command } from "./command.ts";
import { bankFormatOf, readBank, readSeedBank } from "./read-bank.ts";

const usage = `Say what is wrong or doubtful in files of questions.

Usage: pcs quiz check FILE… [options]

Options:
  --from FORMAT     gift, aiken, csv or json; otherwise the end of the name says it, or what the file holds
  --answers FILE    FILE… is one file of questions of the first pcs, and this its answers

Each finding has its line and column. The exit code is 1 if a file has an error; warnings change nothing.
`;

export const quizCheck = command({
  usage,
  args: { from: { type: "string" }, answers: { type: "string" } },
  takesMany: true,
  async run(args) {
    const format = bankFormatOf(args.from, "--from");
    const names = args._;
    if (names.length === 0) throw new UsageError("say which files to check.");
    if (args.answers !== undefined && names.length > 1)
      throw new UsageError("--answers belongs to one file of questions.");
    let hasErrors = false;
    for (const name of names) {
      const bank =
        args.answers === undefined ? await readBank(name, format) : await readSeedBank(name, args.answers);
      hasErrors ||= bank.errors.length > 0;
      process.stdout.write(showable(formatCheck(bank)));
    }
    return hasErrors ? 1 : 0;
  },
});

/** Lines: errors, warnings, and what there is. */
export function formatCheck(bank: BankFile): string {
  const { name, questions, places, errors } = bank;
  const doubts =
    bank.format === "seed"
      ? { findings: [], untold: 0 }
      : checkBank({ questions, places, errors: [], warnings: [], untold: 0 });
  const warnings = [...bank.warnings, ...doubts.findings.map((finding) => formatFinding(name, finding))];
  const untold = doubts.untold > 0 ? [`${name}: ${counted(doubts.untold, "more warning")} like these.`] : [];
  const kinds = questionKinds
    .map((kind) => ({ kind, count: questions.filter((question) => question.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(", ");
  const total = `${counted(questions.length, "question")}${kinds === "" ? "" : ` (${kinds})`}`;
  const findings = `${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}`;
  return [
    ...errors,
    ...warnings.map((line) => `warning: ${line}`),
    ...untold,
    `${name}: ${total} as ${bank.format}, ${findings}.`,
    "",
  ].join("\n");
}
