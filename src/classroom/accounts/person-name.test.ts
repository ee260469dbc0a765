import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { checkName, maxNameCharacters, nameKey } from "./person-name.ts";

describe("names that may be", () => {
  for (const [what, name] of [
    ["one character", "x"],
    ["32 characters", "x".repeat(32)],
    ["32 characters of four bytes", "🎓".repeat(32)],
    ["blanks inside", "Ann Lee"],
    ["a blank behind", "Ann "],
    ["what must not begin a name, further on", "a=b+c-d@e.f"],
    ["digits alone", "007"],
    ["any script", "José"],
    ["Devanagari with a joiner", "क्\u200dष"],
    ["an emoji of several characters", "👩\u200d🔬"],
    ["a word that holds a taken one", "serverless"],
    ["a dollar and other marks", "$ann!#%&()*;<>?[]^_`{|}~"],
  ] as const)
    test(what, () => expect(checkName(name)).toEqual({ ok: true, name: name.normalize("NFC") }));

  test("are kept in NFC, and counted so", () => {
    expect(checkName("Jose\u0301")).toEqual({ ok: true, name: "José" });
    expect(checkName("e\u0301".repeat(32))).toEqual({ ok: true, name: "é".repeat(32) });
  });
});

describe("names that may not be", () => {
  const marks = "A username cannot hold any of : , \" ' / \\";
  const control = "A username cannot hold control characters.";
  const begins = "A username cannot begin with = + - @ . or a blank.";
  for (const [what, name, reason] of [
    ["nothing", "", "A username cannot be empty."],
    ["33 characters", "x".repeat(33), "A username has at most 32 characters."],
    ["a colon", "a:b", marks],
    ["a comma", "a,b", marks],
    ["a quote", 'a"b', marks],
    ["an apostrophe", "a'b", marks],
    ["a slash", "a/b", marks],
    ["a backslash", "a\\b", marks],
    ["a formula", "=1", begins],
    ["a plus", "+1", begins],
    ["a minus", "-1", begins],
    ["an at sign", "@a", begins],
    ["a dot", ".a", begins],
    ["a parent folder", "..", begins],
    ["a blank in front", " a", begins],
    ["a no-break space in front", "\u00a0a", begins],
    ["a line feed", "a\nb", control],
    ["a carriage return behind", "a\r", control],
    ["NUL", "a\0b", control],
    ["a tab", "a\tb", control],
    ["an escape", "a\x1b[2J", control],
    ["an eight-bit control", "a\u009bb", control],
    ["a line separator", "a\u2028b", control],
    ["writing turned round", "a\u202eb", control],
    ["a blank of no width", "ann\u200b", control],
    ["nothing to see", "\u3164", control],
    ["half of a character", "a\ud800", "A username must be readable text (UTF-8)."],
    ["a sign for what was no UTF-8", "a\ufffd", "A username must be readable text (UTF-8)."],
    ["the server's name", "server", "The username 'server' is taken by the server."],
    ["it in other letters", "SERVER", "The username 'SERVER' is taken by the server."],
    ["everybody's name", "All", "The username 'All' is taken by the server."],
    ["the scores' folder", "all_quiz_scores", "The username 'all_quiz_scores' is taken by the server."],
  ] as const)
    test(what, () => expect(checkName(name)).toEqual({ ok: false, reason }));

  test("a room's, in its own word", () => {
    expect(checkName("", "room's name")).toEqual({ ok: false, reason: "A room's name cannot be empty." });
    const reason = "The room's name 'server' is taken by the server.";
    expect(checkName("server", "room's name")).toEqual({ ok: false, reason });
  });
});

describe("one name or two", () => {
  for (const [one, other] of [
    ["Ann", "aNN"],
    ["José", "jose\u0301".toUpperCase()],
    ["STRASSE", "straße"],
    ["ΣΊΣΥΦΟΣ", "σίσυφος"],
  ] as const)
    test(`${one} is ${other}`, () => expect(nameKey(one)).toBe(nameKey(other)));

  test("Ann is not Anne, nor jose José", () => {
    expect(nameKey("Ann")).not.toBe(nameKey("Anne"));
    expect(nameKey("jose")).not.toBe(nameKey("josé"));
  });

  test("the key of a key is that key, whatever the case it came in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const key = nameKey(text);
        expect(nameKey(key)).toBe(key);
        expect(nameKey(text.normalize("NFD"))).toBe(key);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("whatever is accepted is one safe word of a sentence, a CSV row and a path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) => {
      const check = checkName(typed);
      if (!check.ok) return;
      const { name } = check;
      expect([...name].length).toBeLessThanOrEqual(maxNameCharacters);
      expect(name).toBe(name.trimStart());
      expect(name).not.toMatch(/^[=+\-@.]|[:,"'/\\\p{Cc}]/u);
      expect(checkName(name)).toEqual(check);
      expect(new TextDecoder().decode(new TextEncoder().encode(name))).toBe(name);
    }),
    { numRuns: 2_000 },
  );
});

test("a blank behind a name makes no other name of it", () => {
  expect(nameKey("Ann ")).toBe(nameKey("ann"));
  expect(nameKey("Ann Lee")).not.toBe(nameKey("AnnLee"));
});

describe("names that would pass for another", () => {
  for (const [what, name, other] of [
    ["a no-break space inside", "ann\u00a0lee", "Ann Lee"],
    ["a wide blank inside", "ann\u3000lee", "Ann Lee"],
    ["two blanks inside", "ann  lee", "Ann Lee"],
    ["a Cyrillic letter in a Latin word", "\u0410nn", "Ann"],
    ["a Greek letter in a Latin word", "b\u03bfb", "Bob"],
    ["a Greek letter in a Cyrillic word", "\u0430\u03bf", "ao"],
  ] as const)
    test(`may be, and are the same name: ${what}`, () => {
      expect(checkName(name)).toEqual({ ok: true, name });
      expect(nameKey(name)).toBe(nameKey(other));
    });

  const control = "A username cannot hold control characters.";
  for (const [what, name, reason] of [
    ["a joiner between Latin letters", "an\u200dn", control],
    ["a joiner behind a Latin letter with a mark", "n\u0303\u0301\u200dn", control],
    ["a joiner at the front", "\u200cann", control],
    ["a variant of a letter", "ann\u{E0100}", control],
    ["a Mongolian variant", "ann\u180b", control],
    ["a blank of Braille", "ann\u2800", control],
    [
      "the server with a Cyrillic letter",
      "s\u0435rver",
      "The username 's\u0435rver' is taken by the server.",
    ],
    ["the server in wide letters", "\uff33erver", "The username '\uff33erver' is taken by the server."],
  ] as const)
    test(what, () => expect(checkName(name)).toEqual({ ok: false, reason }));

  for (const [what, name] of [
    ["words of different alphabets", "Иван Ivan"],
    ["Greek alone", "Μαρία"],
    ["Japanese with Latin letters", "田中Taro"],
    ["Persian with a joiner", "می\u200cرم"],
    ["a family of emoji", "👩🏽\u200d🔬"],
  ] as const)
    test(`not so: ${what}`, () => expect(checkName(name)).toEqual({ ok: true, name: name.normalize("NFC") }));

  test("an emoji drawn in another way is the same name", () => {
    expect(checkName("❤\uFE0F")).toEqual({ ok: true, name: "❤" });
    expect(nameKey("❤\uFE0F")).toBe(nameKey("❤\uFE0E"));
    expect(checkName("ann1\uFE0F")).toEqual({ ok: true, name: "ann1" });
  });
});

describe("what is far too long for a name", () => {
  const marks = `a${"\u0301\u0316".repeat(250_000)}`;

  test("is refused, and is nobody's name, in no time", () => {
    const beganMs = performance.now();
    expect(checkName(marks)).toEqual({ ok: false, reason: "A username has at most 32 characters." });
    expect(nameKey(marks)).toBe("");
    expect(nameKey(`ann${" ".repeat(2_000)}`)).toBe("");
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });

  test("but a name of 32 characters in pieces is one", () => {
    const pieces = "ṩ".repeat(32).normalize("NFD");
    expect(nameKey(pieces)).toBe(nameKey("ṩ".repeat(32)));
  });
});
