/** `pcs accounts` over a real database, from its words to what is on disk. */
import { afterAll, afterEach, beforeEach, describe, expect, setDefaultTimeout, spyOn, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Accounts } from "../classroom/accounts/accounts.ts";
import { HashGate } from "../classroom/accounts/hash-gate.ts";
import { PeerClient } from "../classroom/server/peer/peer-client.test-support.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { sqliteAccounts } from "../store/sqlite/sqlite-accounts.ts";
import { accounts } from "./accounts.ts";
import { runCommandLine } from "./run.ts";

// Passwords are hashed, and quizzes counted every two seconds: a busy machine takes its time.
setDefaultTimeout(20_000);

const root = mkdtempSync(join(tmpdir(), "pcs-accounts-"));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, "a-"));
  data = join(folder, "data");
});
const spies: { mockRestore(): void }[] = [];
afterEach(() => {
  for (const spy of spies.splice(0)) spy.mockRestore();
});

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const outcome = { code: -1, out: "", err: "" };
  for (const [stream, key] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const)
    spies.push(
      spyOn(stream, "write").mockImplementation((text) => {
        outcome[key] += String(text).replaceAll(`${folder}/`, "");
        return true;
      }),
    );
  outcome.code = await runCommandLine(["accounts", ...argv]);
  for (const spy of spies.splice(0)) spy.mockRestore();
  return outcome;
}

const there = (...argv: string[]): Promise<{ code: number; out: string; err: string }> =>
  run(...argv, "--data", data);

function roster(text: string): string {
  const path = join(folder, "roster.csv");
  writeFileSync(path, text);
  return path;
}

async function logsIn(name: string, password: string): Promise<boolean> {
  const database = openDatabase(join(data, "pcs.sqlite"));
  const people = new Accounts(sqliteAccounts(database), new HashGate(1), Date.now);
  const found = await people.logIn(name, password);
  database.close();
  return found !== undefined;
}

const people = "name,password,role,group\nann,correct horse,teacher,\nMary Ann,,,Group 1\nbob,,,\n";

describe("a roster", () => {
  test("is imported, beside a database that is open; codes are printed once, and work in any writing", async () => {
    const { code, out, err } = await there("import", roster(people), "--allow-teachers");
    expect([code, err]).toEqual([0, "3 accounts made.\n"]);
    const codes = /^name,code\nMary Ann,([A-Z2-9-]{14})\nbob,([A-Z2-9-]{14})\n$/.exec(out)!;
    expect(await logsIn("ann", "correct horse")).toBe(true);
    expect(await logsIn("mary ann", codes[1]!.toLowerCase().replaceAll("-", ""))).toBe(true);
    expect(await logsIn("bob", codes[1]!)).toBe(false);
    expect((await there("list")).out).toBe(
      "name,role,group,state\nann,teacher,,\nbob,student,,code\nMary Ann,student,Group 1,code\n",
    );
    const log = readFileSync(join(data, "audit.log"), "utf8");
    expect(log.split("\n").length).toBe(4);
    for (const secret of [codes[1]!, codes[2]!, "correct horse"]) expect(log).not.toContain(secret);
  });

  test("again: who is there stays as he is, and the codes go into a file of their own", async () => {
    await there("import", roster(people), "--allow-teachers");
    const path = join(folder, "codes.csv");
    const again = await there("import", roster("name\nANN\nbob\neve\n"), "--codes", path);
    expect([again.code, again.out, again.err]).toEqual([
      0,
      "",
      "1 account made.\n2 accounts were there already and stay as they are: ANN, bob.\n",
    ]);
    expect(readFileSync(path, "utf8")).toMatch(/^name,code\neve,[A-Z2-9-]{14}\n$/);
    expect(statSync(path).mode & 0o077).toBe(0);
    const third = await there("import", roster("name\nzoe\n"), "--codes", path);
    expect([third.code, third.err]).toEqual([1, "pcs: codes.csv is there already; no account was made.\n"]);
    expect((await there("list")).out).not.toContain("zoe");
  });

  test("with something wrong makes nothing", async () => {
    const { code, out, err } = await there("import", roster(`${people}ANN,,,\n=x,,,\n`));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(
      [
        "roster.csv, line 2, column 19: a roster makes teachers only with --allow-teachers.",
        "roster.csv, line 5, column 1: 'ANN' stands in line 2 already.",
        "roster.csv, line 6, column 1: a username cannot begin with = + - @ . or a blank.",
        "pcs: no account was made.",
        "",
      ].join("\n"),
    );
    expect(existsSync(data)).toBe(false);
    const lines = Array.from({ length: 30 }, () => "=x");
    expect((await there("import", roster(`name\n${lines.join("\n")}`))).err).toContain(
      "roster.csv: 10 more findings.\npcs: no account was made.",
    );
    expect((await there("import", join(folder, "nowhere.csv"))).err).toBe(
      "pcs: cannot read nowhere.csv: there is no such file or folder.\n",
    );
  });
});

describe("an account", () => {
  beforeEach(async () => {
    await there(
      "import",
      roster("name,password,role\nann,correct horse,teacher\nbob,battery staple,\n"),
      "--allow-teachers",
    );
  });

  test("is disabled, enabled, reset; what is so already is told", async () => {
    expect(await there("disable", "BOB")).toEqual({ code: 0, out: "bob is disabled.\n", err: "" });
    expect((await there("disable", "bob")).out).toBe("bob is disabled already.\n");
    expect((await there("list")).out).toContain("bob,student,,disabled\n");
    expect((await there("enable", "bob")).out).toBe("bob is enabled.\n");
    const { out } = await there("reset", "bob");
    const code = /^The code of bob is ([A-Z2-9-]{14}); it works once\.\n$/.exec(out)![1]!;
    expect(await logsIn("bob", "battery staple")).toBe(false);
    expect(await logsIn("bob", code)).toBe(true);
    expect(readFileSync(join(data, "audit.log"), "utf8")).not.toContain(code);
  });

  test("changes its role, but the last teacher is spared", async () => {
    const last = "pcs: make another teacher first: ann is the last one.\n";
    expect(await there("role", "ann", "student")).toEqual({ code: 1, out: "", err: last });
    expect(await there("disable", "ann")).toEqual({ code: 1, out: "", err: last });
    expect((await there("role", "bob", "teacher")).out).toBe("bob is a teacher now.\n");
    expect((await there("role", "bob", "teacher")).out).toBe("bob is a teacher already.\n");
    expect((await there("role", "ann", "student")).out).toBe("ann is a student now.\n");
  });

  test("of nobody, and of no classroom", async () => {
    expect((await there("reset", "<b>eve</b>")).err).toBe("pcs: there is no account of '<b>eve</b>'.\n");
    expect((await run("list", "--data", join(folder, "other"))).err).toBe(
      "pcs: there is no classroom in other; --data says where it is.\n",
    );
    expect(existsSync(join(folder, "other"))).toBe(false);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe("while a server runs", () => {
  test("who is disabled or reset is out, a roster comes in, and a teacher is one at once", async () => {
    const port = await freePort();
    const main = resolve(import.meta.dir, "../main.ts");
    const server = Bun.spawn([process.execPath, main, "serve", String(port), "127.0.0.1", "--no-web"], {
      cwd: folder,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
      env: { ...process.env, NO_COLOR: "1" },
    });
    try {
      await server.stdout.getReader().read();
      const [ann, bob] = [
        await PeerClient.registered(port, "ann", { tls: true, capabilities: ["teach"] }),
        await PeerClient.registered(port, "bob", { tls: true }),
      ];
      data = join(folder, "pcs-data");
      expect((await there("role", "ann", "teacher")).code).toBe(0);
      expect(await ann.expect("role")).toEqual({ role: "teacher" });
      expect((await there("disable", "bob")).code).toBe(0);
      expect(await bob.expect("bye")).toMatchObject({ code: "disabled" });
      const { out } = await there("import", roster("name\nzoe\n"));
      const code = /zoe,(\S+)/.exec(out)![1]!;
      const zoe = await PeerClient.greeted(port, { tls: true });
      await zoe.logIn({ name: "zoe", password: code, newPassword: "long enough" });
      await there("reset", "zoe");
      expect(await zoe.expect("bye")).toMatchObject({ code: "disabled" });
    } finally {
      server.kill();
      await server.exited;
    }
  }, 30_000);
});

test("wrong words are told with the usage", async () => {
  for (const [argv, sentence] of [
    [[], "say which of them: list, import, reset, disable, enable, role."],
    [["reset"], "say whose account it is."],
    [["import"], "say which roster to import."],
    [["role", "ann"], "say whose role it is, and which: student or teacher."],
    [["role", "ann", "boss"], "a role must be student or teacher, and 'boss' is neither."],
    [["remove", "ann"], "pcs accounts has no 'remove'."],
    [["reset", "ann", "--password", "x"], "there is no option --password."],
  ] as const) {
    const { code, out, err } = await run(...argv);
    expect([argv, code, out, err.split("\n")[0]]).toEqual([argv, 2, "", `pcs: ${sentence}`]);
  }
  expect(accounts.usage).toContain("pcs accounts import FILE");
});
