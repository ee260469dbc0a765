/** `pcs join` as a process: driven by a pipe, and by a keyboard of its own (a pseudo-terminal). */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath, resolve } from "node:path";
import { SeedServer } from "../classroom/client/seed-server.test-support.ts";
import { join } from "./join.ts";

const main = resolve(import.meta.dir, "../main.ts");

let server: SeedServer;
let folder: string;
beforeEach(async () => {
  server = await SeedServer.start();
  server.users.set("alice", "secret");
  folder = mkdtempSync(joinPath(tmpdir(), "pcs-join-"));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function command(...words: string[]): string[] {
  return [process.execPath, main, "join", "127.0.0.1", `${server.port}`, "--legacy", ...words];
}

/** Runs with these lines as its input. @param env what is added to an almost empty environment */
async function runPiped(
  input: string,
  words: string[] = [],
  env: Record<string, string> = {},
): Promise<{ output: string; errors: string; code: number }> {
  const child = Bun.spawn(command(...words), {
    cwd: folder,
    env: { HOME: folder, PATH: "", ...env },
    stdin: Buffer.from(input),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [output, errors, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { output, errors, code };
}

describe("by a pipe", () => {
  test("prompts and lines, word for word", async () => {
    writeFileSync(joinPath(folder, "a.txt"), "hello");
    const lines = ["no", "alice", "bob", "pässword", "msg:hi", "hello", "file_transfer:file_to_server:a.txt"];
    const { output, errors, code } = await runPiped(`${lines.join("\n")}\n`);
    // Which of the two is first, the server's word or ours, is up to the network.
    const told = "=================\nServer: File 'a.txt' uploaded by bob\n";
    expect(output).toContain(told);
    expect(output.replace(told, "").split("\n")).toEqual([
      `Connected to 127.0.0.1:${server.port}`,
      "Are you already registered? (yes/no):",
      "Enter a username: ",
      "Username already exists. Please choose another: ",
      "Enter a username: ",
      "Username registered successfully.",
      "Enter a password: ",
      "=================",
      "Server: You joined the server.",
      "Type a header, a colon and the text, for example msg:hi (help lists them all).",
      "File 'a.txt' sent to server.",
      "",
    ]);
    expect([errors, code]).toEqual(["", 0]);
    expect(server.uploads.get("a.txt")?.toString()).toBe("hello");
    expect(server.seenWith("msg")).toEqual(["hi"]);
    expect(server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("name and password from outside; files go where they should", async () => {
    const child = Bun.spawn(command("--user", "alice", "--downloads", "got/here"), {
      cwd: folder,
      env: { PCS_PASSWORD: "secret" },
      stdin: "pipe",
      stdout: "pipe",
    });
    void child.stdin.write("yes\n");
    await child.stdin.flush();
    while (server.seen.length < 3) await Bun.sleep(5);
    await Bun.sleep(20);
    await server.push("notes.txt", Buffer.from("for you"));
    let output = "";
    const text = new TextDecoder();
    for await (const chunk of child.stdout) {
      output += text.decode(chunk);
      // The input stays open: leaving must not wait for its end.
      if (output.includes("received from server.")) void child.stdin.write("cmd:disconnect\n");
    }
    expect(await child.exited).toBe(0);
    expect(output).not.toContain("Enter your");
    expect(output).not.toContain("\x1b");
    expect(readFileSync(joinPath(folder, "got/here/notes.txt"), "utf8")).toBe("for you");
  });

  test("a refused login: the sentence, and 1", async () => {
    const { output, errors, code } = await runPiped("yes\nalice\nwrong\n");
    expect(output).toEndWith("\nInvalid username or password.\n");
    expect([errors, code]).toEqual(["", 1]);
  });

  test("a lost connection: the sentence on standard error, and 1", async () => {
    const running = runPiped("yes\nalice\nsecret\nmsg:x\n" + "\n".repeat(3));
    while (server.seenWith("msg").length === 0) await Bun.sleep(1);
    server.drop();
    const { errors, code } = await running;
    expect([errors, code]).toEqual(["pcs: the connection to the server was lost.\n", 1]);
  });

  test("no server: the sentence on standard error, and 1", async () => {
    const words = command();
    await server.close();
    const child = Bun.spawn(words, { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
    const output = await new Response(child.stdout).text();
    const errors = await new Response(child.stderr).text();
    const code = await child.exited;
    expect([output, code]).toEqual(["", 1]);
    expect(errors).toMatch(/^pcs: cannot connect to 127\.0\.0\.1 port \d+: nothing listens there\.\n$/);
  });

  test("an interrupt says goodbye: 130", async () => {
    const child = Bun.spawn(command("--user", "alice"), {
      cwd: folder,
      env: { PCS_PASSWORD: "secret" },
      stdin: "pipe",
      stdout: "ignore",
      stderr: "pipe",
    });
    void child.stdin.write("yes\n");
    await child.stdin.flush();
    while (server.seen.length < 3) await Bun.sleep(5);
    await Bun.sleep(50);
    child.kill("SIGINT");
    expect(await child.exited).toBe(130);
    expect(await new Response(child.stderr).text()).toBe("");
    expect(server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("everything is written before the end, however slowly it is read", async () => {
    const running = Bun.spawn(command("--user", "alice"), {
      cwd: folder,
      env: { PCS_PASSWORD: "secret" },
      stdin: "pipe",
      stdout: "pipe",
    });
    void running.stdin.write("yes\n");
    await running.stdin.flush();
    while (server.seen.length < 3) await Bun.sleep(5);
    for (let i = 0; i < 40; i++) server.broadcast("msg", `Client bob: ${i} ${"x".repeat(100_000)}\n`);
    server.broadcast("msg", "Client bob: the last\n");
    server.shutDown();
    await Bun.sleep(100);
    expect(await new Response(running.stdout).text()).toEndWith(
      "=================\nClient bob: the last\n=================\nServer is shutting down.\nThe classroom is closed.\n",
    );
    expect(await running.exited).toBe(0);
  });

  for (const [words, complaint] of [
    [["localhost", "99999"], "the port must be a port from 0 to 65535"],
    [["localhost", "0"], "the port must be from 1 to 65535"],
    [["--finger", "x"], "there is no option --finger"],
    [["--fingerprint", "x"], "--fingerprint must be a code such as ABCD-EFGH-IJKL-MNOP, and 'x' is none."],
  ] as const)
    test(`wrong usage: ${words.join(" ")}`, async () => {
      const child = Bun.spawn([process.execPath, main, "join", ...words], { stderr: "pipe" });
      expect(await new Response(child.stderr).text()).toStartWith(`pcs: ${complaint}`);
      expect(await child.exited).toBe(2);
    });
});

/** A running client, what its terminal shows as bytes, and its keyboard. */
function runOnTerminal(env: Record<string, string> = {}) {
  let shown = "";
  const child = Bun.spawn(command(), {
    cwd: folder,
    env: { TERM: "xterm-256color", ...env },
    terminal: {
      cols: 80,
      rows: 24,
      data: (_terminal: unknown, bytes: Uint8Array) => void (shown += Buffer.from(bytes).toString()),
    },
  });
  const until = async (text: string): Promise<void> => {
    const late = performance.now() + 4_000;
    while (!shown.includes(text)) {
      if (performance.now() > late)
        throw new Error(`never shown: ${JSON.stringify(text)} in ${JSON.stringify(shown)}`);
      await Bun.sleep(5);
    }
  };
  const press = (keys: string): void => void child.terminal?.write(keys);
  return { child, until, press, shown: () => shown, forget: () => (shown = "") };
}

async function logIn(env: Record<string, string> = {}) {
  const run = runOnTerminal(env);
  await run.until("(yes/no): ");
  run.press("yes\r");
  await run.until("Enter your username: ");
  run.press("alice\r");
  await run.until("Enter your password: ");
  run.press("secret\r");
  await run.until("You joined the server.");
  await run.until("> ");
  return run;
}

describe.skipIf(process.platform === "win32")("by a keyboard", () => {
  test("the password is never shown, nor kept for the arrow keys", async () => {
    const run = await logIn();
    run.press("\x1b[A\x1b[A\x1b[A");
    await Bun.sleep(50);
    expect(run.shown()).not.toContain("secret");
    expect(run.shown().split("alice").length).toBe(2);
    run.press("\x03");
    expect(await run.child.exited).toBe(130);
  });

  test("a half-typed line stays below a message", async () => {
    const run = await logIn();
    run.press("msg:half a li");
    await run.until("half a li");
    run.forget();
    server.broadcast("msg", "Client bob: hi\n");
    await run.until("> msg:half a li");
    expect(run.shown()).toMatch(/=+[^]*bob[^]*: hi\r\n[^]*> msg:half a li/);
    run.press("ne\r");
    while (server.seenWith("msg").length === 0) await Bun.sleep(5);
    expect(server.seenWith("msg")).toEqual(["half a line"]);
    run.press("cmd:disconnect\r");
    expect(await run.child.exited).toBe(0);
  });

  test("Tab, colours, and none under NO_COLOR", async () => {
    for (const noColour of [false, true]) {
      const run = await logIn(noColour ? { NO_COLOR: "1" } : {});
      server.broadcast("msg", "Client zoe: hi\n");
      await run.until("hi\r\n");
      expect(run.shown().includes("\x1b[1;38;5;")).toBe(!noColour);
      run.forget();
      run.press("to:z");
      await Bun.sleep(30);
      run.press("\t");
      await run.until("oe:");
      run.press("\x03");
      expect(await run.child.exited).toBe(130);
    }
  });

  test("reconnect is offered, and the half-typed line is still there", async () => {
    const run = await logIn();
    run.press("msg:unsent");
    await run.until("unsent");
    server.drop();
    await run.until("Connection lost. Reconnect? [Y/n] ");
    run.forget();
    run.press("\r");
    await run.until("> msg:unsent");
    run.press("\r");
    while (server.seenWith("msg").length === 0) await Bun.sleep(5);
    expect(server.seenWith("msg")).toEqual(["unsent"]);
    run.press("\x04");
    expect(await run.child.exited).toBe(0);
    expect(server.seenWith("cmd")).toEqual(["disconnect"]);
  });
});

test("the help is what it says", () => {
  expect(join.usage).toStartWith(
    "Join a classroom from this terminal.\n\nUsage: pcs join [host] [port] [options]\n",
  );
  for (const line of join.usage.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  for (const flag of Object.keys(join.args)) expect(join.usage).toContain(flag);
});
