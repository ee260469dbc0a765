/** `pcs quiz convert`: questions into another format; what that cannot hold is told, and nothing is written over. */
import { formatBank, formatOfName } from "../classroom/quiz/banks/bank-format.ts";
import { counted } from "../lib/counted.ts";
import { ExpectedError, UsageError } from "../lib/errors.ts";
import { showable } from "../lib/showable.ts";
import { command } from "./command.ts";
import { bankFormatOf, readBank, readSeedBank } from "./read-bank.ts";
import { writeNewFile } from "./write-new-file.ts";

const usage = `Write questions in another format, and say what it cannot hold.

Usage: pcs quiz convert FROM TO [options]

  FROM              a file of questions, or - for standard input
  TO                the new file, or - for standard output

Options:
  --from FORMAT     gift, aiken, csv or json; otherwise the end of the name says it, or what the file holds
  --to FORMAT       the same for TO; it must be given where the name does not say it
  --answers FILE    FROM is the questions of the first pcs, and this its answers
  --force           write over TO if it is there
`;

export const quizConvert = command({
  usage,
  args: {
    source: { type: "positional", required: false },
    target: { type: "positional", required: false },
    from: { type: "string" },
    to: { type: "string" },
    answers: { type: "string" },
    force: { type: "boolean" },
  },
  async run({ source, target, from, to, answers, force }) {
    if (source === undefined || target === undefined)
      throw new UsageError("say which file to convert, and into which.");
    const sourceFormat = bankFormatOf(from, "--from");
    const targetFormat = bankFormatOf(to, "--to") ?? formatOfName(target);
    if (targetFormat === undefined)
      throw new UsageError(`${target} does not say which format it is to be; --to does.`);
    const bank =
      answers === undefined ? await readBank(source, sourceFormat) : await readSeedBank(source, answers);
    tell([...bank.errors, ...bank.warnings.map((line) => `warning: ${line}`)]);
    if (bank.errors.length > 0) throw new ExpectedError("nothing was written.");
    const { text, written, losses } = formatBank(targetFormat, bank.questions);
    tell(losses.map((loss) => `lost: ${loss}`));
    if (written === 0)
      throw new ExpectedError(`${targetFormat} can hold none of these questions; nothing was written.`);
    if (target === "-") process.stdout.write(text);
    else await writeNewFile(target, text, force === true);
    tell([`${counted(written, "question")} of ${bank.questions.length} written as ${targetFormat}.`]);
    return 0;
  },
});

function tell(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${showable(line)}\n`).join(""));
}
