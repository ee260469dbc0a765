/** `pcs quiz` over real files, from its words to what is on disk. */
import { afterAll, afterEach, describe, expect, spyOn, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseGift } from "../classroom/quiz/banks/parse-gift.ts";
import { formatResultsJson } from "../classroom/quiz/analysis/quiz-results.ts";
import { quiz } from "./quiz.ts";
import { quizCheck } from "./quiz-check.ts";
import { quizConvert } from "./quiz-convert.ts";
import { quizReport } from "./quiz-report.ts";
import { runCommandLine } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-quiz-"));
afterAll(() => rmSync(folder, { recursive: true }));
const spies: { mockRestore(): void }[] = [];
afterEach(() => {
  for (const spy of spies.splice(0)) spy.mockRestore();
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Paths are shown without the folder. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const outcome = { code: -1, out: "", err: "" };
  for (const [stream, key] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const)
    spies.push(
      spyOn(stream, "write").mockImplementation((text) => {
        outcome[key] += String(text).replaceAll(`${folder}/`, "");
        return true;
      }),
    );
  outcome.code = await runCommandLine(["quiz", ...argv]);
  for (const spy of spies.splice(0)) spy.mockRestore();
  return outcome;
}

describe("words", () => {
  for (const [argv, sentence, usage] of [
    [[], "say which of them: check, convert, report.", quiz.usage],
    [["nope"], "pcs quiz has no 'nope'.", quiz.usage],
    [["constructor"], "pcs quiz has no 'constructor'.", quiz.usage],
    [["--nope"], "pcs quiz has no '--nope'.", quiz.usage],
    [["check"], "say which files to check.", quizCheck.usage],
    [
      ["check", "a", "--from", "x"],
      "--from must be gift or aiken or csv or json, and 'x' is neither.",
      quizCheck.usage,
    ],
    [["check", "a", "b", "--answers", "c"], "--answers belongs to one file of questions.", quizCheck.usage],
    [["convert", "a"], "say which file to convert, and into which.", quizConvert.usage],
    [["convert", "a", "b.txt"], "b.txt does not say which format it is to be; --to does.", quizConvert.usage],
    [["convert", "a", "b", "c"], "'c' is one word too many.", quizConvert.usage],
    [["report"], "say which file holds the results.", quizReport.usage],
  ] as const)
    test(argv.join(" ") || "none", async () =>
      expect(await run(...argv)).toEqual({ code: 2, out: "", err: `pcs: ${sentence}\n\n${usage}` }),
    );

  test("help of each, whichever way it is asked for", async () => {
    for (const [name, { usage }] of [
      ["check", quizCheck],
      ["convert", quizConvert],
      ["report", quizReport],
    ] as const) {
      expect(await run(name, "--help")).toEqual({ code: 0, out: usage, err: "" });
      expect(quiz.usage).toContain(`pcs quiz ${name} `);
      for (const line of usage.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
    }
  });
});

describe("check", () => {
  test("files that are well", async () => {
    const gift = file("a.gift", "Q{=a ~b}\n\nR{T}\n\nS{#3}\n");
    const aiken = file("b.txt", "Q?\nA. x\nB. y\nANSWER: A\n");
    expect(await run("check", gift, aiken)).toEqual({
      code: 0,
      out:
        "a.gift: 3 questions (1 choice, 1 true-false, 1 numeric) as gift, 0 errors, 0 warnings.\n" +
        "b.txt: 1 question (1 choice) as aiken, 0 errors, 0 warnings.\n",
      err: "",
    });
  });

  test("errors, warnings, and Latin-1", async () => {
    const path = file("c.gift", Buffer.from("Caf\xe9?{=a ~b\n\nR{~a ~b}\n", "latin1"));
    expect(await run("check", path)).toEqual({
      code: 1,
      out:
        "c.gift, line 1, column 6: this '{' has no '}'.\n" +
        "warning: c.gift: this is no UTF-8, and was read as Latin-1 (Windows-1252); look at its accents.\n" +
        "warning: c.gift, line 3, column 1: no option is right; it can only be a survey.\n" +
        "c.gift: 1 question (1 choice) as gift, 1 error, 2 warnings.\n",
      err: "",
    });
  });

  test("NUL, and a file that is not there", async () => {
    expect((await run("check", file("d.gift", "Q{T}\0"))).out).toBe(
      "d.gift, line 1, column 5: there is a NUL, so this is no text.\nd.gift: 0 questions as gift, 1 error, 0 warnings.\n",
    );
    expect(await run("check", join(folder, "none.gift"))).toEqual({
      code: 1,
      out: "",
      err: "pcs: cannot read none.gift: there is no such file or folder.\n",
    });
  });

  test("what is in a file reaches no terminal as an escape", async () => {
    const { out } = await run("check", file("e.gift", "Q{=\x1b[31mx ~\x1b[31mx}"));
    expect(out).toContain("the option '�[31mx' is there twice.");
    expect(out).not.toContain("\x1b");
  });

  test("the two files of the first pcs", async () => {
    const [questions, answers] = [file("q.txt", "One?\na. x b. y\nTwo?\n"), file("a.txt", "b paris")];
    expect((await run("check", questions, "--answers", answers)).out).toBe(
      "q.txt: 2 questions (1 choice, 1 short) as seed, 0 errors, 0 warnings.\n",
    );
    expect((await run("check", questions, "--answers", file("few.txt", "b"))).out).toStartWith(
      "few.txt, line 1: 1 answer for 2 questions; the question at line 3 of q.txt has none.\n",
    );
  });
});

describe("convert", () => {
  test("from format to format, with losses told, and back", async () => {
    const gift = file("f.gift", "$CATEGORY: x\n\n::T::Why?{=a#yes ~b}\n\nReally?{T}\n\nS{#3}\n");
    const [json, csv, again, aiken] = ["f.json", "f.csv", "f2.gift", "f.aiken"].map((name) =>
      join(folder, name),
    );
    expect(await run("convert", gift, json!)).toEqual({
      code: 0,
      out: "",
      err: "3 questions of 3 written as json.\n",
    });
    expect((await run("convert", json!, csv!)).code).toBe(0);
    expect((await run("convert", csv!, again!)).code).toBe(0);
    expect(parseGift(readFileSync(again!, "utf8")).questions).toEqual(
      parseGift(readFileSync(gift, "utf8")).questions,
    );
    expect((await run("convert", gift, aiken!)).err).toBe(
      "lost: question 1 and 1 more: its title, category, id and tags are left out.\n" +
        "lost: question 1: its feedback is left out.\n" +
        "lost: question 2: true or false becomes a choice between True and False.\n" +
        "lost: question 3: Aiken has no place for a number, which is left out.\n" +
        "2 questions of 3 written as aiken.\n",
    );
    expect(readFileSync(aiken!, "utf8")).toBe(
      "Why?\nA) a\nB) b\nANSWER: A\n\nReally?\nA) True\nB) False\nANSWER: A\n",
    );
  });

  test("the two files of the first pcs, to standard output", async () => {
    const [questions, answers] = [file("q.txt", "One?\na. x b. y\n"), file("a.txt", "b")];
    const { out, code } = await run("convert", questions, "-", "--to", "gift", "--answers", answers);
    expect([code, out]).toEqual([0, "One?{\n\t~x\n\t=y\n}\n\n"]);
  });

  test("nothing is written over, unless it is asked for, and no draft is left", async () => {
    const [gift, there] = [file("g.gift", "Q{T}"), file("there.json", "mine")];
    expect(await run("convert", gift, there)).toEqual({
      code: 1,
      out: "",
      err: "pcs: there.json is there already; --force writes over it.\n",
    });
    expect(readFileSync(there, "utf8")).toBe("mine");
    expect((await run("convert", gift, there, "--force")).code).toBe(0);
    expect(readFileSync(there, "utf8")).toContain("pcs-questions");
    expect((await run("convert", gift, join(folder, "no", "x.json"))).err).toBe(
      "pcs: cannot write no/x.json: there is no such file or folder.\n",
    );
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("what has errors, or cannot be held at all, is not written", async () => {
    const target = join(folder, "never.aiken");
    expect((await run("convert", file("h.gift", "Q{"), target)).err).toBe(
      "h.gift, line 1, column 2: this '{' has no '}'.\npcs: nothing was written.\n",
    );
    expect((await run("convert", file("i.gift", "Q{}"), target)).err).toEndWith(
      "pcs: aiken can hold none of these questions; nothing was written.\n",
    );
    expect(existsSync(target)).toBe(false);
  });
});

describe("report", () => {
  const { questions } = parseGift("Q{=a ~b}\n\nR{T}");
  const path = file(
    "r.json",
    formatResultsJson({
      title: "Waves",
      isSurvey: false,
      questions,
      students: [
        { name: "ann", team: "" },
        { name: "bob", team: "" },
      ],
      answers: [
        {
          student: 0,
          question: 0,
          round: 1,
          given: { kind: "choice", options: [0] },
          elapsedMs: 900,
          points: 1,
        },
      ],
    }),
  );

  test("as tables, as a page, as CSV and as JSON", async () => {
    const [html, csv] = [join(folder, "r.html"), join(folder, "r.csv")];
    const { code, out, err } = await run("report", path, "--html", html, "--csv", csv);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toStartWith("Waves\n\nstudents ");
    expect(readFileSync(html, "utf8")).toStartWith("<!doctype html>");
    expect(readFileSync(csv, "utf8").split("\r\n")).toHaveLength(6);
    const json: unknown = JSON.parse((await run("report", path, "--json")).out);
    expect(json).toMatchObject({
      quiz: { students: 2, mean: 0.5 },
      items: [{ statistics: { facility: 0.5 } }, { statistics: { facility: 0 } }],
    });
    expect((await run("report", path, "--html", html)).err).toBe(
      "pcs: r.html is there already; --force writes over it.\n",
    );
  });

  test("no results", async () => {
    expect(await run("report", file("s.json", '{"a":1}'))).toEqual({
      code: 1,
      out: "",
      err: 'pcs: s.json, line 1, column 1: this is no "pcs-results" of pcs.\n',
    });
    expect((await run("report", join(folder, "none.json"))).err).toBe(
      "pcs: cannot read none.json: there is no such file or folder.\n",
    );
  });
});
