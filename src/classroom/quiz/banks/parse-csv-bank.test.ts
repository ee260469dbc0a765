import { describe, expect, test } from "bun:test";
import { formatFinding } from "./bank.ts";
import { formatCsvBank } from "./format-csv-bank.ts";
import { parseCsvBank } from "./parse-csv-bank.ts";

const common = { title: "", category: "", feedback: "", id: "", tags: [] };
const option = (text: string, weight: number, feedback = "") => ({ text, weight, feedback });

describe("rows as a teacher types them", () => {
  for (const [what, source, question] of [
    [
      "a choice, its right option by letter",
      "Question,Option 1,option_2,OPTION3,Correct\nWhy?,a,b,c,B\n",
      {
        ...common,
        kind: "choice",
        text: "Why?",
        single: true,
        options: [option("a", 0), option("b", 1), option("c", 0)],
      },
    ],
    [
      "by number, with semicolons between the columns",
      "question;option1;option2;correct\nWhy?;a;b;1\n",
      { ...common, kind: "choice", text: "Why?", single: true, options: [option("a", 1), option("b", 0)] },
    ],
    [
      "several right ones",
      'question,option1,option2,option3,correct\nWhy?,a,b,c,"a, C"\n',
      {
        ...common,
        kind: "choice",
        text: "Why?",
        single: false,
        options: [option("a", 0.5), option("b", 0), option("c", 0.5)],
      },
    ],
    [
      "one of several right ones",
      "question,option1,option2,correct,choose\nWhy?,a,b,a b,one\n",
      { ...common, kind: "choice", text: "Why?", single: true, options: [option("a", 1), option("b", 1)] },
    ],
    [
      "weights and feedback",
      "question,option1,weight1,feedback1,option2,weight2\nWhy?,a,100%,good,b,50\n",
      {
        ...common,
        kind: "choice",
        text: "Why?",
        single: true,
        options: [option("a", 1, "good"), option("b", 0.5)],
      },
    ],
    [
      "true or false",
      'type,question,correct,feedback2,title,tags\ntrue-false,Why?,FALSE,no,T,"x\ny"\n',
      {
        ...common,
        kind: "true-false",
        text: "Why?",
        answer: false,
        feedbackTrue: "",
        feedbackFalse: "no",
        title: "T",
        tags: ["x", "y"],
      },
    ],
    [
      "a short answer",
      "type,question,option1,option2,weight2\nshort,Why?,a,b,50\n",
      { ...common, kind: "short", text: "Why?", answers: [option("a", 1), option("b", 0.5)] },
    ],
    [
      "a number",
      "type,question,option1,option2\nnumeric,Why?,3:1,1..5\n",
      {
        ...common,
        kind: "numeric",
        text: "Why?",
        answers: [
          { range: { kind: "near", value: 3, tolerance: 1 }, weight: 1, feedback: "" },
          { range: { kind: "between", min: 1, max: 5 }, weight: 1, feedback: "" },
        ],
      },
    ],
    [
      "matching",
      "type,question,option1,match1,match2\nmatch,Why?,a,b,c\n",
      { ...common, kind: "match", text: "Why?", pairs: [{ prompt: "a", answer: "b" }], distractors: ["c"] },
    ],
    [
      "ordering",
      "type,question,option1,option2,grading\norder,Why?,a,b,Exact\n",
      { ...common, kind: "order", text: "Why?", items: ["a", "b"], grading: "exact" },
    ],
    ["an essay without a type", "question\nWhy?\n", { ...common, kind: "essay", text: "Why?" }],
    [
      "a survey",
      "question,option1,option2\nWhy?,a,b\n",
      { ...common, kind: "choice", text: "Why?", single: true, options: [option("a", 0), option("b", 0)] },
    ],
  ] as const)
    test(what, () => {
      const { questions, errors, warnings } = parseCsvBank(source);
      expect([errors, warnings]).toEqual([[], []]);
      expect([...questions]).toEqual([question as never]);
    });
});

describe("what is wrong is told with its place", () => {
  for (const [what, source, errors] of [
    ["nothing", "", ["q, line 1, column 1: there is no question."]],
    [
      "no names",
      "Why?,a,b\n",
      ["q, line 1, column 1: the first row must hold names, and one of them 'question'."],
    ],
    ["a name twice", "question,id,ID\n", ["q, line 1, column 13: there is a second column 'id'."]],
    [
      "a type that is none",
      "question,type\nWhy?,multi\n",
      [
        "q, line 2, column 6: there is no type 'multi'; it is one of choice, true-false, short, numeric, match, order, essay, description.",
      ],
    ],
    [
      "an answer that is no option",
      "question,option1,option2,correct\nWhy?,a,b,c\n",
      ["q, line 2, column 10: 'c' is none of the options."],
    ],
    [
      "one option",
      "question,option1,option2\nWhy?,a,\n",
      ["q, line 2, column 6: a choice needs two options or more."],
    ],
    [
      "neither one nor many",
      "question,option1,option2,choose\nWhy?,a,b,two\n",
      ["q, line 2, column 10: 'choose' is one or many, and not 'two'."],
    ],
    [
      "neither true nor false",
      "question,type,correct\nWhy?,true-false,maybe\n",
      ["q, line 2, column 17: 'correct' is true or false, and not 'maybe'."],
    ],
    [
      "a weight beyond 100",
      "question,option1,option2,weight2\nWhy?,a,b,101\n",
      ["q, line 2, column 10: a weight goes from -100 to 100 per cent, and '101' does not."],
    ],
    [
      "words for a number",
      "question,type,option1\nWhy?,numeric,three\n",
      ["q, line 2, column 14: 'three' is no number."],
    ],
    [
      "no number",
      "question,type\nWhy?,numeric\n",
      ["q, line 2, column 1: a numeric question needs a number."],
    ],
    ["no answer", "question,type\nWhy?,short\n", ["q, line 2, column 1: a short answer needs an answer."]],
    [
      "a prompt without a match",
      "question,type,option1,match1\nWhy?,match,a,\n",
      ["q, line 2, column 12: there is no match1 for it."],
    ],
    [
      "one match",
      "question,type,option1,match1\nWhy?,match,a,b\n",
      ["q, line 2, column 12: matching needs a pair and a second answer."],
    ],
    [
      "one item",
      "question,type,option1\nWhy?,order,a\n",
      ["q, line 2, column 12: ordering needs two items or more."],
    ],
    [
      "a grading that is none",
      "question,type,option1,option2,grading\nWhy?,order,a,b,x\n",
      ["q, line 2, column 16: the grading of an ordering is exact, position or next."],
    ],
    [
      "1,001 columns",
      `question${",".repeat(1_000)}\nWhy?\n`,
      ["q, line 1, column 1: 1001 columns are too many; 1000 are allowed."],
    ],
    [
      "a quote that is never closed",
      'question\n"Why?\n',
      ["q, line 2, column 1: this quote is never closed."],
    ],
  ] as const)
    test(what, () => {
      const told = parseCsvBank(source).errors.map((finding) => formatFinding("q", finding));
      expect(told).toEqual([...errors]);
    });

  test("a column that is not known is left out", () => {
    const { questions, warnings } = parseCsvBank("question,Level,option101\nWhy?,3,x\n");
    expect(questions).toHaveLength(1);
    expect(warnings.map((finding) => formatFinding("q", finding))).toEqual([
      "q, line 1, column 10: the column 'Level' is not known, and is left out.",
      "q, line 1, column 16: the column 'option101' is not known, and is left out.",
    ]);
  });
});

test("only columns that say something are written", () => {
  expect(
    formatCsvBank([
      {
        ...common,
        kind: "choice",
        text: "=1+1?",
        single: true,
        options: [option("2", 1), option("3", 0, "no")],
      },
    ]).text,
  ).toBe(
    "type,question,choose,option1,weight1,option2,weight2,feedback2\r\nchoice,'=1+1?,one,2,100,3,0,no\r\n",
  );
});
