import { afterAll, beforeAll, expect, test } from "bun:test";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

const data = ethernet(0x0800, ipv4(6, tcp()));
const many = Array.from({ length: 3000 }, (_, i) => ({ data, seconds: i, fraction: i }));
let dashboard: TestDashboard;

beforeAll(async () => {
  dashboard = await TestDashboard.open({ content: pcapFile(many, { magic: 0xa1b23c4d }) });
});
afterAll(() => dashboard[Symbol.asyncDispose]());

test("one packet with its layers and its bytes", async () => {
  const response = await dashboard.ask("/api/packets/7?capture=0");
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

const odd = "99999999999999999";

test.each([
  ["0", "400 bad_request: A packet's number counts from 1, and '0' is none."],
  ["x", "400 bad_request: A packet's number counts from 1, and 'x' is none."],
  ["1.5", "400 bad_request: A packet's number counts from 1, and '1.5' is none."],
  ["-1", "400 bad_request: A packet's number counts from 1, and '-1' is none."],
  ["1e3", "400 bad_request: A packet's number counts from 1, and '1e3' is none."],
  [odd, `400 bad_request: A packet's number counts from 1, and '${odd}' is none.`],
  ["7?q=tcp", "400 unknown_parameter: There is no parameter 'q' here."],
  ["7?capture=9", "404 not_found: There is no open capture '9'."],
  ["7?capture=0&capture=0", "400 bad_request: The parameter 'capture' stands there more than once."],
  ["3001", "404 not_found: There is no packet 3001: the last one has the number 3000."],
  ["7/8", "404 not_found: There is no GET /api/packets/7/8 here."],
])("%s: %s", async (number, problem) => {
  expect(await problemOf(dashboard.ask(`/api/packets/${number}`))).toBe(problem);
});
