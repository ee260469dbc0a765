/** Every construct of Moodle's documentation of Aiken and of its importer. */
import { describe, expect, test } from "bun:test";
import { formatFinding } from "./bank.ts";
import { formatAiken } from "./format-aiken.ts";
import { letterOf, parseAiken } from "./parse-aiken.ts";
import { normaliseText } from "./source-text.ts";

/** Text, options, and the number of the right one. */
type Expected = [string, string[], number];

describe("questions", () => {
  for (const [what, source, expected] of [
    ["with full stops", "Which?\nA. One\nB. Two\nANSWER: B", [["Which?", ["One", "Two"], 1]]],
    ["with brackets", "Which?\nA) One\nB) Two\nANSWER: A", [["Which?", ["One", "Two"], 0]]],
    ["with both", "Which?\nA) One\nB. Two\nANSWER: A", [["Which?", ["One", "Two"], 0]]],
    [
      "two, with a blank line",
      "P?\nA. x\nB. y\nANSWER: A\n\nQ?\nA. z\nB. w\nANSWER: B\n",
      [
        ["P?", ["x", "y"], 0],
        ["Q?", ["z", "w"], 1],
      ],
    ],
    [
      "two, without a blank line",
      "P?\nA. x\nB. y\nANSWER: A\nQ?\nA. z\nB. w\nANSWER: B",
      [
        ["P?", ["x", "y"], 0],
        ["Q?", ["z", "w"], 1],
      ],
    ],
    ["blank lines inside", "P?\n\nA. x\n\nB. y\n\nANSWER: A", [["P?", ["x", "y"], 0]]],
    ["no blank after the letter", "P?\nA)x\nB.y\nANSWER: B", [["P?", ["x", "y"], 1]]],
    ["no blank after ANSWER:", "P?\nA. x\nB. y\nANSWER:B", [["P?", ["x", "y"], 1]]],
    ["blanks around", "  P?  \n\tA.\tx \n B)  y\n ANSWER:  B ", [["P?", ["x", "y"], 1]]],
    [
      "six options",
      "P?\nA. a\nB. b\nC. c\nD. d\nE. e\nF. f\nANSWER: F",
      [["P?", ["a", "b", "c", "d", "e", "f"], 5]],
    ],
    ["small letters are text", "a. What?\nA. x\nB. y\nANSWER: A", [["a. What?", ["x", "y"], 0]]],
    ["tags are text", "Is <b> bold?\nA. &amp;\nB. <i>\nANSWER: A", [["Is <b> bold?", ["&amp;", "<i>"], 0]]],
    ["lines of one character are skipped", "P?\nA. x\n-\nB. y\nANSWER: A", [["P?", ["x", "y"], 0]]],
    ["only the first letter of the answer counts", "P?\nA. x\nB. y\nANSWER: B. y", [["P?", ["x", "y"], 1]]],
    ["line ends of Windows", "P?\r\nA. x\r\nB. y\r\nANSWER: A\r\n", [["P?", ["x", "y"], 0]]],
    ["line ends of old Macs", "P?\rA. x\rB. y\rANSWER: A", [["P?", ["x", "y"], 0]]],
  ] as [string, string, Expected[]][])
    test(what, () => {
      const { questions, errors } = parseAiken(normaliseText(source));
      expect(errors).toEqual([]);
      expect([...questions]).toEqual(
        expected.map(([text, options, right]) => ({
          kind: "choice",
          title: "",
          category: "",
          text,
          feedback: "",
          id: "",
          tags: [],
          single: true,
          options: options.map((option, index) => ({
            text: option,
            weight: index === right ? 1 : 0,
            feedback: "",
          })),
        })),
      );
    });
});

describe("what is wrong is told with its place", () => {
  for (const [what, source, errors] of [
    ["nothing", "\n\n", ["q, line 1, column 1: there is no question."]],
    [
      "one option",
      "P?\nA) x\nANSWER: A",
      ["q, line 3, column 1: the question of line 1 needs two options or more."],
    ],
    ["an option first", "\n A) x\n", ["q, line 2, column 2: an option stands before any question."]],
    ["an answer first", "ANSWER: A", ["q, line 1, column 1: an answer stands before any question."]],
    [
      "no answer line",
      "P?\nA. x\nB. y\n\nQ?\nA. x\nB. y\nANSWER: A",
      ["q, line 1, column 1: this question has no line 'ANSWER: …'."],
    ],
    [
      "no answer line at the end",
      "P?\nA. x\nB. y",
      ["q, line 1, column 1: this question has no line 'ANSWER: …'."],
    ],
    [
      "a question of two lines",
      "P\nand more?\nQ?\nA. x\nB. y\nANSWER: A",
      ["q, line 2, column 1: this question has no line 'ANSWER: …' (a question is one line)."],
    ],
    [
      "an answer that is no option",
      "P?\nA. x\nB. y\nANSWER: C",
      ["q, line 4, column 1: the answer must be a letter from A to B, and not 'C'."],
    ],
    [
      "an answer in a small letter",
      "P?\nA. x\nB. y\nANSWER: a",
      ["q, line 4, column 1: the answer must be a letter from A to B, and not 'a'."],
    ],
    [
      "no letter",
      "P?\nA. x\nB. y\nANSWER:",
      ["q, line 4, column 1: the answer must be a letter from A to B, and not ''."],
    ],
    [
      "letters out of order",
      "P?\nA. x\nC. y\nANSWER: A",
      ["q, line 3, column 1: the option B should stand here, and not C."],
    ],
    ["an option without text", "P?\nA.\nB. y\nANSWER: B", ["q, line 2, column 1: the option A has no text."]],
  ] as const)
    test(what, () => {
      const told = parseAiken(source).errors.map((finding) => formatFinding("q", finding));
      expect(told).toEqual([...errors]);
    });

  test("the 27th option", () => {
    const letters = Array.from({ length: 26 }, (_, index) => `${letterOf(index)}. x\n`).join("");
    expect(parseAiken(`Q?\n${letters}A. x\nANSWER: A`).errors.map(({ sentence }) => sentence)).toEqual([
      "there are more than 26 options.",
    ]);
  });
});

test("letters end at Z", () => {
  expect([letterOf(0), letterOf(25), letterOf(26)]).toEqual(["A", "Z", undefined]);
});

test("what Aiken cannot hold is told, once a kind of loss", () => {
  const common = { title: "", category: "", text: "Why?", feedback: "", id: "", tags: [] };
  const options = [
    { text: "x\ny", weight: 1, feedback: "good" },
    { text: "z", weight: 0.5, feedback: "" },
  ];
  const { text, written, losses } = formatAiken([
    { ...common, kind: "essay" },
    { ...common, kind: "essay" },
    { ...common, kind: "choice", single: true, options, title: "T" },
    { ...common, kind: "true-false", answer: false, feedbackTrue: "", feedbackFalse: "" },
  ]);
  expect(text).toBe("Why?\nA) x y\nB) z\nANSWER: A\n\nWhy?\nA) True\nB) False\nANSWER: B\n");
  expect(written).toBe(2);
  expect(losses).toEqual([
    "question 1 and 1 more: Aiken has no place for an essay, which is left out.",
    "question 3: its title, category, id and tags are left out.",
    "question 3: its feedback is left out.",
    "question 3: only one option stays right, and weights are left out.",
    "question 3: line breaks become blanks.",
    "question 4: true or false becomes a choice between True and False.",
  ]);
});
