import { expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { PlainTerminal } from "./plain-terminal.ts";

function make(): { terminal: PlainTerminal; input: PassThrough; printed: () => string } {
  const input = new PassThrough();
  const output = new PassThrough();
  const terminal = new PlainTerminal({ input, output, interrupt() {} });
  let printed = "";
  output.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return { terminal, input, printed: () => printed };
}

test("questions are lines of their own, and answers are not repeated", async () => {
  const { terminal, input, printed } = make();
  input.write("kapil\nsecret\n");
  expect(await terminal.ask("Enter a username: ")).toEqual({ kind: "line", text: "kapil" });
  expect(await terminal.ask("Enter a password: ", true)).toEqual({ kind: "line", text: "secret" });
  terminal.print("Client a: hi");
  await terminal.close();
  expect(printed()).toBe("Enter a username: \nEnter a password: \nClient a: hi\n");
});

test("lines typed ahead are kept, then the end is told again and again", async () => {
  const { terminal, input } = make();
  input.end("a\nb");
  expect(await terminal.read()).toEqual({ kind: "line", text: "a" });
  expect(await terminal.read()).toEqual({ kind: "line", text: "b" });
  expect(await terminal.read()).toEqual({ kind: "end" });
  expect(await terminal.read()).toEqual({ kind: "end" });
});

test("a question that is cancelled loses no line", async () => {
  const { terminal, input } = make();
  const asked = terminal.ask("? ");
  terminal.cancel();
  expect(await asked).toEqual({ kind: "cancelled" });
  input.write("a\n");
  expect(await terminal.read()).toEqual({ kind: "line", text: "a" });
});

test("no more is read than is taken", async () => {
  const { terminal, input } = make();
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i}`);
  for (const line of lines) input.write(`${line}\n`);
  await Bun.sleep(5);
  expect(input.isPaused()).toBe(true);
  for (const line of lines) expect(await terminal.read()).toEqual({ kind: "line", text: line });
});

test("a keyboard whose output is a pipe is not echoed for a password", async () => {
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    raw: [] as boolean[],
    setRawMode(on: boolean) {
      input.raw.push(on);
      return input;
    },
  });
  let interrupts = 0;
  const terminal = new PlainTerminal({
    input,
    output: new PassThrough(),
    interrupt: () => void interrupts++,
  });
  const asked = terminal.ask("Enter your password: ", true);
  input.write("\x03secret\r");
  expect(await asked).toEqual({ kind: "line", text: "secret" });
  expect(input.raw).toEqual([true, false]);
  expect(interrupts).toBe(1);
});
