import { describe, expect, test } from "bun:test";
import { parseGift } from "../banks/parse-gift.ts";
import type { GivenAnswer } from "../run/given-answer.ts";
import { analyseResults } from "./analyse-results.ts";
import type { QuizResults, ResultAnswer } from "./quiz-results.ts";
import { itemDoubts, numberText, percentText, questionName } from "./report-figures.ts";
import { formatReportHtml } from "./report-html.ts";
import { formatReportText } from "./report-text.ts";

const { questions } = parseGift("[plain]Which <b>?{=a ~<script>alert(1)</script>}\n\n::Two::Q{T}\n\nE{}");
const names = ["ann", "bob", "cid", "dan"];
/** Which option of question 1, what to question 2. */
const given = [
  [0, true],
  [0, true],
  [1, false],
  [1, undefined],
] as const;

function answer(student: number, question: number, given: GivenAnswer, elapsedMs: number): ResultAnswer {
  return { student, question, round: 1, given, elapsedMs, points: 0 };
}

const results: QuizResults = {
  title: "A <i>quiz</i>",
  isSurvey: false,
  questions,
  students: names.map((name) => ({ name, team: "" })),
  answers: [
    ...given.map(([option], student) => answer(student, 0, { kind: "choice", options: [option] }, 2_000)),
    ...given.flatMap(([, value], student) =>
      value === undefined ? [] : answer(student, 1, { kind: "true-false", value }, 4_000),
    ),
    {
      student: 0,
      question: 2,
      round: 1,
      given: { kind: "text" as const, text: "mine" },
      elapsedMs: 1,
      points: 0,
    },
  ],
};

test("the report as text, word for word", () => {
  expect(formatReportText(results, analyseResults(results))).toBe(`A <i>quiz</i>

students                             4
mean mark                            1.00 of 3
median mark                          1.00
standard deviation                   1.15
skewness                             0.00
kurtosis                             -6.00
coefficient of internal consistency  75.0 %
error ratio                          50.0 %
standard error                       0.58

#  facility  deviation  guessing  intended  effective  discrimination  efficiency  seconds  question
1    50.0 %     57.7 %    50.0 %    33.3 %     50.0 %         100.0 %     100.0 %      2.0  Which <b>?
2    50.0 %     57.7 %    50.0 %    33.3 %     50.0 %         100.0 %     100.0 %      4.0  Two
3     0.0 %      0.0 %         -    33.3 %      0.0 %               -           -      0.0  E

Answers that a person has to mark, and that count as nothing here: 1.

1. Which <b>?
  count   share   credit  mean rest  answer
      2  50.0 %  100.0 %       1.00  a
      2  50.0 %    0.0 %       0.00  <script>alert(1)</script>

2. Two
  count   share   credit  mean rest  answer
      2  50.0 %  100.0 %       1.00  true
      1  25.0 %    0.0 %       0.00  false
      1  25.0 %    0.0 %       0.00  (no answer)

3. E
  count   share  credit  mean rest  answer
      1  25.0 %       -       2.00  mine
      3  75.0 %   0.0 %       0.67  (no answer)
`);
});

describe("the report as a page", () => {
  const html = formatReportHtml(results, analyseResults(results));

  test("holds what questions and answers say as text", () => {
    expect(html).toContain("<h1>A &lt;i&gt;quiz&lt;/i&gt;</h1>");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<i>|<b>/);
  });

  test("needs nothing from elsewhere", () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/\b(?:src|href)="(?!#q\d)|url\(|@import|https?:/);
  });

  test("every element that is opened is closed", () => {
    const open: string[] = [];
    for (const [, end, name] of html.replace("<!doctype html>", "").matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      if (name === "meta") continue;
      if (end === "") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

test("what a teacher should look at", () => {
  const item = analyseResults(results).items[0]!;
  const row = item.responses[0]!;
  expect(itemDoubts(item)).toEqual([]);
  expect(itemDoubts({ ...item, answers: 0 })).toEqual(["Nobody answered it."]);
  expect(itemDoubts({ ...item, statistics: { ...item.statistics, facility: 0.97 } })).toEqual([
    "Nearly everybody had it right.",
  ]);
  expect(itemDoubts({ ...item, statistics: { ...item.statistics, facility: 0.3 } })).toEqual([
    "Guessing would have done better.",
  ]);
  expect(itemDoubts({ ...item, statistics: { ...item.statistics, discriminationIndex: -0.1 } })).toEqual([
    "Those who did well elsewhere did worse here: is the right answer right?",
  ]);
  expect(
    itemDoubts({ ...item, responses: [row, { ...row, response: "b", credit: 0, meanRest: 2 }] }),
  ).toEqual(["'b' was chosen by those who did better elsewhere."]);
});

test("a survey is told as one", () => {
  const survey = { ...results, isSurvey: true };
  const note = "This was a survey: the counts say something, the marks do not.";
  expect(formatReportText(survey, analyseResults(survey))).toContain(note);
  expect(formatReportHtml(survey, analyseResults(survey))).toContain(note);
});

test("figures", () => {
  expect([
    percentText(undefined),
    percentText(0.12345),
    numberText(undefined),
    numberText(1.005, 1),
    numberText(-0.001),
  ]).toEqual(["-", "12.3 %", "-", "1.0", "0.00"]);
  expect(questionName({ ...questions[2]!, text: `${"x".repeat(59)}🎓 y` })).toBe(`${"x".repeat(59)}…`);
});
