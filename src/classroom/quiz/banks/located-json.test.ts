import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { JsonFault, parseLocatedJson, type LocatedJson } from "./located-json.ts";

/** Without the places. */
function valueOf(json: LocatedJson): unknown {
  switch (json.kind) {
    case "object":
      return Object.fromEntries(Array.from(json.members, ([name, member]) => [name, valueOf(member)]));
    case "array":
      return json.items.map(valueOf);
    case "null":
      return null;
    default:
      return json.value;
  }
}

test("values are those of JSON.parse", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      fc.pre(!text.includes("__proto__"));
      expect(valueOf(parseLocatedJson(JSON.stringify(value, null, indent)))).toEqual(value);
    }),
    { numRuns: 1_000 },
  );
});

test("text that JSON.parse refuses is refused", () => {
  const text = fc.array(fc.constantFrom(...'{}[],:"\\tfn01.-e \n', "true", "null", '"a"'), { maxLength: 12 });
  fc.assert(
    fc.property(text, (pieces) => {
      const source = pieces.join("");
      let value: unknown;
      try {
        value = JSON.parse(source);
      } catch {
        expect(() => parseLocatedJson(source)).toThrow(JsonFault);
        return;
      }
      // A name that is there twice is refused here.
      try {
        expect(valueOf(parseLocatedJson(source))).toEqual(value);
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error;
        expect(error.message).toEndWith("is there twice.");
      }
    }),
    { numRuns: 5_000 },
  );
}, 60_000);

describe("what is wrong is told with where it is", () => {
  for (const [text, at, sentence] of [
    ["", 0, "a value must stand here."],
    ["{a:1}", 1, "a name in quotes must stand here."],
    ['{"a" 1}', 5, "a ':' must follow a name."],
    ['{"a":1 "b":2}', 7, "a ',' or '}' must stand here."],
    ["[1 2]", 3, "a ',' or ']' must stand here."],
    ["[1,]", 3, "a value must stand here."],
    ['["a', 1, "this text has no closing quote in its line."],
    ['["a\nb"]', 3, "this text has no closing quote in its line."],
    ['"\\x"', 1, "there is no such escape."],
    ['"\\u12g4"', 1, "there is no such escape."],
    ["1 2", 2, "something follows the end of the JSON."],
    ['{"a":1,"a":2}', 7, "'a' is there twice."],
    ["nul", 0, "a value must stand here."],
    ["[".repeat(40), 33, "this is nested more than 32 deep."],
  ] as const)
    test(text, () => {
      let fault: unknown;
      try {
        parseLocatedJson(text);
      } catch (error) {
        fault = error;
      }
      expect(fault).toBeInstanceOf(JsonFault);
      expect([(fault as JsonFault).at, (fault as JsonFault).message]).toEqual([at, sentence]);
    });
});
