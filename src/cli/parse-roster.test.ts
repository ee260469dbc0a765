import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxRosterRows } from "./limits.ts";
import { parseRoster, type ParsedRoster } from "./parse-roster.ts";

const parse = (text: string | Uint8Array, mayHaveTeachers = false): ParsedRoster =>
  parseRoster(typeof text === "string" ? Buffer.from(text) : text, mayHaveTeachers);

const told = ({ errors }: ParsedRoster): string[] =>
  errors.map(({ place, sentence }) => `${place.line}:${place.column} ${sentence}`);

describe("a roster", () => {
  test("has what the columns of its first row say, in any order and case", () => {
    const text = "Group,NAME,role,password\r\nGroup 1, Mary Ann ,,\r\n,Smith,Teacher,correct horse\r\n";
    expect(parse(text, true)).toEqual({
      rows: [
        { name: "Mary Ann", password: undefined, role: "student", group: "Group 1" },
        { name: "Smith", password: "correct horse", role: "teacher", group: "" },
      ],
      errors: [],
      warnings: [],
    });
    expect(parse("name\nann\n\nbob").rows.map(({ name }) => name)).toEqual(["ann", "bob"]);
  });

  test("may be of a spreadsheet: with a byte order mark, semicolons, in Latin-1", () => {
    expect(parse('\uFEFFname;group\nJosé;"a;b"\n').rows).toMatchObject([{ name: "José", group: "a;b" }]);
    const latin = parse(Buffer.from("name\nJos\xe9\n", "latin1"));
    expect(latin.rows).toMatchObject([{ name: "José" }]);
    expect(latin.warnings[0]?.sentence).toContain("was read as Latin-1");
  });

  test("keeps names apart as the server does", () => {
    expect(told(parse("name\nAnn\nbob\nANN\nJose\u0301\nJosé\n"))).toEqual([
      "4:1 'ANN' stands in line 2 already.",
      "6:1 'José' stands in line 5 already.",
    ]);
  });
});

describe("what is wrong is told with its place, and makes nothing of all of it", () => {
  for (const [text, sentences] of [
    ["", ["1:1 the first row must name the columns", "1:1 there is nobody in it."]],
    ["name", ["1:1 there is nobody in it."]],
    ["ann\nbob", ["1:1 the first row must name the columns"]],
    ["name,name\nann,bob", ["1:6 there are two columns 'name'."]],
    ["name\n=cmd()\n", ["2:1 a username cannot begin with = + - @ . or a blank."]],
    ["name\n'+1\nok\n", ["2:1 a username cannot begin with"]],
    ["name,group\nann,=HYPERLINK(1)\n", ["2:5 a group cannot begin with"]],
    [`name,group\nann,${"x".repeat(65)}\n`, ["2:5 a group has at most 64"]],
    ['name,group\nann,"a\nb"\n', ["2:5 a group is one line"]],
    ["name\na:b\nserver\n", ["2:1 a username cannot hold any of", "3:1 the username 'server' is taken"]],
    ["name,password\nann,short\n", ["2:5 a password has 8 to 256 bytes."]],
    ["name,role\nann,boss\n", ["2:5 a role is student or teacher, and 'boss' is neither."]],
    ["name,role\nann,teacher\n", ["2:5 a roster makes teachers only with --allow-teachers."]],
    ["group,name\nG\n", ["2:1 a username cannot be empty."]],
    ['name\n"ann\n', ["2:1 this quote is never closed."]],
  ] as const)
    test(JSON.stringify(text.slice(0, 40)), () => {
      const parsed = parse(text);
      expect(parsed.rows).toEqual([]);
      const lines = told(parsed);
      expect(lines.length).toBe(sentences.length);
      for (const [index, sentence] of sentences.entries()) expect(lines[index]).toStartWith(sentence);
    });

  test("bytes that are no text, and too many rows", () => {
    expect(told(parse("name\na\0b\n"))[0]).toContain("there is a NUL");
    expect(told(parse(Buffer.from("\xff\xfen\0a\0", "latin1")))[0]).toContain("UTF-16");
    const many = `name\n${Array.from({ length: maxRosterRows + 1 }, (_, i) => `s${i}`).join("\n")}`;
    expect(told(parse(many))).toEqual([`${maxRosterRows + 2}:1 a roster has at most 10000 people.`]);
  });

  test("another column is passed over, and told", () => {
    const { rows, warnings } = parse("name,email\nann,a@b\n");
    expect([rows.length, warnings[0]?.sentence]).toEqual([1, "the column 'email' is passed over."]);
  });

  test("whatever it holds, rows come only where nothing is wrong", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { rows, errors } = parse(`name,role\n${text}`);
        return rows.length === 0 || errors.length === 0;
      }),
    );
  });
});
