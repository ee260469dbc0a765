import { describe, expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { LineEditor } from "./line-editor.ts";
import { Screen } from "./screen.test-support.ts";

const columns = 40;

/** An editor whose keyboard and screen are the test's. */
function open() {
  const screen = new Screen(columns);
  let bytes = "";
  let interrupts = 0;
  const input = Object.assign(new PassThrough(), { setRawMode: () => undefined, isTTY: true });
  const output = Object.assign(new PassThrough(), { columns, rows: 24, isTTY: true });
  output.on("data", (chunk: Buffer) => {
    bytes += chunk.toString();
    screen.write(chunk.toString());
  });
  const editor = new LineEditor({ input, output, colour: false, interrupt: () => void interrupts++ });
  /** Types keys one by one, as a person does, and lets everything settle. */
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      input.write(key);
      await Bun.sleep(1);
    }
    await Bun.sleep(2);
  };
  return { editor, screen, press, bytes: () => bytes, interrupts: () => interrupts };
}

const settle = () => Bun.sleep(5);

describe("the line that is being typed", () => {
  test("stays below what is printed, cursor and all", async () => {
    const { editor, screen, press } = open();
    const typed = editor.read();
    await press("msg:helo", "\x1b[D");
    editor.print("=================\nClient bob: hi");
    editor.print("=================\nClient eve: ho");
    await settle();
    expect(screen.text).toBe(
      "=================\nClient bob: hi\n=================\nClient eve: ho\n> msg:helo",
    );
    await press("l", "\r");
    expect(await typed).toEqual({ kind: "line", text: "msg:hello" });
  });

  test("keeps what is typed while something is put before it", async () => {
    const { editor, screen, press } = open();
    const typed = editor.read();
    await press("msg:helo", "\x1b[D");
    editor.showPrompt("(group 2) ");
    editor.print("first");
    await settle();
    expect(screen.text).toBe("first\n(group 2) > msg:helo");
    editor.showPrompt("");
    await press("l");
    expect(screen.text).toBe("first\n> msg:hello");
    await press("\r");
    expect(await typed).toEqual({ kind: "line", text: "msg:hello" });
    editor.showPrompt("(main 1) ");
    void editor.read();
    await settle();
    expect(screen.text).toEndWith("\n(main 1) >");
  });

  test("also when it is longer than the terminal is wide", async () => {
    const { editor, screen, press } = open();
    const line = "msg:0123456789".repeat(7);
    void editor.read();
    await press(line);
    editor.print("first");
    await settle();
    editor.print("second");
    await settle();
    const rows = `> ${line}`.match(new RegExp(`.{1,${columns}}`, "g"))!;
    expect(screen.text).toBe(["first", "second", ...rows].join("\n"));
  });

  test("comes back with the arrow key; answers to questions do not", async () => {
    const { editor, press, screen } = open();
    const name = editor.ask("Enter a username: ");
    await press("alice", "\r");
    await name;
    const password = editor.ask("Enter a password: ", true);
    await press("secret", "\r");
    await password;
    const first = editor.read();
    await press("msg:one", "\r");
    await first;
    void editor.read();
    await press("\x1b[A");
    expect(screen.text).toEndWith("\n> msg:one");
    await press("\x1b[A", "\x1b[A");
    expect(screen.text).toBe("Enter a username: alice\nEnter a password:\n> msg:one\n>");
  });

  test("is completed by Tab, and only there", async () => {
    const { editor, screen, press } = open();
    editor.completeWith((line) => [["kapil:"], line.slice(3)]);
    const name = editor.ask("Enter a username: ");
    await press("to:k", "\t", "\r");
    expect(await name).toEqual({ kind: "line", text: "to:k" });
    void editor.read();
    await press("to:k", "\t");
    expect(screen.text).toEndWith("> to:kapil:");
  });
});

describe("questions", () => {
  test("a hidden answer is never written, also when a message comes between", async () => {
    const { editor, screen, press, bytes } = open();
    const asked = editor.ask("Enter a password: ", true);
    await press("sec");
    editor.print("Client bob: hi");
    await settle();
    await press("ret", "\x7f", "t", "\r");
    expect(await asked).toEqual({ kind: "line", text: "secret" });
    expect(screen.text).toBe("Client bob: hi\nEnter a password:");
    expect(bytes()).not.toContain("sec");
    expect(bytes()).not.toContain("ret");
  });

  test("put a half-typed line aside, and give it back", async () => {
    const { editor, screen, press } = open();
    const typed = editor.read();
    await press("msg:half");
    editor.cancel();
    expect(await typed).toEqual({ kind: "cancelled" });
    const asked = editor.ask("Reconnect? [Y/n] ");
    await settle();
    expect(screen.text).toBe("Reconnect? [Y/n]");
    await press("y", "\r");
    expect(await asked).toEqual({ kind: "line", text: "y" });
    void editor.read();
    await settle();
    expect(screen.text).toBe("Reconnect? [Y/n] y\n> msg:half");
  });

  test("Ctrl-C and Ctrl-D", async () => {
    const { editor, press, interrupts } = open();
    const typed = editor.read();
    await press("\x03");
    expect(interrupts()).toBe(1);
    await press("\x04");
    expect(await typed).toEqual({ kind: "end" });
  });
});

describe("the status", () => {
  test("is redrawn in place, above the typed line", async () => {
    const { editor, screen, press } = open();
    void editor.read();
    await press("msg:");
    for (const percent of [10, 20, 30]) {
      editor.showStatus(`a.txt ${percent} %`);
      await settle();
    }
    expect(screen.text).toBe("a.txt 30 %\n> msg:");
    editor.print("Client bob: hi");
    await settle();
    expect(screen.text).toBe("Client bob: hi\na.txt 30 %\n> msg:");
    editor.showStatus(undefined);
    await settle();
    expect(screen.text).toBe("Client bob: hi\n> msg:");
  });

  test("does not stay behind when a line is sent", async () => {
    const { editor, screen, press } = open();
    const typed = editor.read();
    editor.showStatus("a.txt 10 %");
    await press("msg:hi", "\r");
    await typed;
    void editor.read();
    await settle();
    expect(screen.text).toBe("> msg:hi\na.txt 10 %\n>");
  });
});

test("what was printed last is written before the end", async () => {
  const { editor, screen } = open();
  void editor.read();
  editor.print("The classroom is closed.");
  editor.cancel();
  await editor.close();
  expect(screen.text).toBe("The classroom is closed.");
});
