import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { pcapFile, pcapngBlocks, readCapture } from "../capture/capture-builder.test-support.ts";
import { exportRowsAtOnce, maxExports } from "../limits.ts";
import { ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import type { PacketStore } from "../store/packet-store.ts";
import type { PacketRow } from "./contract.ts";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

const [segment, datagram] = [ethernet(0x0800, ipv4(6, tcp())), ethernet(0x0800, ipv4(17, udp()))];
const content = pcapFile(
  Array.from({ length: 30_000 }, (_, i) => ({
    data: i % 3 === 0 ? datagram : segment,
    seconds: i,
    fraction: i,
  })),
  { magic: 0xa1b23c4d },
);
let dashboard: TestDashboard;

beforeAll(async () => {
  dashboard = await TestDashboard.open({ content });
});
afterAll(() => dashboard[Symbol.asyncDispose]());

async function file(path: string, from = dashboard): Promise<Uint8Array> {
  const response = await from.ask(path);
  expect(response.status).toBe(200);
  return await response.bytes();
}

describe.each(["pcap", "pcapng"])("all packets as %s", (format) => {
  test("are those that were read", async () => {
    const response = await dashboard.ask(`/api/export.${format}`);
    expect(response.headers.get("Content-Disposition")).toBe(`attachment; filename="packets.${format}"`);
    expect(response.headers.get("Content-Type")).toContain("pcap");
    const read = await readCapture(await response.bytes());
    expect(read.packets).toEqual((await readCapture(content)).packets);
  });

  test("are exactly those selected", async () => {
    const { packets } = await readCapture(await file(`/api/export.${format}?protocol=udp&from=10&to=20`));
    expect(packets.map(({ seconds }) => seconds)).toEqual([12, 15, 18]);
    const none = await readCapture(await file(`/api/export.${format}?src=192.0.2.1`));
    expect(none).toMatchObject({ packets: [], linkTypes: [1], warnings: [] });
  });
});

test("rows as JSON, times with all their digits", async () => {
  const text = new TextDecoder().decode(await file("/api/export.json?q=number <= 2"));
  expect(text).toContain('"time":1.000000001,');
  expect(JSON.parse(text)).toEqual([
    {
      number: 1,
      time: 0,
      source: "10.0.0.1",
      destination: "10.0.0.2",
      sourcePort: 40_001,
      destinationPort: 53,
      protocol: "udp",
      size: 42,
      score: null,
      flagged: false,
      flow: 1,
    },
    expect.objectContaining({ number: 2, protocol: "tcp", size: 54 }),
  ]);
  expect(JSON.parse(new TextDecoder().decode(await file("/api/export.json?port=1")))).toEqual([]);
});

test("rows as CSV", async () => {
  const text = new TextDecoder().decode(await file("/api/export.csv?from=7&to=9"));
  expect(text).toBe(
    "number,time,source,destination,sourcePort,destinationPort,protocol,size,score,flagged,flow,reasons\r\n" +
      "8,7.000000007,10.0.0.1,10.0.0.2,40000,80,tcp,54,,false,2,\r\n" +
      "9,8.000000008,10.0.0.1,10.0.0.2,40000,80,tcp,54,,false,2,\r\n",
  );
});

test("as many rows as are selected, however many pieces it takes", async () => {
  const text = new TextDecoder().decode(await file("/api/export.csv?protocol=tcp"));
  expect(text.split("\r\n")).toHaveLength(20_000 + 2);
  const rows = JSON.parse(new TextDecoder().decode(await file("/api/export.json"))) as PacketRow[];
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 30_000 }, (_, i) => i + 1));
  expect(rows.length).toBeGreaterThan(exportRowsAtOnce * 2);
});

/** Sets the scores of the first packets, and of all others 0, instead of what the detector found. */
function setScores(columns: PacketStore, scores: number[], vectors: number[]): void {
  const [all, rows] = [new Uint16Array(columns.last), new Uint32Array(columns.last)];
  all.set(scores);
  rows.set(vectors);
  columns.setScores(1, all, rows, all.length);
}

test("flagged packets have their score and their reasons with them", async () => {
  const reason = { feature: "x", value: 1, typical: null, weight: 1, text: "=cmd|' /C calc'!A0, <script>" };
  const reasonsOf = (vector: number) => (vector === 7 ? [reason] : []);
  await using judged = await TestDashboard.open({
    content,
    isJudged: true,
    threshold: 0.6,
    changed: { reasonsOf },
  });
  const { columns } = judged.captures.find(undefined)!.packets;
  setScores(columns, [6000, 5999, 9500], [7, 7, 0]);
  const csv = new TextDecoder().decode(await file("/api/export.csv?q=number <= 3", judged));
  expect(csv.split("\r\n").slice(1, 4)).toEqual([
    expect.stringMatching(/^1,.*,0\.6,true,1,"'=cmd\|' \/C calc'!A0, <script>"$/),
    expect.stringMatching(/^2,.*,0\.5999,false,2,$/),
    expect.stringMatching(/^3,.*,0\.95,true,2,$/),
  ]);
  const rows = JSON.parse(new TextDecoder().decode(await file("/api/export.json?q=flagged", judged)));
  expect(rows).toMatchObject([
    { number: 1, score: 0.6, reasons: [reason] },
    { number: 3, reasons: [] },
  ]);
  const pcapng = Buffer.from(await file("/api/export.pcapng?q=flagged", judged));
  expect((await readCapture(pcapng)).packets).toHaveLength(2);
  for (const text of ["pcs: score 0.6000\n=cmd|' /C calc'!A0, <script>", "pcs: score 0.9500"])
    expect(pcapng.includes(text)).toBe(true);
});

describe("a file that is read slowly", () => {
  test("is made as it is read, and may be given up", async () => {
    const reader = (await dashboard.ask("/api/export.pcap")).body!.getReader();
    const { value } = await reader.read();
    expect((value as Uint8Array).length).toBeLessThanOrEqual(1 << 20);
    await reader.cancel();
    expect(await (await dashboard.ask("/metrics")).text()).toContain("pcs_exports 0\n");
  });

  test("takes one of a few places, which a HEAD does not", async () => {
    const open: Response[] = [];
    for (let i = 0; i < maxExports; i++) open.push(await dashboard.ask("/api/export.csv"));
    expect((await dashboard.ask("/api/export.csv", {}, { method: "HEAD" })).status).toBe(200);
    expect(await problemOf(dashboard.ask("/api/export.json"))).toBe(
      `429 too_many: At most ${maxExports} files can be exported at once; wait for one.`,
    );
    const metrics = await (await dashboard.ask("/metrics")).text();
    expect(metrics).toContain(`pcs_exports ${maxExports}\n`);
    expect(metrics).toContain("pcs_exports_refused_total 1\n");
    for (const response of open) await response.body!.cancel();
    await file("/api/export.json?q=number = 1");
    expect(await (await dashboard.ask("/metrics")).text()).toContain("pcs_exports 0\n");
  });
});

test("of no packets every file is one too", async () => {
  await using empty = await TestDashboard.open({ content: pcapFile([]) });
  expect(await readCapture(await file("/api/export.pcap", empty))).toMatchObject({ packets: [] });
  expect(JSON.parse(new TextDecoder().decode(await file("/api/export.json", empty)))).toEqual([]);
  expect(new TextDecoder().decode(await file("/api/export.csv", empty))).toMatch(/^number,[^\n]+\r\n$/);
});

test("of several link types pcap cannot hold, but pcapng; selected, each has its own", async () => {
  const ng = pcapngBlocks();
  const [one, other] = [ng.enhanced(0, 0, 1, bytes("45")), ng.enhanced(1, 0, 1, bytes("45"))];
  await using several = await TestDashboard.open({
    content: bytes(ng.section(), ng.interface(101), ng.interface(1), one, other),
  });
  expect(await problemOf(several.ask("/api/export.pcap"))).toBe(
    "409 several_link_types: The packets are of several link types, and a pcap file can hold one; " +
      "/api/export.pcapng holds them all.",
  );
  expect((await readCapture(await file("/api/export.pcapng", several))).linkTypes).toEqual([101, 1]);
  const second = await readCapture(await file("/api/export.pcap?q=number = 2", several));
  expect([second.linkTypes, second.packets.length]).toEqual([[1], 1]);
});

test.each([
  ["src=10.0.0", "400 bad_request"],
  ["limit=5", "400 unknown_parameter: There is no parameter 'limit' here."],
  ["q=tcp.prt = 1", "400 bad_request"],
  ["capture=1", "404 not_found: There is no open capture '1'."],
])("%s is refused: %s", async (query, problem) => {
  for (const format of ["pcap", "pcapng", "csv", "json"])
    expect(await problemOf(dashboard.ask(`/api/export.${format}?${query}`))).toStartWith(problem);
});

test("capinfos and tshark open what is exported, and show score and reasons as the packet's comment", async () => {
  if (Bun.which("tshark") === null || Bun.which("capinfos") === null) {
    process.stderr.write("skipped: tshark and capinfos are needed to open what is exported\n");
    return;
  }
  const reason = { feature: "x", value: 1, typical: null, weight: 1, text: "<script> é" };
  const changed = { reasonsOf: () => [reason] };
  await using judged = await TestDashboard.open({ content, isJudged: true, threshold: 0.6, changed });
  const { columns } = judged.captures.find(undefined)!.packets;
  setScores(columns, [9500, 100], [1, 2]);
  const folder = mkdtempSync(join(tmpdir(), "pcs-"));
  try {
    for (const format of ["pcap", "pcapng"]) {
      const path = join(folder, `a.${format}`);
      writeFileSync(path, await file(`/api/export.${format}?q=udp and number < 100`, judged));
      const counted = Bun.spawnSync(["capinfos", "-TMc", path]).stdout.toString();
      expect(counted.trim().split(/\s+/).at(-1)).toBe("33");
      const fields = ["-T", "fields", "-e", "frame.number", "-e", "frame.comment"];
      const shown = Bun.spawnSync(["tshark", "-r", path, ...fields])
        .stdout.toString()
        .trimEnd()
        .split("\n");
      expect(shown).toHaveLength(33);
      expect([shown[0]!.trim(), shown[1]!.trim()]).toEqual([
        format === "pcap" ? "1" : "1\tpcs: score 0.9500\\n<script> é",
        // A score without reasons: it is not flagged.
        format === "pcap" ? "2" : "2\tpcs: score 0.0000",
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
