/**
 * A line of the operator's console, taken apart:
 *
 *      send_file:NAME|all:DIR:FILE
 *      Quiz:DIR:QUESTIONS:ANSWERS:SCORES.csv
 *      /files
 *      /collect NAME …
 *      shutdown
 *      help
 *      /qr
 *      /quiz FILE …, /next and others    see `quiz-line.ts`
 *      /kick NAME and others             see `protocol/v2/teaching-line.ts`
 *      /teacher
 *      anything else is said to the class
 */
import { checkFileName } from "../../files/file-name.ts";
import { parseTeachingLine, teachingHelp } from "../../protocol/v2/teaching-line.ts";
import { collectHelp, parseCollectLine } from "../../protocol/v2/collect-line.ts";
import type { OperatorWish } from "./moderation.ts";
import { bankQuizShape, isQuizLine, parseQuizLine as parseBankQuizLine, type QuizLine } from "./quiz-line.ts";

export type OperatorLine =
  | { kind: "nothing" }
  | { kind: "help" }
  | { kind: "files" }
  | { kind: "collect"; do: "begin" | "end" | "list"; name: string }
  | { kind: "shutdown" }
  | { kind: "qr" }
  | { kind: "send-file"; recipient: string; folder: string; file: string }
  | { kind: "quiz"; folder: string; questions: string; answers: string; scores: string }
  | { kind: "bank-quiz"; line: Exclude<QuizLine, { kind: "wrong" }> }
  | { kind: "moderation"; line: OperatorWish }
  | { kind: "say"; text: string }
  | { kind: "wrong"; explanation: string };

export const sendFileShape = "send_file:NAME|all:DIR:FILE";
export const quizShape = "Quiz:DIR:QUESTIONS:ANSWERS:SCORES.csv";

export const operatorHelp = `Lines that do something:
  ${sendFileShape}             send a file to one client, or to all
  /files                                  how far the files are that are on their way
${collectHelp}
  ${quizShape}   start a quiz; quiz_dir holds a sample:
                                          Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:scores.csv
  ${bankQuizShape}
                                          start a quiz of GIFT, Aiken, CSV or JSON, then:
  /start /close /explain /next /again     the question is closed, explained, the next comes, it is voted on again
  /skip /pause /resume /extend SECONDS
  /results /leaderboard [teams] [all]     write results so far; show points (all: to the class)
  /stop                                   end the quiz
${teachingHelp}
  /teacher                                a code that makes whoever types it a teacher, once
  /qr                                     show where the page is, as a code for phones
  shutdown                                end the server
  help                                    this list
Every other line is said to the class.`;

export function parseOperatorLine(typed: string): OperatorLine {
  const line = typed.trim();
  if (line === "") return { kind: "nothing" };
  if (line === "help" || line === "shutdown") return { kind: line };
  if (line === "/qr") return { kind: "qr" };
  if (line.startsWith("send_file:")) return parseSendFile(line);
  if (line.startsWith("Quiz:")) return parseQuizLine(line);
  const collect = parseCollectLine(line);
  if (collect !== undefined) return { kind: "collect", ...collect };
  if (line === "/files") return { kind: "files" };
  if (line === "/teacher") return { kind: "moderation", line: { kind: "teacher-code" } };
  const teaching = parseTeachingLine(line);
  if (teaching !== undefined)
    return teaching.kind === "wrong" ? teaching : { kind: "moderation", line: teaching };
  if (isQuizLine(line)) {
    const parsed = parseBankQuizLine(line);
    return parsed.kind === "wrong" ? parsed : { kind: "bank-quiz", line: parsed };
  }
  return { kind: "say", text: line };
}

/** DIR may hold a `:` of its own (`C:\files`): the recipient is before the first, the file behind the last. */
function parseSendFile(line: string): OperatorLine {
  const [recipient = "", ...rest] = line.split(":").slice(1);
  const file = rest.pop() ?? "";
  const folder = rest.join(":");
  if (recipient === "" || folder === "" || file === "") return wrong(line, sendFileShape);
  return { kind: "send-file", recipient, folder, file };
}

function parseQuizLine(line: string): OperatorLine {
  const parts = line.split(":").slice(1);
  if (parts.includes("")) return wrong(line, quizShape);
  const scores = parts.pop();
  const answers = parts.pop();
  const questions = parts.pop();
  const folder = parts.join(":");
  if (scores === undefined || answers === undefined || questions === undefined || folder === "")
    return wrong(line, quizShape);
  const check = checkFileName(scores);
  if (!check.ok || check.name !== scores || scores.startsWith("."))
    return {
      kind: "wrong",
      explanation: `'${scores}' cannot be the name of a file of scores; nothing was started.`,
    };
  return { kind: "quiz", folder, questions, answers, scores };
}

function wrong(line: string, shape: string): OperatorLine {
  return { kind: "wrong", explanation: `'${line}' has not the shape ${shape}; nothing was done.` };
}
