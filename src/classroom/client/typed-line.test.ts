import { describe, expect, test } from "bun:test";
import { hint, parseTypedLine, type TypedLine } from "./typed-line.ts";

const frame = (header: string, payload: string): TypedLine => ({ kind: "frame", header, payload });
const upload = (to: string | undefined, path: string): TypedLine => ({ kind: "upload", to, path });

describe("typed lines", () => {
  for (const [line, meaning] of [
    ["msg:hi", frame("msg", "hi")],
    ["msg: hi there ", frame("msg", " hi there ")],
    [" msg:hi", frame("msg", "hi")],
    ["msg:a:b:c", frame("msg", "a:b:c")],
    ["msg:", frame("msg", "")],
    ["to:kapil: hi", frame("to", "kapil: hi")],
    ["quiz_answer:a b c", frame("quiz_answer", "a b c")],
    ["cmd:disconnect", { kind: "leave" }],
    ["cmd: disconnect ", { kind: "leave" }],
    ["cmd:reboot", frame("cmd", "reboot")],
    ["mgs:hi", frame("mgs", "hi")],
    [":hi", frame("", "hi")],
    ["file_transfer:file_to_server:a.txt", upload(undefined, "a.txt")],
    ["file_transfer:file_to_server: docs/a b.txt ", upload(undefined, "docs/a b.txt")],
    ["file_transfer:file_to_server:C:\\x\\a.txt", upload(undefined, "C:\\x\\a.txt")],
    ["file_transfer:file_to:kapil:a.txt", upload("kapil", "a.txt")],
    ["file_transfer:file_to:kapil:a:b.txt", upload("kapil", "a:b.txt")],
    ["help", { kind: "help" }],
    [" help ", { kind: "help" }],
    ["", { kind: "nothing" }],
    ["   ", { kind: "nothing" }],
    ["hello", { kind: "told", sentence: hint }],
  ] as const)
    test(JSON.stringify(line), () => expect(parseTypedLine(line)).toEqual(meaning));

  for (const line of [
    "file_transfer:",
    "file_transfer:a.txt",
    "file_transfer:file_to_server:",
    "file_transfer:file_to_server: ",
    "file_transfer:file_to:kapil",
    "file_transfer:file_to:kapil:",
    "file_transfer:file_to::a.txt",
  ])
    test(`${JSON.stringify(line)} sends nothing`, () =>
      expect(parseTypedLine(line)).toEqual({
        kind: "told",
        sentence: "Type file_transfer:file_to_server:FILE or file_transfer:file_to:NAME:FILE.",
      }));

  test("the limits are the wire's, in bytes", () => {
    expect(parseTypedLine(`${"h".repeat(64)}:x`).kind).toBe("frame");
    expect(parseTypedLine(`${"é".repeat(33)}:x`)).toEqual({
      kind: "told",
      sentence: "The word before the colon has 66 bytes; 64 are allowed.",
    });
    expect(parseTypedLine(`msg:${"x".repeat(1 << 20)}`).kind).toBe("frame");
    expect(parseTypedLine(`msg:${"x".repeat((1 << 20) + 1)}`)).toEqual({
      kind: "told",
      sentence: "The message is longer than 1048576 bytes; send it as a file.",
    });
  });
});
