/** Quizzes of a bank, started and steered by a teacher: what the operator's lines do, with the words of those. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import { checkFileName } from "../../files/file-name.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { runQuizLine } from "../operator/run-quiz-line.ts";
import { asManyAsFit } from "./as-many-as-fit.ts";
import type { Peer } from "./peer.ts";
import { parseQuizLine, type QuizLine } from "../operator/quiz-line.ts";

type Steer = Control<"steer">;
type RightLine = Exclude<QuizLine, { kind: "wrong" }>;

export function steerQuiz(peer: Peer, steer: Steer): void {
  peer.classroom.background(steerNow(peer, steer));
}

export function listBanks(peer: Peer, { ask }: Control<"banks">): void {
  const { classroom } = peer;
  const send = async (): Promise<void> => {
    const files = (await classroom.ports.shelf.list()).filter((file) => checkFileName(file).ok);
    peer.send(encodeControl("banks", { ask, files: asManyAsFit(files.slice(0, 1_000)) }));
  };
  classroom.background(send());
}

async function steerNow(peer: Peer, steer: Steer): Promise<void> {
  const { classroom, name } = peer;
  const { ask } = steer;
  const { shelf, audit, screen } = classroom.ports;
  try {
    const line = lineOf(steer);
    const lines: string[] = [];
    const seen = steer.seen === undefined ? undefined : seenTag(steer.seen);
    await runQuizLine(classroom, shelf, line, (text) => lines.push(text), seen);
    audit.write({ by: name, did: `quiz ${steer.do}`, what: steer.file ?? steer.words });
    screen.line(`${name}: quiz ${steer.do}${steer.file === undefined ? "" : ` ${steer.file}`}`);
    peer.send(encodeControl("done", { ask, text: lines.join("\n") }));
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    peer.refuse("refused", asSentence(error.message), { ask });
  }
}

/** @throws ExpectedError with one sentence */
function lineOf({ do: word, file, words, seconds }: Steer): RightLine {
  const line = parseQuizLine(typedLine(word, file, words, seconds));
  if (line.kind === "wrong") throw new ExpectedError(line.explanation);
  if (line.kind !== "begin") return line;
  const check = checkFileName(file ?? "");
  if (!check.ok || check.name !== file) throw new ExpectedError("a quiz begins with a file of the list.");
  return { ...line, file };
}

function typedLine(
  word: Steer["do"],
  file: string | undefined,
  words: string | undefined,
  seconds: number | undefined,
): string {
  // The name itself is checked apart; in a line it would have to be without quotes.
  if (word === "begin") return `/quiz ${file === undefined ? "" : "FILE"} ${words ?? ""}`.trim();
  if (word === "extend") return `/extend ${seconds ?? ""}`.trim();
  return word === "leaderboard" ? `/leaderboard ${words ?? ""}`.trim() : `/${word}`;
}

/** The phase that this teacher saw, as `phaseTag` names it. */
function seenTag({ phase, number, round }: NonNullable<Steer["seen"]>): string {
  if (phase === "lobby" || phase === "finished") return phase;
  return `${phase} ${number === undefined ? "all" : number - 1} ${round ?? 1}`;
}
