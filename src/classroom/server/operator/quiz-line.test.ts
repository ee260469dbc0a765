import { describe, expect, test } from "bun:test";
import { defaultSettings } from "../../quiz/run/run-settings.ts";
import { isQuizLine, parseQuizLine } from "./quiz-line.ts";

test("a word behind a slash is a command; a path, a fraction and everything else are for the class", () => {
  for (const line of ["/quiz a", "/next", "/nxt", "/Quiz"])
    expect([line, isQuizLine(line)]).toEqual([line, true]);
  for (const line of [
    "/etc/passwd",
    "/ 2",
    "/",
    "1/2",
    "quiz a",
    "next",
    "//next",
    "/usr.",
    "Quiz starts soon",
  ])
    expect([line, isQuizLine(line)]).toEqual([line, false]);
});

describe("/quiz", () => {
  const speed = { ...defaultSettings.points, right: 1_000, speedShare: 0.5 };
  for (const [line, file, settings] of [
    ["/quiz a.gift", "a.gift", {}],
    ['/quiz "my file.gift" timed 30', "my file.gift", { pace: "timed", limitMs: 30_000 }],
    ["/quiz a paced 1.5", "a", { limitMs: 1_500 }],
    ["/quiz a paced", "a", {}],
    ["/quiz a all shuffle", "a", { pace: "all-at-once", shuffleOptions: true, shuffleQuestions: true }],
    [
      "/quiz a timed 20 speed change",
      "a",
      { pace: "timed", limitMs: 20_000, mayChange: true, points: speed },
    ],
    [
      "/quiz a survey penalty 0.25",
      "a",
      { isSurvey: true, points: { ...defaultSettings.points, penalty: 0.25 } },
    ],
  ] as const)
    test(line, () =>
      expect(parseQuizLine(line)).toEqual({
        kind: "begin",
        file,
        settings: { ...defaultSettings, ...settings },
        isLobby: false,
      }),
    );

  for (const line of [
    "/quiz",
    '/quiz ""',
    "/quiz a timed",
    "/quiz a timed x",
    "/quiz a timed 0",
    "/quiz a timed 999999",
    "/quiz a timed 5 paced",
    "/quiz a speed",
    "/quiz a b",
    "/quiz a penalty",
    "/next 2",
    "/extend",
    "/extend -1",
    "/extend 1 2",
    "/results x",
    "/leaderboard ann",
    "/leaderboard teamsall",
    "/leaderboard all teams",
    "/nxt",
    "/constructor",
  ])
    test(`${line} is explained`, () => expect(parseQuizLine(line).kind).toBe("wrong"));
});

test("the others", () => {
  expect(parseQuizLine("/again")).toEqual({ kind: "steer", event: "vote-again" });
  expect(parseQuizLine("/stop")).toEqual({ kind: "steer", event: "finish" });
  expect(parseQuizLine("/extend 30")).toEqual({ kind: "extend", byMs: 30_000 });
  expect(parseQuizLine("/leaderboard all")).toEqual({ kind: "leaderboard", ofTeams: false, toAll: true });
  expect(parseQuizLine("/leaderboard teams")).toEqual({ kind: "leaderboard", ofTeams: true, toAll: false });
  expect(parseQuizLine("/leaderboard teams all")).toEqual({
    kind: "leaderboard",
    ofTeams: true,
    toAll: true,
  });
});
