import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { pcapFile, pcapngBlocks } from "../capture/capture-builder.test-support.ts";
import { maxNameLength, maxUploadBytes, maxUploads } from "../limits.ts";
import { ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import type { CaptureRow } from "./contract.ts";
import { onePacket, problemOf, TestDashboard } from "./dashboard.test-support.ts";

const datagrams = pcapFile([2, 3].map((seconds) => ({ data: ethernet(0x0800, ipv4(17, udp())), seconds })));
const first = { id: "0", name: "small.pcap", kind: "stdin", packets: 1, live: false };
let folder = "";
let dashboard: TestDashboard;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
  dashboard = await TestDashboard.open({ folders: [folder], isJudged: true });
});
afterEach(async () => {
  await dashboard[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function open(content: Uint8Array, query = ""): Promise<CaptureRow> {
  const response = await dashboard.post(`/api/captures${query}`, content);
  expect(response.status).toBe(201);
  return (await response.json()) as CaptureRow;
}

async function list(): Promise<CaptureRow[]> {
  return (await (await dashboard.ask("/api/captures")).json()) as CaptureRow[];
}

async function json(path: string): Promise<Record<string, unknown>> {
  return (await (await dashboard.ask(path)).json()) as Record<string, unknown>;
}

async function remove(id: string): Promise<Response> {
  return await dashboard.ask(`/api/captures/${id}`, {}, { method: "DELETE" });
}

test("another capture is open beside the first, each route answers for the one it is asked for", async () => {
  const row = await open(datagrams, "?name=two.pcap");
  expect(row).toEqual({ id: "1", name: "two.pcap", kind: "file", packets: 2, live: false });
  expect(await list()).toEqual([first, row] as CaptureRow[]);
  expect(readdirSync(folder)).toEqual([]);
  expect(await json("/api/report?capture=1")).toMatchObject({
    source: { name: "two.pcap" },
    packets: 2,
    anomalies: { scored: 2 },
  });
  expect(await json("/api/series?capture=1")).toMatchObject({ time: [2, 3] });
  expect(await json("/api/packets/2?capture=1")).toMatchObject({ number: 2, protocol: "udp" });
  expect(await (await dashboard.ask("/metrics?capture=1")).text()).toContain("pcs_packets 2\n");
  expect(await json("/api/report?capture=0")).toMatchObject({ packets: 1 });
  expect((await (await dashboard.ask("/api/export.pcap?capture=1")).bytes()).length).toBe(24 + 2 * (16 + 42));
});

test.each([
  ["pcapng", bytes(pcapngBlocks().section(), pcapngBlocks().interface())],
  ["gzip", gzipSync(datagrams)],
  ["zstd", zstdCompressSync(datagrams)],
])("%s is a capture too", async (_, content) => {
  expect((await open(content)).kind).toBe("file");
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ["", "uploaded capture"],
  ["../../etc/passwd", "../../etc/passwd"],
  ["a\r\nb\u202ec\0", "a��b�c�"],
  ["x".repeat(1000), "x".repeat(maxNameLength)],
])("the name %p is text: %p", async (given, shown) => {
  const { name } = await open(onePacket, `?name=${encodeURIComponent(given)}`);
  expect(name).toBe(shown);
});

test("one that is closed is gone, its number is not given again, and the first one stays", async () => {
  await open(datagrams);
  expect((await remove("1")).status).toBe(204);
  expect(await list()).toEqual([first] as CaptureRow[]);
  expect(await problemOf(dashboard.ask("/api/report?capture=1"))).toBe(
    "404 not_found: There is no open capture '1'.",
  );
  expect(await problemOf(remove("1"))).toBe("404 not_found: There is no open capture '1'.");
  expect(await problemOf(remove("0"))).toBe(
    "400 bad_request: The capture that pcs was started with stays open.",
  );
  expect((await open(datagrams)).id).toBe("2");
});

test("more than may be open are refused, and nothing is lost", async () => {
  for (let i = 0; i < maxUploads; i++) await open(datagrams);
  expect(await problemOf(dashboard.post("/api/captures", onePacket))).toBe(
    `429 too_many: At most ${maxUploads} captures can be open besides the first one; close one of them.`,
  );
  expect(await list()).toHaveLength(maxUploads + 1);
  await remove("2");
  await open(datagrams);
  const metrics = await (await dashboard.ask("/metrics")).text();
  expect(metrics).toContain(`pcs_captures_open ${maxUploads + 1}\n`);
  expect(metrics).toContain(`pcs_uploads_total ${maxUploads + 1}\n`);
  expect(metrics).toContain("pcs_uploads_refused_total 1\n");
  expect(metrics).toContain(`pcs_upload_bytes_total ${(maxUploads + 1) * datagrams.length}\n`);
});

test("those that are still arriving count", async () => {
  const sending: ReadableStreamDefaultController[] = [];
  const arriving = Array.from({ length: maxUploads }, () =>
    dashboard.post("/api/captures", new ReadableStream({ start: (c) => void sending.push(c) })),
  );
  expect(await problemOf(dashboard.post("/api/captures", onePacket))).toStartWith("429 too_many");
  for (const controller of sending) {
    controller.enqueue(onePacket);
    controller.close();
  }
  for (const response of await Promise.all(arriving)) expect(response.status).toBe(201);
});

describe("what is refused leaves nothing behind, and all that was open stays", () => {
  test.each<[string, Bun.BodyInit, Record<string, string>, string]>([
    [
      "text",
      "this is some text and no capture",
      {},
      "400 bad_request: bad is no capture: it is neither pcap nor pcapng nor snoop.",
    ],
    ["nothing", "", {}, "400 bad_request: bad is empty, and so no capture."],
    [
      "gzip of text",
      gzipSync("hello"),
      {},
      "400 bad_request: bad is no capture: it is neither pcap nor pcapng nor snoop.",
    ],
    [
      "a body that is shorter than it says",
      onePacket,
      { "Content-Length": "1000" },
      `400 bad_request: Of 1000 bytes that were announced ${onePacket.length} came.`,
    ],
    [
      "a body that is longer than it says",
      onePacket,
      { "Content-Length": "10" },
      `400 bad_request: Of 10 bytes that were announced ${onePacket.length} came.`,
    ],
    [
      "one that says it is too large",
      onePacket,
      { "Content-Length": String(maxUploadBytes + 1) },
      "413 too_large: A capture may have at most",
    ],
  ])("%s", async (_, body, headers, problem) => {
    expect(await problemOf(dashboard.post("/api/captures?name=bad", body, headers))).toStartWith(problem);
    expect(await list()).toEqual([first] as CaptureRow[]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a parameter that is not known", async () => {
    expect(await problemOf(dashboard.post("/api/captures?file=x", onePacket))).toBe(
      "400 unknown_parameter: There is no parameter 'file' here.",
    );
  });

  test("no folder to keep it in", async () => {
    await using nowhere = await TestDashboard.open({ folders: [join(folder, "nowhere")] });
    expect(await problemOf(nowhere.post("/api/captures", onePacket))).toBe(
      "507 no_room: The capture cannot be kept: there is no such file or folder.",
    );
  });
});

test("a file that ends in the middle of a packet: what came before counts, and that is told", async () => {
  await open(datagrams.subarray(0, -1));
  expect(await json("/api/report?capture=1")).toMatchObject({
    packets: 1,
    warnings: ["The file ends in the middle of packet 2; what came before it counts."],
  });
});

test("streams of a capture that is closed end", async () => {
  await open(pcapFile([{ data: ethernet(0x0800, ipv4(6, tcp())), seconds: 1 }]));
  const reader = (await dashboard.ask("/api/live?capture=1")).body!.getReader();
  await reader.read();
  await remove("1");
  expect((await reader.read()).done).toBe(true);
});

test("one that arrives while the dashboard is closed is not opened", async () => {
  const sending = Promise.withResolvers<ReadableStreamDefaultController>();
  const body = new ReadableStream({ start: (controller) => sending.resolve(controller) });
  const answer = dashboard.post("/api/captures", body);
  const controller = await sending.promise;
  await dashboard.captures.closeAll();
  controller.enqueue(datagrams);
  controller.close();
  expect(await problemOf(answer)).toBe("400 bad_request: The dashboard is being closed.");
  expect(dashboard.captures.all).toHaveLength(1);
});
