import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Hono } from "hono";
import { tmpdir } from "node:os";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { memoryBytes, pcapFile, pcapngBlocks, readCapture } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import { LiveMonitor } from "../monitor/live-monitor.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { createAccess } from "./access.ts";
import { createDashboardApp } from "./dashboard-app.ts";

const data = ethernet(0x0800, ipv4(6, tcp()));
const content = pcapFile(
  Array.from({ length: 30_000 }, (_, i) => ({ data, seconds: i, fraction: i })),
  { magic: 0xa1b23c4d },
);
const Host = "127.0.0.1:8050";
let packets: StoredPackets;
let app: Hono;

async function open(capture: Uint8Array, token?: string): Promise<void> {
  const source = await openCapture("stdin", "-", memoryBytes(capture));
  packets = openStoredPackets(source, [tmpdir()]);
  const monitor = new LiveMonitor(source, { now: () => 0, store: packets });
  await monitor.run();
  const access = createAccess(token);
  app = createDashboardApp({ current: () => monitor.current(), packets, page: new Map(), access, names: [] });
}

beforeEach(() => open(content));
afterEach(() => packets.close());

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await app.request(path, { headers: { Host, ...headers } });
}

async function problemOf(path: string): Promise<string> {
  const response = await ask(path);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return `${response.status} ${error.code}: ${error.message}`;
}

describe("one packet", () => {
  test("with its layers and its bytes", async () => {
    const response = await ask("/api/packets/7");
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "application/json"]);
    const text = await response.text();
    expect(text).toContain('"time":6.000000006,');
    expect(JSON.parse(text)).toMatchObject({
      number: 7,
      source: "10.0.0.1",
      protocol: "tcp",
      size: 54,
      layers: [{ name: "ethernet" }, { name: "ipv4" }, { name: "tcp", start: 34, length: 20 }],
      bytes: data.toHex(),
    });
  });

  test.each([
    ["0", "400 bad_request: A packet's number counts from 1, and '0' is none."],
    ["x", "400 bad_request: A packet's number counts from 1, and 'x' is none."],
    ["1.5", "400 bad_request: A packet's number counts from 1, and '1.5' is none."],
    ["-1", "400 bad_request: A packet's number counts from 1, and '-1' is none."],
    ["1e3", "400 bad_request: A packet's number counts from 1, and '1e3' is none."],
    [
      "99999999999999999",
      "400 bad_request: A packet's number counts from 1, and '99999999999999999' is none.",
    ],
    ["7?q=tcp", "400 unknown_parameter: There is no parameter 'q' here."],
    ["30001", "404 not_found: There is no packet 30001: the last one has the number 30000."],
    ["7/8", "404 not_found: There is no GET /api/packets/7/8 here."],
  ])("%s: %s", async (number, problem) => {
    expect(await problemOf(`/api/packets/${number}`)).toBe(problem);
  });
});

describe("all packets as a file", () => {
  test.each(["pcap", "pcapng"])("%s", async (format) => {
    const response = await ask(`/api/export.${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Disposition")).toBe(`attachment; filename="packets.${format}"`);
    expect(response.headers.get("Content-Type")).toContain("pcap");
    const file = await response.bytes();
    expect((await readCapture(file)).packets).toEqual((await readCapture(content)).packets);
  });

  test("is made as it is read, and may be given up", async () => {
    const reader = (await ask("/api/export.pcap")).body!.getReader();
    const { value } = await reader.read();
    expect((value as Uint8Array).length).toBeLessThanOrEqual(1 << 20);
    await reader.cancel();
  });

  test("of no packets is a file too", async () => {
    await packets.close();
    await open(pcapFile([]));
    const file = await (await ask("/api/export.pcap")).bytes();
    expect(await readCapture(file)).toMatchObject({ packets: [], linkTypes: [1], warnings: [] });
  });

  test("of several link types pcap cannot hold, but pcapng", async () => {
    const ng = pcapngBlocks();
    const one = ng.enhanced(0, 0, 1, bytes("45"));
    const other = ng.enhanced(1, 0, 1, bytes("45"));
    await packets.close();
    await open(bytes(ng.section(), ng.interface(101), ng.interface(1), one, other));
    expect(await problemOf("/api/export.pcap")).toStartWith(
      "409 several_link_types: The packets are of several link types, and a pcap file can hold one;",
    );
    const file = await (await ask("/api/export.pcapng")).bytes();
    expect((await readCapture(file)).linkTypes).toEqual([101, 1]);
  });

  test("takes no filter that would not be applied", async () => {
    expect(await problemOf("/api/export.pcap?src=10.0.0.1")).toBe(
      "400 unknown_parameter: There is no parameter 'src' here.",
    );
  });
});

test("the token guards them all", async () => {
  await packets.close();
  await open(content, "secret");
  for (const path of ["/api/packets/1", "/api/packets/x", "/api/export.pcap", "/api/export.pcapng"]) {
    expect(await problemOf(path)).toStartWith("401 token_needed");
    expect((await ask(path, { Authorization: "Bearer secret" })).status).toBeOneOf([200, 400]);
    expect((await ask(path, { Host: "evil.example" })).status).toBe(403);
  }
});
