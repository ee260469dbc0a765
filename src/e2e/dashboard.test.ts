/** The dashboard of the built executable: what it keeps, opens, follows and writes. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { flood, ordinary } from "../analyzer/anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../analyzer/capture/capture-builder.test-support.ts";
import type { Answers, LiveSnapshot } from "../analyzer/dashboard/contract.ts";
import { emptyFolder, executable, Typed } from "./executable.test-support.ts";

setDefaultTimeout(120_000);

const token = "a-token-for-this-test";
const headers = { Authorization: `Bearer ${token}` };
const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });
/** A header of the file, and one of the first packet: no packet yet. */
const headBytes = 24 + 16;
let folder = "";

beforeAll(() => {
  folder = emptyFolder();
  writeFileSync(join(folder, "flood.pcap"), content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @param piped what comes on standard input before there is a dashboard */
async function start(words: string[], piped = new Uint8Array(0)) {
  const cmd = [executable(), "analyze", ...words, "--port", "0", "--state", "state"];
  const program = new Typed(cmd, { cwd: folder, env: { PCS_TOKEN: token, TMPDIR: folder } });
  if (piped.length > 0) pipe(program, piped);
  const line = await program.prints("/\n");
  const url = line.slice(line.indexOf("http")).trim();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    await fetch(url + path, { headers, ...init });
  const json = async <R extends keyof Answers>(route: R, query = ""): Promise<Answers[R]> =>
    (await (await ask(`${route.slice(1)}?${query}`)).json()) as Answers[R];
  return { program, ask, json };
}

function pipe({ process }: Typed, bytes: Uint8Array): void {
  void process.stdin.write(bytes);
  void process.stdin.flush();
}

async function stop({ process, errors }: Typed): Promise<void> {
  process.kill("SIGINT");
  expect([await process.exited, errors]).toEqual([0, ""]);
}

test("a mark is kept over a restart, and a filter answers by its packets", async () => {
  const first = await start(["--read", "flood.pcap"]);
  const before = await first.json("/api/anomalies");
  const { key } = before.episodes[0]!;
  const body = JSON.stringify({ key, expected: true });
  expect((await first.ask("api/expected", { method: "POST", body })).status).toBe(200);
  expect(await first.json("/api/report", "dst=10.0.0.2&from=40&to=41")).toMatchObject({
    selection: { firstStored: 1, lastStored: 2200 },
  });
  await stop(first.program);
  const second = await start(["--read", "flood.pcap"]);
  expect((await second.json("/api/expected")).map((row) => row.key)).toEqual([key]);
  const { flagged, expectedPackets } = await second.json("/api/anomalies");
  expect([expectedPackets > 250, flagged + expectedPackets]).toEqual([true, before.flagged]);
  await stop(second.program);
});

test("another capture is opened beside one that still comes, which is followed live", async () => {
  const { program, ask, json } = await start(["--read", "-"], content.subarray(0, headBytes));
  const answer = await ask("api/live");
  const decoder = new TextDecoder();
  let text = "";
  const reader = answer.body!.getReader();
  const until = async (holds: (snapshot: LiveSnapshot) => boolean): Promise<void> => {
    for (;;) {
      const data = [...text.matchAll(/^data: (.*)$/gm)].at(-1)?.[1];
      if (data !== undefined && holds(JSON.parse(data) as LiveSnapshot)) return;
      const { value, done } = await reader.read();
      if (done) throw new Error(`it ended: ${text}`);
      text += decoder.decode(value as Uint8Array);
    }
  };
  await until(({ packets, live }) => packets === 0 && live);
  pipe(program, content.subarray(headBytes));
  const body = readFileSync(join(folder, "flood.pcap"));
  expect((await ask("api/captures?name=other", { method: "POST", body })).status).toBe(201);
  expect((await json("/api/captures")).map(({ name }) => name)).toEqual(["-", "other"]);
  expect((await json("/api/packets", "capture=1&q=tcp")).total).toBe(2200);
  await until(({ packets }) => packets === 2200);
  await program.process.stdin.end();
  await until(({ live }) => !live);
  expect((await reader.read()).done).toBe(true);
  await stop(program);
});

test("a capture file that is removed while it is open is shown on, packets and files", async () => {
  writeFileSync(join(folder, "gone.pcap"), content);
  const { program, ask, json } = await start(["--read", "gone.pcap"]);
  while ((await json("/api/report")).live === true) await Bun.sleep(20);
  rmSync(join(folder, "gone.pcap"));
  const packet = (await (await ask("api/packets/7")).json()) as Answers["/api/packets/:number"];
  expect([packet.number, packet.bytes?.length]).toEqual([7, 2 * packet.capturedBytes]);
  expect(await (await ask("api/export.pcap")).bytes()).toHaveLength(content.length);
  await stop(program);
});

test("--report writes the page with its data, and nothing in it is fetched from elsewhere", async () => {
  const cmd = [executable(), "analyze", "--read", "flood.pcap", "--report", "a.html"];
  const program = new Typed(cmd, { cwd: folder });
  expect([await program.process.exited, program.output, program.errors]).toEqual([0, "", ""]);
  const html = readFileSync(join(folder, "a.html"), "utf8");
  const data = JSON.parse(
    /id="pcs-data">(.*)<\/script><\/body>/.exec(html)?.[1] ?? "",
  ) as Answers["/api/report"];
  expect(data).toMatchObject({ report: { packets: 2200 }, packets: { offset: 0 } });
  expect(html).not.toMatch(/<(script|link|img)\b[^>]*\s(src|href)="(?!data:)/);
  expect(html).toContain("default-src 'none'; script-src 'sha256-");
});
