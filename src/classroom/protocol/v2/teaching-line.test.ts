import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeControl } from "./control.ts";
import { parseTeachingLine, teachingCommands } from "./teaching-line.ts";

const wish = (content: object) => ({ kind: "wish", wish: content });

test("each line means what it says", () => {
  const rows: [string, unknown][] = [
    ["/kick bob", wish({ do: "kick", name: "bob" })],
    ["/KICK bob too loud, please.", wish({ do: "kick", name: "bob", text: "too loud, please." })],
    ['/kick "Mary Ann" again', wish({ do: "kick", name: "Mary Ann", text: "again" })],
    ["/ban bob", wish({ do: "ban", name: "bob" })],
    ["/ban bob 10", wish({ do: "ban", name: "bob", minutes: 10 })],
    ["/ban bob 2h spam", wish({ do: "ban", name: "bob", minutes: 120, text: "spam" })],
    ["/ban bob 3d", wish({ do: "ban", name: "bob", minutes: 4_320 })],
    ["/ban bob 10x", wish({ do: "ban", name: "bob", text: "10x" })],
    ["/unban bob", wish({ do: "unban", name: "bob" })],
    ["/mute <b>bob</b>", wish({ do: "mute", name: "<b>bob</b>" })],
    ["/unmute bob", wish({ do: "unmute", name: "bob" })],
    ["/exam on", wish({ do: "exam", on: true })],
    ["/exam off", wish({ do: "exam", on: false })],
    ["/people", { kind: "people" }],
    ["/hands", { kind: "hands" }],
    ["/lower bob", { kind: "lower", name: "bob" }],
  ];
  for (const [line, expected] of rows)
    expect([line, parseTeachingLine(line)]).toEqual([line, expected as never]);
});

test("a wrong shape is explained; other words are not meant", () => {
  const wrong = ["/kick", '/kick ""', "/mute Mary Ann", "/exam", "/exam maybe", "/ban bob 0", "/people x"];
  for (const line of [...wrong, "/ban bob 9999999d", `/kick ${"x".repeat(65)}`])
    expect([line, parseTeachingLine(line)?.kind]).toEqual([line, "wrong"]);
  expect(parseTeachingLine("/mute Mary Ann")).toEqual({
    kind: "wrong",
    explanation:
      "'/mute Mary Ann' has not the shape /mute NAME (a name with blanks in quotes); nothing was done.",
  });
  for (const line of ["/quiz x", "/etc/passwd", "kick bob", "/", "/kickbob x", ""])
    expect(parseTeachingLine(line)).toBeUndefined();
});

test("whatever is typed, a wish fits into its frame", () => {
  const begin = fc.constantFrom(...teachingCommands);
  fc.assert(
    fc.property(begin, fc.string({ unit: "binary", maxLength: 300 }), (command, rest) => {
      const line = parseTeachingLine(command + rest);
      if (line?.kind === "wish") encodeControl("moderate", { ask: 1, ...line.wish });
    }),
  );
});
