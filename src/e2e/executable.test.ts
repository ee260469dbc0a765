/** The built executable by itself: an empty folder, an empty PATH, no runtime. */
import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { emptyFolder, executable, freePort, startServer, Typed } from "./executable.test-support.ts";

const folders: string[] = [];
function folder(): string {
  const path = emptyFolder();
  folders.push(path);
  return path;
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

function run(...words: string[]): { code: number; output: string; errors: string } {
  const done = Bun.spawnSync({ cmd: [executable(), ...words], cwd: folder(), env: {}, stdin: "ignore" });
  return { code: done.exitCode, output: done.stdout.toString(), errors: done.stderr.toString() };
}

test("--version", () => {
  expect(run("--version")).toEqual({ code: 0, output: `${version}\n`, errors: "" });
});

test("help goes to standard output; wrong usage to standard error, with the usage and exit code 2", () => {
  for (const words of [["--help"], ["help"], ["serve", "--help"], ["join", "-h"], ["help", "analyze"]]) {
    const { code, output, errors } = run(...words);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toContain("Usage: pcs");
  }
  for (const words of [
    [],
    ["dance"],
    ["serve", "--dance"],
    ["serve", "99999"],
    ["join", "a", "b"],
    ["analyze"],
  ]) {
    const { code, output, errors } = run(...words);
    expect({ words, code, output }).toEqual({ words, code: 2, output: "" });
    expect(errors).toMatch(/^pcs: .+\n\n.*Usage: pcs/s);
  }
});

describe("serve", () => {
  test("joined by two through a pipe, who chat and send a file", async () => {
    const server = await startServer();
    const joinAs = (name: string, cwd: string): Typed => {
      const client = new Typed([executable(), "join", "127.0.0.1", String(server.port)], { cwd });
      for (const line of ["no", name, "a password"]) client.type(line);
      return client;
    };
    const [annFolder, bobFolder] = [folder(), folder()];
    const ann = joinAs("ann", annFolder);
    await ann.prints("Server: You joined the server.\n");
    const bob = joinAs("bob", bobFolder);
    await ann.prints("Server: Client bob joined the server.\n");
    bob.type("msg:hello from bob");
    await ann.prints("=================\nClient bob: hello from bob\n");
    writeFileSync(join(bobFolder, "notes.txt"), "the notes");
    bob.type("file_transfer:file_to:ann:notes.txt");
    await ann.prints("File 'notes.txt' received from bob.\n");
    expect(readFileSync(join(annFolder, "downloads/notes.txt"), "utf8")).toBe("the notes");
    bob.type("cmd:disconnect");
    expect(await bob.process.exited).toBe(0);
    await ann.prints("Server: Client bob left the server.\n");
    expect(await server.stop()).toBe(0);
    await ann.prints("Server is shutting down.\n");
    expect(await ann.process.exited).toBe(0);
    const lines = ann.output.split("\n");
    expect(lines.slice(0, 5)).toEqual([
      `Connected to 127.0.0.1:${server.port}`,
      "Are you already registered? (yes/no):",
      "Enter a username: ",
      "Username registered successfully.",
      "Enter a password: ",
    ]);
    expect(lines.slice(5, 7)).toEqual(["=================", "Server: You joined the server."]);
    expect(ann.errors).toBe("");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    test(`${signal} shuts down as the line does, and a restart at once works`, async () => {
      const cwd = folder();
      const port = String(freePort());
      for (let start = 0; start < 2; start++) {
        const server = new Typed([executable(), "serve", port, "--no-web"], { cwd });
        await server.prints("Server is up.\n");
        const client = new Typed([executable(), "join", "127.0.0.1", port], { cwd });
        await client.prints("(yes/no):");
        server.process.kill(signal);
        expect(await server.process.exited).toBe(0);
        expect(server.output).toBe("Server is up.\nServer is closed.\n");
        client.process.kill();
      }
    });

  test("goes on when its input ends", async () => {
    const cwd = folder();
    const port = freePort();
    const server = new Typed([executable(), "serve", String(port), "--no-web"], { cwd });
    await server.prints("Server is up.\n");
    void server.process.stdin.end();
    await Bun.sleep(100);
    expect(server.process.exitCode).toBeNull();
    server.process.kill("SIGTERM");
    await server.process.exited;
  });

  test("a port in use, a data folder in use or unwritable: one sentence, exit code 1", async () => {
    const server = await startServer();
    const taken = run("serve", "--no-web", String(server.port));
    expect(taken).toMatchObject({ code: 1, output: "" });
    expect(taken.errors).toMatch(/^pcs: port \d+ is in use: .+\n$/);
    const busy = run("serve", "--no-web", String(freePort()), "--data", join(server.folder, "pcs-data"));
    expect(busy).toMatchObject({ code: 1, output: "" });
    expect(busy.errors).toMatch(/^pcs: another server is already using the data folder .+\n$/);
    const file = join(folder(), "file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below")]) {
      const refused = run("serve", "--no-web", String(freePort()), "--data", path);
      expect(refused).toMatchObject({ code: 1, output: "" });
      expect(refused.errors).toMatch(/^pcs: the data folder .+ cannot be written: .+\n$/);
    }
    await server.stop();
  });

  test("a server that was killed leaves its data folder free, and an account that was told is there", async () => {
    const cwd = folder();
    const port = String(freePort());
    const first = new Typed([executable(), "serve", port, "--no-web"], { cwd });
    await first.prints("Server is up.\n");
    const ann = new Typed([executable(), "join", "127.0.0.1", port], { cwd });
    for (const line of ["no", "ann", "a password"]) ann.type(line);
    await ann.prints("You joined");
    first.process.kill("SIGKILL");
    await first.process.exited;
    await ann.process.exited;
    const second = new Typed([executable(), "serve", port, "--no-web"], { cwd });
    await second.prints("Server is up.\n");
    const again = new Typed([executable(), "join", "127.0.0.1", port], { cwd });
    for (const line of ["yes", "ann", "a password"]) again.type(line);
    await again.prints("You joined");
    second.process.kill("SIGTERM");
    await second.process.exited;
    await again.process.exited;
  });
});

function packet(second: number, captured: number, length: number): Buffer {
  const header = Buffer.alloc(16 + captured);
  for (const [index, value] of [second, 0, captured, length].entries())
    header.writeUInt32LE(value, index * 4);
  return header;
}

/** A classic capture of two packets of 60 and 1,500 bytes, the second cut to 40. */
function capture(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  return Buffer.concat([header, packet(100, 60, 60), packet(105, 40, 1500)]);
}

describe("analyze", () => {
  test("--json prints one report", () => {
    const path = join(folder(), "two.pcap");
    writeFileSync(path, capture());
    const { code, output, errors } = run("analyze", "--read", path, "--json");
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(JSON.parse(output)).toMatchObject({
      packets: 2,
      bytes: 1560,
      capturedBytes: 100,
      firstTime: 100,
      lastTime: 105,
      durationSeconds: 5,
      averagePacketSize: 780,
      truncated: 1,
    });
    expect(run("analyze", "--read", path, "--json").output).toBe(output);
  });

  test("a file that is no capture: one sentence, exit code 1", () => {
    const inside = folder();
    writeFileSync(join(inside, "no.pcap"), "this is no capture, whatever its name says");
    mkdirSync(join(inside, "folder"));
    for (const name of ["no.pcap", "folder", "gone.pcap"]) {
      const { code, output, errors } = run("analyze", "--read", join(inside, name), "--json");
      expect({ name, code, output }).toEqual({ name, code: 1, output: "" });
      expect(errors).toMatch(/^pcs: [^\n]+\n$/);
    }
  });

  test("the dashboard is inside", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "two.pcap"), capture());
    const port = String(freePort());
    const dashboard = new Typed([executable(), "analyze", "--read", "two.pcap", "--port", port], {
      cwd,
      env: { PCS_TOKEN: "a-token-for-this-test" },
    });
    await dashboard.prints(`:${port}`);
    const headers = { authorization: "Bearer a-token-for-this-test" };
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers });
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await fetch(new URL(path!, `http://127.0.0.1:${port}/`), { headers })).status).toBe(200);
    const report = await (await fetch(`http://127.0.0.1:${port}/api/report`, { headers })).json();
    expect(report).toMatchObject({ packets: 2, bytes: 1560 });
    dashboard.process.kill("SIGTERM");
    await dashboard.process.exited;
    expect(existsSync(join(cwd, "pcs-data"))).toBe(false);
  });
});
