/** `pcs quiz`: what can be done with questions and answers without a classroom. */
import { commandGroup } from "./command.ts";

const usage = `Check and convert questions, and report on answers.

Usage: pcs quiz check FILE…         say what is wrong or doubtful in files of questions
       pcs quiz convert FROM TO     write questions in another format, and say what it cannot hold
       pcs quiz report FILE         item analysis of the answers that a quiz has kept

Formats of questions: gift and aiken, as Moodle reads them, csv, json.
  pcs quiz check --help, and so on, tells more
`;

export const quiz = commandGroup(usage, {
  check: async () => (await import("./quiz-check.ts")).quizCheck,
  convert: async () => (await import("./quiz-convert.ts")).quizConvert,
  report: async () => (await import("./quiz-report.ts")).quizReport,
});
