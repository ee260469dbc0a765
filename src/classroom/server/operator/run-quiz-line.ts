/** What the lines that run a quiz of a bank do, typed by the operator or wished by a teacher. */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { checkFileName } from "../../files/file-name.ts";
import type { BankQuestion } from "../../quiz/banks/question.ts";
import type { Standing } from "../../quiz/run/answer-book.ts";
import type { Classroom } from "../classroom.ts";
import type { QuizLine } from "./quiz-line.ts";

/** A file of questions, with sentences for who wrote it. */
export interface ReadBank {
  readonly questions: readonly BankQuestion[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface BankSource {
  /** @throws ExpectedError with one sentence where the file cannot be read */
  readBank(path: string): Promise<ReadBank>;
  /** 32 bits that nobody can guess. */
  randomSeed(): number;
}

/** Lines that the console prints of one list. */
const maxTold = 10;

/**
 * @param tell hears what comes of it
 * @param seen the tag of the phase that was seen by whoever steers: of two who go on at once, one does
 * @throws ExpectedError with one sentence where nothing was done
 */
export async function runQuizLine(
  classroom: Classroom,
  source: BankSource,
  line: Exclude<QuizLine, { kind: "wrong" }>,
  tell: (text: string) => void,
  seen?: string,
): Promise<void> {
  const { quizzes } = classroom;
  if (line.kind === "begin") return begin(classroom, source, line, tell);
  const { quiz } = quizzes;
  if (quiz === undefined) throw new ExpectedError("there is no quiz; /quiz FILE begins one.");
  switch (line.kind) {
    case "steer":
    case "extend": {
      const problem = quiz.steer(
        line.kind === "extend" ? line : { kind: line.event, ...(seen === undefined ? {} : { seen }) },
      );
      if (problem !== undefined) throw new ExpectedError(`nothing was done: ${problem}`);
      return;
    }
    case "leaderboard": {
      if (quiz.head.settings.isSurvey) throw new ExpectedError("a survey has no points.");
      const { book } = quiz;
      const lines = line.ofTeams
        ? leaderboard(book.teamStandings(), "No team takes part.")
        : leaderboard(book.standings(), "Nobody takes part.");
      if (line.toAll) classroom.tell(lines.join("\n"));
      for (const each of lines) tell(each);
      return;
    }
    case "results": {
      if (quiz.isOver) throw new ExpectedError("the quiz is over, and its results are written.");
      const written = await quiz.writeResults();
      if ("failure" in written)
        throw new ExpectedError(`the results could not be written: ${written.failure}.`);
      tell(`The results so far are in ${written.paths.join(" and ")}.`);
    }
  }
}

async function begin(
  classroom: Classroom,
  source: BankSource,
  { file, settings, isLobby }: Extract<QuizLine, { kind: "begin" }>,
  tell: (text: string) => void,
): Promise<void> {
  const { quizzes } = classroom;
  if (quizzes.isRunning) throw new ExpectedError("a quiz is running; /stop ends it.");
  const { questions, errors, warnings } = await source.readBank(file);
  for (const finding of [...errors, ...warnings].slice(0, maxTold)) tell(finding);
  const more = errors.length + warnings.length - maxTold;
  if (more > 0) tell(`${counted(more, "more finding")}: pcs quiz check ${file} lists them.`);
  if (errors.length > 0) return tell("The quiz was not started.");
  const title = titleOf(file);
  const before = classroom.quiz;
  const seed = source.randomSeed();
  const quiz = await quizzes.begin({ title, name: nameOf(title), questions, settings, seed, isLobby });
  if (before !== undefined) {
    tell(`The quiz before it has ended: ${counted(before.answeredCount, "answer")} in ${before.scores}.`);
    classroom.quiz = undefined;
  }
  tell(
    `Quiz '${title}' ${isLobby ? "waits for /start" : "started"}: ${counted(questions.length, "question")} to ` +
      `${counted(quiz.book.students.size, "client")}; seed ${seed}.`,
  );
}

function leaderboard(standings: readonly Standing[], none: string): string[] {
  if (standings.length === 0) return [none];
  const lines = standings
    .slice(0, maxTold)
    .map(
      ({ name, points }) =>
        `${1 + standings.findIndex((each) => each.points === points)}. ${name}  ${points}`,
    );
  const more = standings.length - maxTold;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

function titleOf(file: string): string {
  const name = file.split(/[/\\]/).at(-1)!;
  return name.replace(/\.[^.]+$/, "").slice(0, 100) || name.slice(0, 100);
}

/** A name that files may have. */
function nameOf(title: string): string {
  const check = checkFileName(
    title
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "_")
      .trim()
      .slice(0, 60),
  );
  return check.ok ? check.name : "quiz";
}
