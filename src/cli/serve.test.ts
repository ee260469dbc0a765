/** `pcs serve` as a process: its console from a pipe, its exit codes, its sentences. */
import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const main = resolve(import.meta.dir, "../main.ts");
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pcs-test-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Without a page where `argv` does not say otherwise. */
function start(folder: string, ...argv: string[]) {
  const web = argv.includes("--web") ? [] : ["--no-web"];
  const child = Bun.spawn([process.execPath, main, "serve", "--host", "127.0.0.1", ...web, ...argv], {
    cwd: folder,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env, NO_COLOR: "1" },
  });
  cleanups.push(() => child.kill("SIGKILL"));
  const stderr = child.stderr.text();
  const reader = child.stdout.getReader();
  let out = "";
  return {
    child,
    /** Reads on until the output ends so. */
    async untilPrinted(end: string): Promise<string> {
      while (!out.endsWith(end)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`it ended after ${JSON.stringify(out)}`);
        out += Buffer.from(value).toString();
      }
      return out;
    },
    async type(line: string): Promise<void> {
      void child.stdin.write(line);
      await child.stdin.flush();
    },
    async end(): Promise<{ code: number; out: string; err: string }> {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        out += Buffer.from(value).toString();
      }
      return { code: await child.exited, out, err: await stderr };
    },
  };
}

/** A port that somebody else has. */
async function takenPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  cleanups.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("the console from a pipe", () => {
  test("says when the server is up and closed, does what is typed, and exits 0", async () => {
    const folder = makeFolder();
    const server = start(folder, "0");
    await server.untilPrinted("Server is up.\n");
    await server.type("Quiz starts soon\nQuiz:x\nshutdown\n");
    expect(await server.end()).toEqual({
      code: 0,
      out:
        "Server is up.\nServer: Quiz starts soon\n" +
        "'Quiz:x' has not the shape Quiz:DIR:QUESTIONS:ANSWERS:SCORES.csv; nothing was done.\n" +
        "Server is closed.\n",
      err: "",
    });
    expect(existsSync(join(folder, "pcs-data/pcs.sqlite"))).toBe(true);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    test(`${signal} ends it as shutdown does, and the end of the input does not`, async () => {
      const server = start(makeFolder(), "0");
      await server.untilPrinted("Server is up.\n");
      await server.child.stdin.end();
      await Bun.sleep(100);
      server.child.kill(signal);
      expect(await server.end()).toEqual({ code: 0, out: "Server is up.\nServer is closed.\n", err: "" });
    });
});

// The page is bundled at each start of a clone.
const patienceMs = 30_000;

describe("the web page", () => {
  test(
    "is where --web says, and told; 0 lets the system choose",
    async () => {
      const server = start(makeFolder(), "0", "--web", "0");
      await server.untilPrinted("/\n");
      await server.type("/qr\nshutdown\n");
      const { code, out } = await server.end();
      const [, link] = /^The page: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(out) ?? [];
      expect(code).toBe(0);
      expect(link).toBeDefined();
      expect(out.split("\n").filter((line) => line === link)).toHaveLength(1);
      expect(out.match(/^[█▀▄ ]{25,}$/gm)?.length).toBeGreaterThan(12);
    },
    patienceMs,
  );

  test(
    "is served, with TLS where nobody may join in clear",
    async () => {
      for (const tls of ["auto", "require"] as const) {
        const server = start(makeFolder(), "0", "--web", "0", "--tls", tls);
        const out = await server.untilPrinted("/\n");
        const link = /^The page: (\S+)$/m.exec(out)![1]!;
        expect(new URL(link).protocol).toBe(tls === "require" ? "https:" : "http:");
        const page = await fetch(link, { tls: { rejectUnauthorized: false } });
        expect([page.status, (await page.text()).includes("<title>Classroom</title>")]).toEqual([200, true]);
        await server.type("shutdown\n");
        expect((await server.end()).code).toBe(0);
      }
    },
    patienceMs,
  );

  test(
    "a port that somebody else has: told, where it was asked for",
    async () => {
      const port = await takenPort();
      expect(await start(makeFolder(), "0", "--web", String(port)).end()).toEqual({
        code: 1,
        out: "",
        err: `pcs: port ${port} is in use, so the web page cannot be there: choose another with --web.\n`,
      });
    },
    patienceMs,
  );
});

describe("one sentence and exit code 1", () => {
  test("a port in use, and the data folder is free again", async () => {
    const folder = makeFolder();
    const port = await takenPort();
    expect(await start(folder, String(port)).end()).toEqual({
      code: 1,
      out: "",
      err: `pcs: port ${port} is in use: another server is running, or choose one with --port.\n`,
    });
    const server = start(folder, "0");
    await server.untilPrinted("Server is up.\n");
  });

  test("a data folder in use, free as soon as the other server is killed", async () => {
    const folder = makeFolder();
    const first = start(folder, "0");
    await first.untilPrinted("Server is up.\n");
    const path = join(folder, "pcs-data");
    expect(await start(folder, "0").end()).toEqual({
      code: 1,
      out: "",
      err: `pcs: another server is already using the data folder ${path}.\n`,
    });
    first.child.kill("SIGKILL");
    await first.child.exited;
    const second = start(folder, "0");
    await second.untilPrinted("Server is up.\n");
  });

  test("a file in place of the data folder, and a database that is none", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "taken"), "");
    const { code, err } = await start(folder, "0", "--data", "taken").end();
    expect([code, err]).toEqual([
      1,
      `pcs: the data folder ${join(folder, "taken")} cannot be written: it exists already.\n`,
    ]);
    const server = start(folder, "0", "--data", "data");
    await server.untilPrinted("Server is up.\n");
    await server.type("shutdown\n");
    await server.end();
    for (const name of ["pcs.sqlite-wal", "pcs.sqlite-shm"])
      rmSync(join(folder, "data", name), { force: true });
    writeFileSync(join(folder, "data/pcs.sqlite"), "no database ".repeat(1_000));
    const damaged = await start(folder, "0", "--data", "data").end();
    expect([damaged.code, damaged.err]).toEqual([
      1,
      `pcs: the database ${join(folder, "data/pcs.sqlite")} cannot be used: file is not a database.\n`,
    ]);
  });
});

test("a data folder that is taken away while it is used is told, once", async () => {
  const folder = makeFolder();
  const server = start(folder, "--port", "0");
  await server.untilPrinted("Server is up.\n");
  rmSync(join(folder, "pcs-data"), { recursive: true });
  await server.untilPrinted("is gone: nothing is kept any more. Shut down and start again.\n");
  await server.type("shutdown\n");
  const { code, out } = await server.end();
  expect(code).toBe(0);
  expect(out.match(/is gone/g)).toHaveLength(1);
});
