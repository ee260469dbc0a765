import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { ExpectedError } from "../../lib/errors.ts";
import { maxAttackNames } from "./limits.ts";
import { parseLabels } from "./labels.ts";

const parse = (text: string) => {
  const { attack, attackNames } = parseLabels(text);
  return { attack: Array.from(attack), attackNames };
};

describe("labels", () => {
  test.each<[string, string, number[], string[]]>([
    [
      "three columns",
      "packet,label,attack\n1,0,normal\n2,1,scan\n3,1,flood\n4,1,scan\n",
      [0, 1, 2, 1],
      ["scan", "flood"],
    ],
    ["two columns", "packet,label\n1,1\n2,0", [1, 0], ["attack"]],
    ["others ignored, any order of columns", "attack,x,label,packet\nscan,?,1,1\n,,0,2", [1, 0], ["scan"]],
    ["any order of lines", "packet,label\n3,1\n1,0\n2,0", [0, 0, 1], ["attack"]],
    ["an attack without a name", "packet,label,attack\n1,1,\n2,1", [1, 1], ["attack"]],
    ["names of the header in capitals and blanks", "Packet, LABEL\r\n1, 0\r\n", [0], []],
    ["quotes", 'packet,label,attack\n1,1,"a, ""b"""\n"2","0",', [1, 0], ['a, "b"']],
    ["a byte order mark and empty lines", "\uFEFFpacket,label\n\n1,0\n\n", [0], []],
    ["no packet", "packet,label\n", [], []],
  ])("%s", (_, text, attack, attackNames) => {
    expect(parse(text)).toEqual({ attack, attackNames });
  });

  test("what was written is read", () => {
    const name = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((s) => s.trim() === s && !/[\r\n]/.test(s));
    fc.assert(
      fc.property(fc.array(fc.option(name, { nil: undefined })), (names) => {
        const lines = names.map((each, i) =>
          each === undefined ? `${i + 1},0,` : `${i + 1},1,"${each.replaceAll('"', '""')}"`,
        );
        const { attack, attackNames } = parseLabels(["packet,label,attack", ...lines].join("\n"));
        expect(Array.from(attack, (id) => (id === 0 ? undefined : attackNames[id - 1]))).toEqual(names);
      }),
    );
  });
});

describe("labels that do not fit are one sentence", () => {
  test.each([
    ["", "The labels are empty."],
    ["number,label\n1,0", 'The labels have no column named "packet" in their first line.'],
    ["packet,attack\n1,scan", 'The labels have no column named "label" in their first line.'],
    ["packet,label\n0,0", "Line 2 of the labels has no packet number from 1 on."],
    ["packet,label\n1,0\n\nx,0", "Line 4 of the labels has no packet number from 1 on."],
    ["packet,label\n1.5,0", "Line 2 of the labels has no packet number from 1 on."],
    ["packet,label\n1", "Line 2 of the labels has a label other than 0 and 1."],
    ["packet,label\n1,yes", "Line 2 of the labels has a label other than 0 and 1."],
    ["packet,label\n1,0\n1,0", "The labels have packet 1 twice."],
    ["packet,label\n1,0\n3,0", "The labels have packet 3, but only 2 packets."],
  ])("%j", (text, message) => {
    expect(() => parseLabels(text)).toThrow(new ExpectedError(message));
  });

  test("more attacks than can be told apart", () => {
    const lines = Array.from({ length: maxAttackNames + 1 }, (_, i) => `${i + 1},1,${i}`);
    expect(() => parseLabels(`packet,label,attack\n${lines.join("\n")}`)).toThrow(
      new ExpectedError("The labels name more than 65535 different attacks."),
    );
  });
});
