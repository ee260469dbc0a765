import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Hono } from "hono";
import { renderSVG } from "uqr";
import { startTestServer, type TestServer } from "../server/session/test-client.test-support.ts";
import { testPage } from "./page-client.test-support.ts";
import { createWebApp, type WebCounts } from "./web-app.ts";

let server: TestServer;
let app: Hono;
let counts: WebCounts;
beforeAll(async () => {
  server = await startTestServer();
  counts = { pages: 0, overruns: 0, foreignRequests: 0 };
  app = createWebApp({
    classroom: server.server.classroom,
    connections: () => 3,
    page: testPage,
    names: ["lab"],
    counts,
    links: () => ["http://192.0.2.5:10081/"],
  });
});
afterAll(() => server.stop());

const ask = (
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Response | Promise<Response> =>
  app.request(path, { method, headers: { Host: "127.0.0.1:10081", ...headers } });

test("the page and its files, which may run nothing but their own", async () => {
  const page = await ask("/");
  expect([page.status, await page.text()]).toEqual([200, "<!doctype html>"]);
  expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("Content-Security-Policy")).toContain("script-src 'self'");
  expect(page.headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(page.headers.get("Set-Cookie")).toBeNull();
  expect((await ask("/main.js")).status).toBe(200);
});

test.each([
  ["/healthz", {}, "GET", 200, "ok\n"],
  ["/nothing", {}, "GET", 404, "There is no GET /nothing here.\n"],
  ["/ws", {}, "GET", 426, "Here is a web socket, and nothing to look at.\n"],
  ["/ws", { Origin: "http://evil.example" }, "GET", 403, "Only the classroom's own page may ask for this.\n"],
  ["/ws", { Origin: "null" }, "GET", 403, "Only the classroom's own page may ask for this.\n"],
  ["/", { Origin: "http://evil.example" }, "POST", 403, "Only the classroom's own page may ask for this.\n"],
  [
    "/",
    { Host: "evil.example" },
    "GET",
    403,
    "This server does not answer under that name; use its address.\n",
  ],
  ["/healthz", { Host: "lab:10081" }, "GET", 200, "ok\n"],
])("%s with %p, %s: %i", async (path, headers, method, status, text) => {
  const answer = await ask(path, headers, method);
  expect([answer.status, await answer.text()]).toEqual([status, text]);
});

test("the link that others join by: as it was asked for, but for names that only this machine has", async () => {
  const linkFor = async (host: string): Promise<string> => (await ask("/join", { Host: host })).text();
  expect(await linkFor("lab:10081")).toBe("http://lab:10081/");
  expect(await linkFor("[2001:db8::1]:10081")).toBe("http://[2001:db8::1]:10081/");
  for (const own of ["localhost:10081", "127.0.0.1:10081", "[::1]:10081"])
    expect(await linkFor(own)).toBe("http://192.0.2.5:10081/");
  const picture = await ask("/join.svg");
  expect(picture.headers.get("Content-Type")).toBe("image/svg+xml");
  expect(await picture.text()).toBe(renderSVG("http://192.0.2.5:10081/"));
});

test("metrics are lines of Prometheus, with what was refused", async () => {
  const before = counts.foreignRequests;
  await ask("/ws", { Origin: "http://evil.example" });
  const text = await (await ask("/metrics")).text();
  for (const line of text.trimEnd().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) pcs_\w+ .+|pcs_\w+(\{\w+="\w+"\})? \d+)$/);
  expect(text).toContain("pcs_connections 3\n");
  expect(text).toContain("pcs_rooms 1\n");
  expect(text).toContain(`pcs_dropped_total{why="foreign_requests"} ${before + 1}\n`);
});
