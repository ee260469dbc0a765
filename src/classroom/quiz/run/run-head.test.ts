import { expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import { formatRunHead, parseRunHead, type RunHead } from "./run-head.ts";
import { defaultSettings } from "./run-settings.ts";

const { questions } = parseGift(
  "::A::Which {=one#yes ~%50%two ~three}\n\nTrue? {T}\n\nSay {=a =%50%b}\n\nHow many {#3:1}\n\nPair {=a -> 1 =b -> 2}\n\nRead this.\n\nWrite {}",
);
const head: RunHead = {
  number: 7,
  title: "Layers",
  seed: 81,
  settings: { ...defaultSettings, pace: "timed", limitMs: 30_000 },
  questions,
};

test("a head is read as it was written", () => {
  expect(parseRunHead(formatRunHead(head))).toEqual(head);
  const untimed = { ...head, settings: defaultSettings };
  expect(parseRunHead(formatRunHead(untimed))).toEqual(untimed);
});

test("what is no head gives nothing", () => {
  const line = formatRunHead(head);
  for (const end of [0, 1, 20, line.length - 3]) expect(parseRunHead(line.slice(0, end))).toBeUndefined();
  for (const [old, wrong] of [
    ["pcs-run", "pcs-walk"],
    ['"version":1', '"version":2'],
    ['"pace":"timed"', '"pace":"slow"'],
    ['"speedShare":0', '"speedShare":2'],
    ['"kind":"choice"', '"kind":"chance"'],
    ['"settings":', '"sittings":'],
    ['"points":{', '"paints":{'],
  ] as const)
    expect([wrong, parseRunHead(line.replace(old, wrong))]).toEqual([wrong, undefined]);
});
