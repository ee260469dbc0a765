import { describe, expect, test } from "bun:test";
import { PassThrough, Writable } from "node:stream";
import { OperatorConsole, isTerminal, type ConsoleEvents } from "./console.ts";

/** An output that remembers, and that nobody reads while `isStuck`. */
class Output extends Writable {
  text = "";
  isStuck = false;
  #waiting: (() => void)[] = [];

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    if (this.isStuck) this.#waiting.push(done);
    else done();
  }

  unstick(): void {
    this.isStuck = false;
    for (const done of this.#waiting.splice(0)) done();
  }
}

function openConsole(terminal = false): {
  screen: OperatorConsole;
  input: PassThrough;
  output: Output;
  typed: string[];
  events: ConsoleEvents;
} {
  const input = new PassThrough();
  const output = new Output();
  const typed: string[] = [];
  const events: ConsoleEvents = {
    line: (text) => void typed.push(text),
    interrupt: () => void typed.push("(interrupt)"),
    complete: (line) => [`${line}ed`],
  };
  return { screen: new OperatorConsole({ input, output }, terminal), input, output, typed, events };
}

const nextTick = () => Bun.sleep(5);

test("a terminal that is gone keeps no console from ending", async () => {
  const { screen, input, output, events } = openConsole(true);
  let isGone = false;
  const setRawMode = (): void => {
    if (isGone) throw new Error("setRawMode failed with errno: 5");
  };
  screen.start(Object.assign(input, { setRawMode }), events);
  isGone = true;
  screen.line("Server is closed.");
  await screen.stop();
  expect(output.text).toContain("Server is closed.");
});

describe("a plain console", () => {
  test("prints the lines of a tick together, and nothing else", async () => {
    const { screen, output } = openConsole();
    screen.line("one");
    screen.line("two\nand a half");
    expect(output.text).toBe("");
    await nextTick();
    expect(output.text).toBe("one\ntwo\nand a half\n");
  });

  test("prints at once what must be there at once", () => {
    const { screen, output } = openConsole();
    screen.line("Server is up.");
    screen.flush();
    expect(output.text).toBe("Server is up.\n");
  });

  test("shows what could move a cursor as a sign", async () => {
    const { screen, output } = openConsole();
    screen.line("Client eve: \x1b[2J\x07gone\rServer is closed.");
    await screen.stop();
    expect(output.text).toBe("Client eve: \ufffd[2J\ufffdgone\ufffdServer is closed.\n");
  });

  test("reads lines, also the last without an end; the end of the input ends nothing", async () => {
    const { screen, input, output, typed, events } = openConsole();
    screen.start(input, events);
    input.write("one\r\ntwo\n\nth");
    input.end("ree");
    await nextTick();
    expect(typed).toEqual(["one", "two", "", "three"]);
    screen.line("still here");
    await screen.stop();
    expect(output.text).toBe("still here\n");
  });
});

describe("an output that nobody reads", () => {
  const long = "x".repeat(1 << 20);

  test("takes so much and no more; what was dropped is counted and told", async () => {
    const { screen, output } = openConsole();
    output.isStuck = true;
    for (let i = 0; i < 10; i++) {
      screen.line(`${i}${long}`);
      screen.flush();
    }
    expect(screen.droppedLines).toBe(6);
    expect(output.writableLength).toBeLessThan(6 << 20);
    output.unstick();
    await nextTick();
    screen.line("read again");
    await screen.stop();
    const lines = output.text.split("\n").map((line) => line.slice(0, 50));
    expect(lines.slice(4)).toEqual(["(6 lines were not printed: nobody read them)", "read again", ""]);
  });

  test("that is read again only at the end is told too", async () => {
    const { screen, output } = openConsole();
    output.isStuck = true;
    for (let i = 0; i < 5; i++) {
      screen.line(long);
      screen.flush();
    }
    output.unstick();
    await nextTick();
    await screen.stop();
    expect(output.text).toEndWith("\n(1 line was not printed: nobody read them)\n");
  });

  test("does not keep the console from ending", async () => {
    const { screen, output } = openConsole();
    output.isStuck = true;
    screen.line("unread");
    await screen.stop();
    output.unstick();
  });

  test("that breaks ends nothing", async () => {
    const { screen, output } = openConsole();
    output.destroy(new Error("EPIPE"));
    screen.line("into the void");
    await screen.stop();
  });
});

describe("a console on a terminal", () => {
  test("keeps the half-typed line below what is printed, completes it, and takes Ctrl-C", async () => {
    const { screen, input, output, typed, events } = openConsole(true);
    screen.start(input, events);
    input.write("help");
    await nextTick();
    output.text = "";
    screen.line("Client ann: hi");
    await nextTick();
    expect(output.text).toContain("Client ann: hi\n");
    expect(output.text).toMatch(/Client ann: hi\n.*> help/s);
    input.write("\t");
    await nextTick();
    input.write("\r");
    await nextTick();
    input.write("\x03");
    await nextTick();
    expect(typed).toEqual(["helped", "(interrupt)"]);
    await screen.stop();
  });
});

test("a terminal is one only at both ends", () => {
  expect(isTerminal({ isTTY: true }, { isTTY: true })).toBe(true);
  expect(isTerminal({ isTTY: true }, {})).toBe(false);
  expect(isTerminal({}, { isTTY: true })).toBe(false);
});
