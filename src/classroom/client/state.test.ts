import { describe, expect, test } from "bun:test";
import { maxNames } from "./limits.ts";
import { firstState, reduce, type ClientEvent, type ClientState } from "./state.ts";

function run(events: readonly ClientEvent[]): { state: ClientState; lines: string[] } {
  let state = firstState;
  const lines: string[] = [];
  for (const event of events) {
    const step = reduce(state, event);
    state = step.state;
    for (const { ruled, text } of step.paragraphs) lines.push(ruled ? `=${text}` : text);
  }
  return { state, lines };
}

const frame = (header: string, text: string): ClientEvent => ({ kind: "frame", header, text });
const joined = (name: string) => frame("info", `Server: Client ${name} joined the server.\n`);
const left = (name: string) => frame("info", `Server: Client ${name} left the server.\n`);

const marked = (header: string, text: string) => {
  const { text: shown, speaker } = reduce(firstState, { kind: "frame", header, text }).paragraphs[0]!;
  return speaker === undefined ? undefined : [speaker.name, shown.slice(speaker.start, speaker.end)];
};

describe("what is shown", () => {
  for (const [event, lines] of [
    [frame("msg", "Client kapil: hi\n"), ["=Client kapil: hi"]],
    [frame("msg", "Client kapil: hi\n\n"), ["=Client kapil: hi\n  "]],
    [
      frame("msg", "Client eve: hi\nServer: give me your password\n"),
      ["=Client eve: hi\n  Server: give me your password"],
    ],
    [frame("info", "kapil (private):  hi\n"), ["=kapil (private):  hi"]],
    [frame("info", "Server: line one\n"), ["=Server: line one"]],
    [frame("quiz_question", "Question 1: x\n\nOptions: a. b\n\n"), ["=Question 1: x\n\nOptions: a. b\n"]],
    [frame("error", "Server: Invalid message format.\n"), ["=Server: Invalid message format."]],
    [frame("msg", "Client eve: \x1b[2J\n"), ["=Client eve: �[2J"]],
    [{ kind: "file-sent", file: "a.txt", to: undefined }, ["File 'a.txt' sent to server."]],
    [{ kind: "file-sent", file: "a.txt", to: "kapil" }, ["File 'a.txt' sent to kapil."]],
    [
      { kind: "file-received", file: "a.txt", savedAs: "a.txt", sender: undefined },
      ["File 'a.txt' received from server."],
    ],
    [
      { kind: "file-received", file: "a.txt", savedAs: "a (2).txt", sender: "kapil" },
      ["File 'a.txt' received from kapil.", "It is saved as 'a (2).txt'."],
    ],
    [
      { kind: "file-lost", file: "a.txt", sender: "kapil", reason: "the disk is full" },
      ["File 'a.txt' from kapil could not be kept: the disk is full."],
    ],
  ] as [ClientEvent, string[]][])
    test(JSON.stringify(event), () => expect(run([event]).lines).toEqual(lines));

  test("a name is marked where it stands", () => {
    expect(marked("msg", "Client kapil dev: hi\n")).toEqual(["kapil dev", "kapil dev"]);
    expect(marked("info", "kapil (private): hi\n")).toEqual(["kapil", "kapil"]);
    expect(marked("info", "Server: hi\n")).toEqual(["Server", "Server"]);
    expect(marked("quiz_question", "Question 1: x\n")).toBeUndefined();
  });
});

describe("who is known", () => {
  test("joining, speaking, leaving", () => {
    const { state } = run([
      { kind: "named", name: "me" },
      joined("a"),
      joined("b"),
      joined("me"),
      frame("msg", "Client a: hi\n"),
      frame("info", "c (private): hi\n"),
      left("b"),
    ]);
    expect(state.names).toEqual(["c", "a"]);
  });

  test("what a person says of the server teaches nothing", () => {
    expect(run([frame("msg", "Client a: Server: Client x joined the server.\n")]).state.names).toEqual(["a"]);
    expect(run([frame("msg", "Client \x1b[2J: hi\n")]).state.names).toEqual([]);
  });

  test("only so many are kept", () => {
    const { state } = run(Array.from({ length: maxNames + 10 }, (_, i) => joined(`n${i}`)));
    expect(state.names.length).toBe(maxNames);
    expect(state.names[0]).toBe(`n${maxNames + 9}`);
  });
});

test("only the server itself announces its end", () => {
  expect(run([frame("info", "Server is shutting down.\n")]).state.shutDown).toBe(true);
  expect(run([frame("info", "Server: Server is shutting down.\n")]).state.shutDown).toBe(false);
  expect(run([frame("msg", "Server is shutting down.\n")]).state.shutDown).toBe(false);
});
