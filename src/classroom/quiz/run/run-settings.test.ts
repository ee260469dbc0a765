import { expect, test } from "bun:test";
import { defaultSettings, problemOfSettings, type RunSettings } from "./run-settings.ts";

test("settings that cannot be", () => {
  for (const [change, problem] of [
    [{}, undefined],
    [{ pace: "timed", limitMs: 20_000 }, undefined],
    [{ pace: "timed" }, "a timed quiz needs a time for its questions."],
    [{ limitMs: 0 }, "a question's time goes up to 24 hours."],
    [{ limitMs: NaN }, "a question's time goes up to 24 hours."],
    [{ limitMs: 86_400_001 }, "a question's time goes up to 24 hours."],
    [{ graceMs: -1 }, "a time cannot be negative, or more than a day."],
    [{ points: { ...defaultSettings.points, speedShare: 2 } }, "the share of speed goes from 0 to 1."],
    [{ points: { ...defaultSettings.points, penalty: -1 } }, "points go from 0 to a million."],
    [{ points: { ...defaultSettings.points, right: Infinity } }, "points go from 0 to a million."],
  ] as [Partial<RunSettings>, string | undefined][])
    expect([change, problemOfSettings({ ...defaultSettings, ...change })]).toEqual([change, problem]);
});
