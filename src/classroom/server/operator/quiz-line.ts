/**
 * The lines of the operator's console that run quizzes of a bank. They begin with `/`, for every other line is said
 * to the class; one with `/` and a wrong word is explained, and nobody hears it.
 *
 *      /quiz FILE [timed SECONDS|paced [SECONDS]|all [SECONDS]] [speed] [shuffle] [change] [survey] [penalty P] [lobby]
 *      /start /close /explain /next /again /skip /pause /resume /extend SECONDS
 *      /results /leaderboard [teams] [all] /stop
 */
import {
  defaultSettings,
  problemOfSettings,
  type Pace,
  type RunSettings,
} from "../../quiz/run/run-settings.ts";

export type SteerKind =
  "start" | "close" | "explain" | "next" | "skip" | "pause" | "resume" | "vote-again" | "finish";

export type QuizLine =
  | { kind: "begin"; file: string; settings: RunSettings; isLobby: boolean }
  | { kind: "steer"; event: SteerKind }
  | { kind: "extend"; byMs: number }
  | { kind: "results" }
  | { kind: "leaderboard"; ofTeams: boolean; toAll: boolean }
  | { kind: "wrong"; explanation: string };

export const bankQuizShape =
  "/quiz FILE [timed SECONDS|paced [SECONDS]|all [SECONDS]] [speed] [shuffle] [change] [survey] [penalty POINTS] [lobby]";

const steers: Record<string, SteerKind> = {
  "/start": "start",
  "/close": "close",
  "/explain": "explain",
  "/next": "next",
  "/again": "vote-again",
  "/skip": "skip",
  "/pause": "pause",
  "/resume": "resume",
  "/stop": "finish",
};

/** The commands, for completion. */
export const quizCommands = [
  "/quiz",
  ...Object.keys(steers),
  "/extend",
  "/results",
  "/leaderboard",
].toSorted();

/** The words behind FILE, for completion. */
export const quizWords = [
  "timed",
  "paced",
  "all",
  "speed",
  "shuffle",
  "change",
  "survey",
  "penalty",
  "lobby",
];

const paces: Record<string, Pace> = { timed: "timed", paced: "teacher", all: "all-at-once" };

/** What `speed` makes of points: half of a thousand melts away over the question's time. */
const speedPoints = { right: 1_000, speedShare: 0.5 };

/** Whether a line is meant as a command and not for the class: `/next`, and not `/etc/passwd` or `/ 2`. */
export function isQuizLine(line: string): boolean {
  return /^\/[a-z]+(\s|$)/i.test(line);
}

/** @param line trimmed, one that `isQuizLine` */
export function parseQuizLine(line: string): QuizLine {
  const [typed = "", ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
  const command = typed.toLowerCase();
  const steer = Object.hasOwn(steers, command) ? steers[command] : undefined;
  if (steer !== undefined) return words.length === 0 ? { kind: "steer", event: steer } : wrong(line, command);
  switch (command) {
    case "/quiz":
      return parseBegin(line, words);
    case "/extend": {
      const byMs = secondsOf(words[0]);
      return byMs === undefined || words.length > 1
        ? wrong(line, "/extend SECONDS")
        : { kind: "extend", byMs };
    }
    case "/results":
      return words.length === 0 ? { kind: "results" } : wrong(line, command);
    case "/leaderboard": {
      const isRight = ["", "all", "teams", "teams all"].includes(words.join(" "));
      return isRight
        ? { kind: "leaderboard", ofTeams: words.includes("teams"), toAll: words.includes("all") }
        : wrong(line, "/leaderboard [teams] [all]");
    }
    default:
      return {
        kind: "wrong",
        explanation: `There is no command '${typed}', and nothing was said to the class; 'help' lists the commands.`,
      };
  }
}

function parseBegin(line: string, words: readonly string[]): QuizLine {
  const [file, ...options] = words.map((word) => word.replace(/^"(.*)"$/, "$1"));
  if (file === undefined || file === "") return wrong(line, bankQuizShape);
  const points = { ...defaultSettings.points };
  const settings: { -readonly [K in keyof RunSettings]: RunSettings[K] } = { ...defaultSettings, points };
  let isLobby = false;
  let isPaced = false;
  for (let at = 0; at < options.length; at++) {
    const word = options[at]!.toLowerCase();
    const number = secondsOf(options[at + 1]);
    if (Object.hasOwn(paces, word)) {
      if (isPaced || (word === "timed" && number === undefined)) return wrong(line, bankQuizShape);
      isPaced = true;
      settings.pace = paces[word]!;
      settings.limitMs = number;
      if (number !== undefined) at++;
    } else if (word === "speed") Object.assign(points, speedPoints);
    else if (word === "shuffle") settings.shuffleOptions = settings.shuffleQuestions = true;
    else if (word === "change") settings.mayChange = true;
    else if (word === "survey") settings.isSurvey = true;
    else if (word === "lobby") isLobby = true;
    else if (word === "penalty" && number !== undefined) {
      at++;
      points.penalty = number / 1_000;
    } else return wrong(line, bankQuizShape);
  }
  if (points.speedShare > 0 && settings.limitMs === undefined)
    return {
      kind: "wrong",
      explanation: "Speed counts only where there is a time: timed SECONDS; nothing was started.",
    };
  const problem = problemOfSettings(settings);
  if (problem !== undefined) return { kind: "wrong", explanation: `Nothing was started: ${problem}` };
  return { kind: "begin", file, settings, isLobby };
}

/** @returns milliseconds */
function secondsOf(word: string | undefined): number | undefined {
  if (word === undefined || !/^\d{1,6}(\.\d{1,3})?$/.test(word)) return undefined;
  const ms = Math.round(Number(word) * 1_000);
  return ms > 0 ? ms : undefined;
}

function wrong(line: string, shape: string): QuizLine {
  return { kind: "wrong", explanation: `'${line}' has not the shape ${shape}; nothing was done.` };
}
