/** Arbitrary questions, as a bank holds them: texts trimmed, weights with seven decimals. */
import * as fc from "fast-check";
import { trimText } from "./plain-text.ts";
import { roundWeight, type BankQuestion } from "./question.ts";

/** Signs that mean something in one of the formats, and texts that look like something else. */
const signs = [
  ..."~=#{}:\\/%[]&<>*_'\"`,;|\t\n",
  "->",
  "..",
  "####",
  "\\n",
  "//",
  "::",
  "[html]",
  "[plain]",
  "%50%",
  "&lt;",
  "&amp;",
  "<b>",
  "</p>",
  "<br>",
  "$CATEGORY:",
  "ANSWER: A",
  "A) ",
  "TRUE",
  "T",
  ">2 ALL\n",
  "=1+1",
  "@@",
  "é",
  "漢",
  "🎓",
  "\u2028",
];

const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...signs) },
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => trimText(parts.join("").replaceAll("\0", "").replaceAll("\r", "")));
const someText = anyText.filter((text) => text !== "");
const name = fc.string({ unit: fc.constantFrom(..."abcXYZ 0189-_.é漢"), maxLength: 8 }).map(trimText);
const weight = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => roundWeight(value / 1e7));
const commonWeight = fc.oneof(fc.constantFrom(0, 1, 0.5, -0.5, 0.3333333), weight);
const number = fc
  .oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0);

const common = {
  title: name,
  category: name.filter((text) => text !== "top"),
  text: someText,
  feedback: anyText,
  id: name,
  tags: fc.array(
    name.filter((text) => text !== ""),
    { maxLength: 2 },
  ),
};

const weighted = fc.record({ text: someText, weight: commonWeight, feedback: anyText });
const range = fc.oneof(
  fc.constant({ kind: "any" } as const),
  fc.record({ kind: fc.constant("near" as const), value: number, tolerance: number.map(Math.abs) }),
  fc
    .tuple(number, number)
    .map(([a, b]) => ({ kind: "between" as const, min: Math.min(a, b), max: Math.max(a, b) })),
);

export const arbitraryQuestion: fc.Arbitrary<BankQuestion> = fc.oneof(
  fc.record({
    kind: fc.constant("choice" as const),
    ...common,
    single: fc.boolean(),
    options: fc.array(weighted, { minLength: 2, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("true-false" as const),
    ...common,
    answer: fc.boolean(),
    feedbackTrue: anyText,
    feedbackFalse: anyText,
  }),
  fc.record({
    kind: fc.constant("short" as const),
    ...common,
    answers: fc.array(weighted, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("numeric" as const),
    ...common,
    answers: fc.array(fc.record({ range, weight: commonWeight, feedback: anyText }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    kind: fc.constant("match" as const),
    ...common,
    pairs: fc.array(fc.record({ prompt: someText, answer: someText }), { minLength: 2, maxLength: 3 }),
    distractors: fc.array(someText, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant("order" as const),
    ...common,
    items: fc.array(someText, { minLength: 2, maxLength: 4 }),
    grading: fc.constantFrom("exact" as const, "position" as const, "next" as const),
  }),
  fc.record({ kind: fc.constant("essay" as const), ...common }),
  fc.record({ kind: fc.constant("description" as const), ...common }),
);
