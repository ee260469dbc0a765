import { describe, expect, test } from "bun:test";
import type { ArgsDef } from "citty";
import { UsageError } from "../lib/errors.ts";
import { checkWords, oneOf, portOf } from "./command.ts";

/** The sentence of a usage error, or undefined where there was none. */
function complaintOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

describe("the words of a command", () => {
  const definition: ArgsDef = {
    host: { type: "positional", required: false },
    port: { type: "string" },
    json: { type: "boolean" },
    web: { type: "string" },
  };
  for (const [words, complaint] of [
    [[], undefined],
    [["localhost"], undefined],
    [["-"], undefined],
    [["a", "b"], "'b' is one word too many."],
    [["--", "a"], undefined],
    [["--", "a", "-b"], "there are too many words."],
    [["--port", "1"], undefined],
    [["--port=1"], undefined],
    [["--port", "-"], undefined],
    [["--port"], "--port needs a value."],
    [["--port="], "--port needs a value."],
    [["--port", "--json"], "--port needs a value."],
    [["--port", "1", "a", "--json"], undefined],
    [["--json=yes"], "--json takes no value."],
    [["--no-web"], undefined],
    [["--no-web=1"], "--no-web takes no value."],
    [["--no-json"], "there is no option --no-json."],
    [["--nope"], "there is no option --nope."],
    [["--nope=1"], "there is no option --nope."],
    [["-p", "1"], "there is no option -p."],
    [["--host", "x"], "there is no option --host."],
    [["--constructor"], "there is no option --constructor."],
  ] as const)
    test(words.join(" ") || "none", () =>
      expect(complaintOf(() => checkWords([...words], definition, ["web"]))).toBe(complaint),
    );
});

test("a command that takes many words takes them all, and still knows its options", () => {
  const definition: ArgsDef = { from: { type: "string" } };
  const words = ["a", "b", "c", "--from", "x", "--", "-d"];
  expect(complaintOf(() => checkWords(words, definition, [], true))).toBeUndefined();
  expect(complaintOf(() => checkWords(["a", "--nope"], definition, [], true))).toBe(
    "there is no option --nope.",
  );
});

describe("a port", () => {
  for (const [text, port] of [
    ["0", 0],
    ["10000", 10_000],
    ["65535", 65_535],
    ["00080", 80],
  ] as const)
    test(text, () => expect(portOf(text, "--port")).toBe(port));

  for (const text of ["", "65536", "-1", "1.5", "1e3", "0x50", " 80", "80 ", "x", "123456", "٣"])
    test(`${JSON.stringify(text)} is none`, () =>
      expect(complaintOf(() => portOf(text, "--port"))).toBe(
        `--port must be a port from 0 to 65535, and '${text}' is none.`,
      ));
});

test("one of a closed list", () => {
  expect(oneOf("off", ["default", "off"], "--limits")).toBe("off");
  for (const text of ["", "OFF", "of", "constructor"])
    expect(complaintOf(() => oneOf(text, ["default", "off"], "--limits"))).toBe(
      `--limits must be default or off, and '${text}' is neither.`,
    );
});
