/** What the dashboard of `pcs analyze` keeps, opens and writes, as a program. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { flood, ordinary } from "../analyzer/anomaly/traffic-maker.test-support.ts";
import type { AnomaliesReport } from "../analyzer/anomaly/anomaly-report.ts";
import { pcapFile } from "../analyzer/capture/capture-builder.test-support.ts";

// Several programs one after the other, on a machine that may be busy.
setDefaultTimeout(60_000);

const main = resolve(import.meta.dir, "../main.ts");
const headers = { Authorization: "Bearer secret" };
let folder = "";
let env: Record<string, string | undefined> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
  env = { ...process.env, XDG_STATE_HOME: join(folder, "home"), PCS_TOKEN: "secret", TMPDIR: folder };
  writeFileSync(
    join(folder, "flood.pcap"),
    pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d }),
  );
  writeFileSync(join(folder, "<script>.pcap"), pcapFile([]));
});
afterAll(() => rmSync(folder, { recursive: true }));

function pcs(words: string[]) {
  const options = { cwd: folder, stdin: "ignore", stdout: "pipe", stderr: "pipe", env } as const;
  return Bun.spawn([process.execPath, main, "analyze", ...words], options);
}

async function run(words: string[]) {
  const child = pcs(words);
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, stdout, stderr };
}

class Shown {
  readonly child: ReturnType<typeof pcs>;
  private readonly url: string;

  private constructor(child: ReturnType<typeof pcs>, url: string) {
    this.child = child;
    this.url = url;
  }

  static async start(...words: string[]): Promise<Shown> {
    const child = pcs(["--read", "flood.pcap", "--port", "0", ...words]);
    const { value } = await child.stdout.getReader().read();
    return new Shown(child, new TextDecoder().decode(value).slice("Dashboard: ".length).trim());
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(this.url + path, { headers, ...init });
  }

  async anomalies(): Promise<AnomaliesReport> {
    return ((await (await this.ask("api/report")).json()) as { anomalies: AnomaliesReport }).anomalies;
  }

  /** @returns what it said on standard error */
  async stop(): Promise<string> {
    this.child.kill("SIGINT");
    expect(await this.child.exited).toBe(0);
    return await this.child.stderr.text();
  }
}

const mark = (key: string) => ({ method: "POST", body: JSON.stringify({ key, expected: true }) });

describe("what is marked as expected", () => {
  test.each([[[]], [["--state", "state"]]])("survives a restart, with %p", async (words) => {
    const first = await Shown.start(...words);
    const before = await first.anomalies();
    const { key } = before.episodes[0]!;
    expect((await first.ask("api/expected", mark(key))).status).toBe(200);
    expect(await first.stop()).toBe("");
    const second = await Shown.start(...words);
    const after = await second.anomalies();
    expect(after.expectedPackets).toBeGreaterThan(250);
    expect(after.flagged).toBe(before.flagged - after.expectedPackets);
    expect(after.episodes.at(-1)).toMatchObject({ key, expected: true });
    expect(await second.stop()).toBe("");
    // What is printed is the same for everybody.
    const { stdout } = await run(["--read", "flood.pcap", "--json"]);
    expect(JSON.parse(stdout).anomalies).toMatchObject({ flagged: before.flagged, expectedPackets: 0 });
  });

  test("without a mark nothing is made, and a damaged file is told and kept aside", async () => {
    const shown = await Shown.start("--state", "other");
    await shown.stop();
    expect(readdirSync(folder)).not.toContain("other");
    const path = join(folder, "expected.sqlite");
    writeFileSync(path, "no database at all ".repeat(100));
    const damaged = await Shown.start("--state", ".");
    const { key } = (await damaged.anomalies()).episodes[0]!;
    expect((await damaged.ask("api/expected", mark(key))).status).toBe(200);
    expect(await damaged.stop()).toBe(
      `pcs: ${path} is damaged: it is kept as ${path}.damaged-1, and what was marked as expected is raised again.\n`,
    );
    expect(readFileSync(`${path}.damaged-1`, "utf8")).toStartWith("no database");
  });
});

test("another capture is opened and closed, and nothing of it stays in any folder", async () => {
  const shown = await Shown.start();
  const body = readFileSync(join(folder, "flood.pcap"));
  const before = readdirSync(folder);
  const answer = await shown.ask("api/captures?name=%3Cscript%3E", { method: "POST", body });
  expect(await answer.json()).toMatchObject({ id: "1", name: "<script>" });
  // It is answered when there is something to be seen, and read on meanwhile.
  const isRead = { id: "1", name: "<script>", packets: 2200, live: false };
  const row = async (): Promise<{ live: boolean }> =>
    ((await (await shown.ask("api/captures")).json()) as { live: boolean }[])[1]!;
  while ((await row()).live) await Bun.sleep(20);
  expect(await row()).toMatchObject(isRead);
  expect(readdirSync(folder)).toEqual(before);
  const bad = await shown.ask("api/captures?name=text", { method: "POST", body: "only text, no capture" });
  const { stderr } = await run(["--read", main]);
  expect(await bad.json()).toEqual({
    error: { code: "bad_request", message: "text is no capture: it is neither pcap nor pcapng nor snoop." },
  });
  // The same sentence as on the command line.
  expect(stderr).toBe(`pcs: ${main} is no capture: it is neither pcap nor pcapng nor snoop.\n`);
  expect((await shown.ask("api/captures/1", { method: "DELETE" })).status).toBe(204);
  await shown.stop();
  expect(readdirSync(folder)).toEqual(before);
});

test("a capture file that is removed while it is open stays shown", async () => {
  writeFileSync(join(folder, "gone.pcap"), readFileSync(join(folder, "flood.pcap")));
  const shown = await Shown.start("--read", "gone.pcap");
  rmSync(join(folder, "gone.pcap"));
  expect(await (await shown.ask("api/packets/7")).json()).toMatchObject({
    number: 7,
    bytes: expect.stringMatching(/^[0-9a-f]+$/),
  });
  const file = await (await shown.ask("api/export.pcap?q=number<=5")).bytes();
  expect(file.length).toBeGreaterThan(24 + 5 * 16);
  await shown.stop();
});

describe("--report", () => {
  test("writes one file, the same for the same capture and seed, and exits", async () => {
    const words = ["--read", "flood.pcap", "--report", "a.html"];
    expect(await run(words)).toEqual({ code: 0, stdout: "", stderr: "" });
    const first = readFileSync(join(folder, "a.html"), "utf8");
    const { code, stdout } = await run([...words, "--json"]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "a.html"), "utf8")).toBe(first);
    const json = /id="pcs-data">(.*)<\/script>/.exec(first)?.[1] ?? "";
    const data = JSON.parse(json) as { report: unknown };
    expect(data.report).toEqual(JSON.parse(stdout));
    expect(await run([...words.slice(0, 2), "--report", "b.html", "--seed", "2"])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "b.html"), "utf8")).not.toBe(first);
  });

  test("names that would be markup are text", async () => {
    expect((await run(["--read", "<script>.pcap", "--report", "c.html"])).code).toBe(0);
    const html = readFileSync(join(folder, "c.html"), "utf8");
    expect(html).toContain('"name":"\\u003cscript>.pcap"');
    expect(html).not.toContain("<script>.pcap");
  });

  test("where it cannot be written that is one sentence, before anything is read", async () => {
    expect(await run(["--read", "nowhere.pcap", "--report", "no/where.html"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "pcs: cannot write no/where.html: there is no such file or folder.\n",
    });
  });
});
