/** `pcs analyze` as a program: what it prints where, and how it ends. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { pcapFile } from "../analyzer/capture/capture-builder.test-support.ts";
import { openLibpcap } from "../analyzer/capture/live/libpcap.ts";
import { ethernet, ipv4, tcp } from "../analyzer/packet/packet-builder.test-support.ts";

const main = resolve(import.meta.dir, "../main.ts");
const packet = { data: ethernet(0x0800, ipv4(6, tcp())), seconds: 1 };
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
  writeFileSync(join(folder, "two.pcap"), pcapFile([packet, packet]));
  writeFileSync(join(folder, "cut.pcap"), pcapFile([packet, packet]).subarray(0, -1));
  writeFileSync(join(folder, "two.gz"), gzipSync(pcapFile([packet, packet])));
  writeFileSync(join(folder, "text"), "no capture, only text\n");
  writeFileSync(join(folder, "empty"), "");
  mkdirSync(join(folder, "state"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function analyze(words: string[], options: { stdin?: Uint8Array; env?: Record<string, string> } = {}) {
  const child = Bun.spawn([process.execPath, main, "analyze", ...words], {
    cwd: folder,
    stdin: options.stdin ?? "ignore",
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env, XDG_STATE_HOME: join(folder, "state"), PCS_TOKEN: "", ...options.env },
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, stdout, stderr };
}

/** Starts a dashboard and waits for its line. */
async function dashboard(words: string[], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, main, "analyze", "--port", "0", ...words], {
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env, XDG_STATE_HOME: join(folder, "state"), PCS_TOKEN: "", ...env },
  });
  const { value } = await child.stdout.getReader().read();
  return { child, line: new TextDecoder().decode(value) };
}

describe("--json", () => {
  test("prints the report and nothing else", async () => {
    const { code, stdout, stderr } = await analyze(["--read", "two.pcap", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      source: { kind: "file", name: "two.pcap", linkTypes: ["ethernet"] },
      packets: 2,
      bytes: 108,
      protocols: { tcp: { packets: 2, bytes: 108 } },
    });
    expect(stdout.endsWith("}\n")).toBe(true);
    expect((await analyze(["--read", "two.pcap", "--json"])).stdout).toBe(stdout);
  });

  test("compressed, and from standard input", async () => {
    const { stdout } = await analyze(["--read", "two.gz", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ packets: 2 });
    const piped = await analyze(["--read", "-", "--json"], { stdin: pcapFile([packet]) });
    expect(JSON.parse(piped.stdout)).toMatchObject({ packets: 1, source: { kind: "stdin", name: "-" } });
  });

  test("a file that ends in the middle of a packet: what came before, a warning, exit 0", async () => {
    const { code, stdout } = await analyze(["--read", "cut.pcap", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      packets: 1,
      warnings: ["The file ends in the middle of packet 2; what came before it counts."],
    });
  });
});

test.each([
  ["text", "pcs: text is no capture: it is neither pcap nor pcapng nor snoop.\n"],
  ["empty", "pcs: empty is empty, and so no capture.\n"],
  ["nowhere", "pcs: cannot read nowhere: there is no such file or folder.\n"],
  [".", "pcs: cannot read .: it is a folder.\n"],
])("--read %s is one sentence, exit 1", async (name, sentence) => {
  expect(await analyze(["--read", name, "--json"])).toEqual({ code: 1, stdout: "", stderr: sentence });
});

test.each([
  [[], "pcs: say what to analyze: --iface NAME for live traffic, or --read FILE.\n"],
  [["--read", "two.pcap", "--count", "1"], "pcs: --count is for live traffic: it needs --iface.\n"],
  [
    ["--read", "two.pcap", "--no-promiscuous"],
    "pcs: --no-promiscuous is for live traffic: it needs --iface.\n",
  ],
  [
    ["--iface", "lo", "--count", "0"],
    "pcs: --count must be a whole number of packets from 1, and '0' is not.\n",
  ],
  [["--read", "two.pcap", "--port", "x"], "pcs: --port must be a port from 0 to 65535, and 'x' is none.\n"],
])("%p is wrong usage", async (words, sentence) => {
  const { code, stdout, stderr } = await analyze(words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toStartWith(`${sentence}\nReport on network traffic`);
});

describe("the dashboard", () => {
  test("prints its address, answers, and ends cleanly on Ctrl-C", async () => {
    writeFileSync(join(folder, "token"), "secret\n");
    const { child, line } = await dashboard(["--read", "two.pcap", "--token-file", "token"]);
    expect(line).toMatch(/^Dashboard: http:\/\/127\.0\.0\.1:\d+\/\n$/);
    const headers = { Authorization: "Bearer secret" };
    const answer = await fetch(`${line.slice(11).trim()}api/report`, { headers });
    expect(await answer.json()).toMatchObject({ packets: 2 });
    child.kill("SIGINT");
    expect(await child.exited).toBe(0);
  });

  test("takes its token from the environment too", async () => {
    const { child, line } = await dashboard(["--read", "two.pcap"], { PCS_TOKEN: "other" });
    const url = `${line.slice(11).trim()}api/report`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { Authorization: "Bearer other" } })).status).toBe(200);
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
  });

  test("a token file that is missing or holds no token", async () => {
    expect((await analyze(["--read", "two.pcap", "--token-file", "nowhere"])).code).toBe(1);
    expect((await analyze(["--read", "two.pcap", "--token-file", "empty"])).stderr).toBe(
      "pcs: empty holds no token: it must be one word of ASCII characters.\n",
    );
  });
});

/** Asks a dashboard that has printed `line`. */
async function ask(line: string, path: string): Promise<Response> {
  return await fetch(`${line.slice(11).trim()}${path}`, { headers: { Authorization: "Bearer secret" } });
}

describe("the packets of the dashboard", () => {
  const file = pcapFile(Array.from({ length: 5 }, (_, i) => ({ ...packet, seconds: i })));
  beforeAll(() => {
    writeFileSync(join(folder, "five.pcap"), file);
    writeFileSync(join(folder, "five.gz"), gzipSync(file));
    mkdirSync(join(folder, "tmp"));
  });

  for (const [name, end] of [
    ["five.pcap", "SIGINT"],
    ["five.gz", "SIGINT"],
    ["five.gz", "SIGTERM"],
    ["five.gz", "SIGKILL"],
  ] as const)
    test(`${name}: one and all, and nothing is left behind by ${end}`, async () => {
      const env = { PCS_TOKEN: "secret", TMPDIR: join(folder, "tmp") };
      const { child, line } = await dashboard(["--read", name], env);
      expect(await (await ask(line, "api/packets/5")).json()).toMatchObject({
        number: 5,
        time: 4,
        bytes: packet.data.toHex(),
      });
      expect((await (await ask(line, "api/export.pcap")).bytes()).length).toBe(file.length);
      expect(await (await ask(line, "api/report")).json()).toMatchObject({ warnings: [] });
      child.kill(end);
      expect(await child.exited).toBe(end === "SIGKILL" ? 137 : 0);
      if (process.platform !== "win32") expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    });
});

test("a reader of the report that stops early is no fault", async () => {
  const sizes = Array.from({ length: 20_000 }, (_, i) => ({ data: new Uint8Array(0), wire: i, seconds: i }));
  writeFileSync(join(folder, "long.pcap"), pcapFile(sizes));
  const pipeline = `"$1" "$2" analyze --read long.pcap --json | head -c 10`;
  const child = Bun.spawn(["sh", "-c", pipeline, "sh", process.execPath, main], {
    cwd: folder,
    stdout: "pipe",
    stderr: "pipe",
  });
  expect(await child.stdout.text()).toBe('{"source":');
  expect(await child.stderr.text()).toBe("");
});

describe("standard input that grows", () => {
  const one = pcapFile([packet]);
  const rest = one.subarray(24);

  test("Ctrl-C prints the report of what was read, exit code 130", async () => {
    const child = Bun.spawn([process.execPath, main, "analyze", "--read", "-", "--json"], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    // It reads from here on: the pipe takes more than it can hold only once pcs empties it.
    const large = pcapFile(Array.from({ length: 2000 }, () => ({ data: new Uint8Array(1000) })));
    await child.stdin.write(large);
    await child.stdin.flush();
    child.kill("SIGINT");
    const report = JSON.parse(await child.stdout.text());
    expect(await child.exited).toBe(130);
    expect(report.packets).toBeGreaterThan(0);
    expect(report.packets).toBeLessThanOrEqual(2000);
    expect(await child.stderr.text()).toBe("");
  });

  test("Ctrl-C before there is anything to report prints nothing", async () => {
    const child = Bun.spawn([process.execPath, main, "analyze", "--read", "-", "--json"], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    await Bun.sleep(1000);
    child.kill("SIGINT");
    expect(await child.exited).toBe(130);
    expect(await child.stdout.text()).toBe("");
  });

  test("is shown packet by packet", async () => {
    const child = Bun.spawn([process.execPath, main, "analyze", "--read", "-", "--port", "0"], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
      env: { ...process.env, PCS_TOKEN: "secret" },
    });
    await child.stdin.write(one);
    await child.stdin.flush();
    const { value } = await child.stdout.getReader().read();
    const url = `${new TextDecoder().decode(value).slice(11).trim()}api/report`;
    const ask = async (): Promise<{ packets: number; live?: boolean }> =>
      JSON.parse(await (await fetch(url, { headers: { Authorization: "Bearer secret" } })).text());
    const until = async (packets: number): Promise<{ packets: number; live?: boolean }> => {
      for (;;) {
        const report = await ask();
        if (report.packets === packets) return report;
        await Bun.sleep(50);
      }
    };
    expect(await until(1)).toMatchObject({ live: true });
    // Half a packet is none yet.
    await child.stdin.write(rest.subarray(0, 20));
    await child.stdin.flush();
    await Bun.sleep(100);
    expect((await ask()).packets).toBe(1);
    await child.stdin.write(rest.subarray(20));
    await child.stdin.flush();
    expect(await until(2)).toMatchObject({ live: true });
    await child.stdin.end();
    while ((await ask()).live) await Bun.sleep(50);
    expect((await ask()).packets).toBe(2);
    child.kill("SIGINT");
    expect(await child.exited).toBe(0);
  });
});

test("--filter leaves of a capture what matches, or says what it needs", async () => {
  const hidden = await analyze(["--read", "two.pcap", "--json", "--filter", "tcp"], {
    env: { PCS_LIBPCAP: "none" },
  });
  expect({ ...hidden, stderr: 0 }).toEqual({ code: 1, stdout: "", stderr: 0 });
  expect(hidden.stderr).toMatch(/^pcs: --filter needs libpcap, which is not installed here: [^\n]+\.\n$/);
  if (openLibpcap(process.platform) === undefined) {
    process.stderr.write("skipped: libpcap is not installed\n");
    return;
  }
  for (const [filter, packets] of [
    ["tcp", 2],
    ["udp", 0],
  ] as const) {
    const { code, stdout } = await analyze(["--read", "two.pcap", "--json", "--filter", filter]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ packets });
  }
});

describe("live traffic", () => {
  test("an interface that is not there is one sentence, exit 1", async () => {
    const { code, stdout, stderr } = await analyze(["--iface", "nowhere0", "--json"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pcs: cannot capture on nowhere0: [^\n]+\.?\n$/);
  });
});
