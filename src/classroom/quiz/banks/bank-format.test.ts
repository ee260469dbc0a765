import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { formatFinding } from "./bank.ts";
import { bankFormats, formatBank, formatOfName, guessFormat, parseBank } from "./bank-format.ts";
import { arbitraryQuestion } from "./banks.test-support.ts";
import { trimText } from "./plain-text.ts";
import type { BankQuestion } from "./question.ts";
import { normaliseText } from "./source-text.ts";

const bank = fc.array(arbitraryQuestion, { minLength: 1, maxLength: 4 });

/** What a format cannot hold is taken away before the comparison; its loss must have been told. */
const holdable: Record<(typeof bankFormats)[number], (question: BankQuestion) => BankQuestion | undefined> = {
  json: (question) => question,
  csv: (question) => question,
  gift: giftHolds,
  aiken: aikenHolds,
};

function giftHolds(question: BankQuestion): BankQuestion | undefined {
  if (question.kind === "short") {
    const answers = question.answers.filter(({ text }) => !text.includes("->"));
    return answers.length === 0 ? undefined : { ...question, answers };
  }
  if (question.kind === "order" && question.items.some((item) => item.startsWith("//"))) return undefined;
  if (question.kind === "description" || question.kind === "order") return { ...question, feedback: "" };
  if (question.kind === "choice" && !question.options.some(({ weight }) => weight === 1))
    return { ...question, single: false };
  return question;
}

function oneLine(text: string): string {
  return trimText(text.replaceAll(/[ \t]*\n[ \t\n]*/g, " "));
}

function aikenHolds(question: BankQuestion): BankQuestion | undefined {
  const bare = { title: "", category: "", feedback: "", id: "", tags: [] };
  if (question.kind === "true-false")
    return aikenHolds({
      ...question,
      kind: "choice",
      single: true,
      options: ["True", "False"].map((text) => ({
        text,
        weight: (text === "True") === question.answer ? 1 : 0,
        feedback: "",
      })),
    });
  if (question.kind !== "choice" || !question.single) return undefined;
  const right = question.options.findIndex(({ weight }) => weight === 1);
  const text = oneLine(question.text);
  if (right < 0 || text.length < 2 || /^(?:[A-Z][).]|ANSWER:)/.test(text)) return undefined;
  return {
    ...bare,
    kind: "choice",
    text,
    single: true,
    options: question.options.map((option, index) => ({
      text: oneLine(option.text),
      weight: index === right ? 1 : 0,
      feedback: "",
    })),
  };
}

describe("what is written is read as the same questions, but for losses that were told", () => {
  for (const format of bankFormats)
    test(
      format,
      () => {
        fc.assert(
          fc.property(bank, (questions) => {
            const { text, written, losses } = formatBank(format, questions);
            const expected = questions.map(holdable[format]).filter((question) => question !== undefined);
            const parsed = parseBank(format, normaliseText(text));
            expect(written).toBe(expected.length);
            if (expected.length === 0) return;
            expect(parsed.errors.map((finding) => formatFinding(text, finding))).toEqual([]);
            expect([...parsed.questions]).toEqual(expected);
            expect(losses.length > 0).toBe(!Bun.deepEquals(expected, questions));
          }),
          { numRuns: 2_000 },
        );
      },
      60_000,
    );
});

describe("arbitrary text is questions or sentences with places, never an exception", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."{}=~#:%\\\n\"',;[]<>&*_`-.0123456789",
      "::",
      "->",
      "####",
      "\n\n",
      "//",
      "$CATEGORY:",
      "[html]",
      "[markdown]",
      "{>2 ALL\n",
      "{#",
      "..",
      "%50%",
      "TRUE",
      "ANSWER: A\n",
      "A) x\n",
      "B. y\n",
      "question,type,option1,option2,correct\n",
      '{"format":"pcs-questions","version":1,"questions":[',
      '{"kind":"choice","text":"x","single":true,"options":[',
      "<p>",
      "</pre>",
      "<img src=x>",
      "&amp;",
      "&#x41;",
      "```",
      "\uFDD0",
      "\uD800",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  const text = fc.array(piece, { maxLength: 40, size: "max" }).map((pieces) => pieces.join(""));
  for (const format of bankFormats)
    test(
      format,
      () => {
        fc.assert(
          fc.property(text, (source) => {
            const { questions, places, errors, warnings } = parseBank(format, normaliseText(source));
            expect(places).toHaveLength(questions.length);
            if (errors.length === 0) expect(questions.length).toBeGreaterThan(0);
            const lines = normaliseText(source).split("\n").length;
            for (const { place, sentence } of [...errors, ...warnings]) {
              expect(sentence).toMatch(/^[^\n]+\.$/);
              expect(place.line).toBeWithin(1, lines + 1);
              expect(place.column).toBeGreaterThan(0);
            }
            // Whatever was read can be written, and is then read again.
            if (questions.length > 0) formatBank(format, questions);
          }),
          { numRuns: 5_000 },
        );
      },
      60_000,
    );
});

test("cutting a file anywhere gives questions or sentences", () => {
  const questions = fc.sample(arbitraryQuestion, { numRuns: 40, seed: 7 });
  for (const format of bankFormats) {
    const { text } = formatBank(format, questions);
    for (let end = 0; end < text.length; end += 7) {
      const { errors, questions } = parseBank(format, normaliseText(text.slice(0, end)));
      expect(errors.length + questions.length).toBeGreaterThan(0);
    }
  }
}, 60_000);

test("the format of a file", () => {
  for (const [name, format] of [
    ["a.gift", "gift"],
    ["a.b.CSV", "csv"],
    ["x/y.json", "json"],
    ["a.aiken", "aiken"],
    ["a.txt", undefined],
    ["csv", undefined],
  ] as const)
    expect(formatOfName(name)).toBe(format);
  expect(guessFormat('{"format": "pcs-questions"}')).toBe("json");
  expect(guessFormat("Why?\nA) x\nB) y\nANSWER: A\n")).toBe("aiken");
  expect(guessFormat("Why?{T}")).toBe("gift");
});
