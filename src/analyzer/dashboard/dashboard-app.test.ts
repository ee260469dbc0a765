import { beforeAll, describe, expect, test } from "bun:test";
import type { Hono } from "hono";
import { smallReport } from "./finished-report.test-support.ts";
import { createAccess } from "./access.ts";
import { createDashboardApp } from "./dashboard-app.ts";
import type { PageAssets } from "./page-assets.ts";

const page: PageAssets = new Map([
  ["/", { body: new TextEncoder().encode("<!doctype html>"), type: "text/html; charset=utf-8" }],
]);
const host = "127.0.0.1:8050";
let open: Hono;
let guarded: Hono;

beforeAll(async () => {
  const report = await smallReport();
  const options = { current: () => report, page, names: ["lab"] };
  open = createDashboardApp({ ...options, access: createAccess(undefined) });
  guarded = createDashboardApp({ ...options, access: createAccess("secret") });
});

async function ask(app: Hono, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await app.request(path, { headers: { Host: host, ...headers } });
}

async function logIn(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return await guarded.request("/api/session", { method: "POST", headers: { Host: host, ...headers }, body });
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json();
  expect(body).toEqual({ error: { code: expect.any(String), message: expect.stringMatching(/\.$/) } });
  return `${response.status} ${/"code":"(\w+)"/.exec(JSON.stringify(body))?.[1]}`;
}

describe("routes", () => {
  test("the page, with a policy that lets only its own files in", async () => {
    const response = await ask(guarded, "/");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("Content-Security-Policy")).toContain(
      "default-src 'none'; script-src 'self'",
    );
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
  });

  test("report, series and metrics", async () => {
    const report = await ask(open, "/api/report");
    expect(report.headers.get("Content-Type")).toBe("application/json");
    expect(report.headers.get("Cache-Control")).toBe("no-store");
    expect(await report.json()).toMatchObject({ packets: 1, bytes: 54 });
    expect(await (await ask(open, "/api/series")).json()).toEqual({
      step: 1,
      time: [1],
      packets: [1],
      bytes: [54],
    });
    expect(await (await ask(open, "/metrics")).text()).toContain("pcs_packets 1\n");
    expect(await (await ask(guarded, "/healthz")).text()).toBe("ok\n");
  });

  test("what is not there is told as every other problem", async () => {
    expect(await codeOf(await ask(open, "/api/nothing"))).toBe("404 not_found");
    expect(await codeOf(await ask(open, "/api/report?src=10.0.0.1"))).toBe("400 unknown_parameter");
    expect(await codeOf(await ask(open, "/api/series?from=1&to=2"))).toBe("400 unknown_parameter");
  });

  test("a fault inside is one sentence", async () => {
    const broken = createDashboardApp({
      current: () => {
        throw new Error("no report.");
      },
      page,
      names: [],
      access: createAccess(undefined),
    });
    expect(await codeOf(await ask(broken, "/api/report"))).toBe("500 fault");
  });
});

describe("the token", () => {
  test("guards all that tells about packets", async () => {
    for (const path of ["/api/report", "/api/series", "/metrics"])
      expect(await codeOf(await ask(guarded, path))).toBe("401 token_needed");
    expect((await ask(guarded, "/api/report", { Authorization: "Bearer secret" })).status).toBe(200);
  });

  test("is changed for a cookie that scripts cannot read and other sites cannot send", async () => {
    const response = await logIn('{"token":"secret"}', { Origin: `http://${host}` });
    expect(response.status).toBe(204);
    const cookie = response.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^pcs_session_8050=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain("secret");
    expect((await ask(guarded, "/api/report", { Cookie: cookie.split(";")[0]! })).status).toBe(200);
    expect((await ask(guarded, "/api/report", { Cookie: "pcs_session_8050=secret" })).status).toBe(401);
  });

  test("wrong tokens and bodies are refused", async () => {
    expect(await codeOf(await logIn('{"token":"other"}'))).toBe("403 wrong_token");
    for (const body of ["", "secret", "[]", "null", '{"token":1}'])
      expect(await codeOf(await logIn(body))).toBe("400 bad_request");
    expect(await codeOf(await logIn(`{"token":"${"x".repeat(5000)}"}`))).toBe("413 too_large");
  });
});

describe("other sites", () => {
  test("cannot ask under a name of their own", async () => {
    for (const path of ["/", "/healthz", "/api/report"])
      expect(await codeOf(await ask(open, path, { Host: "evil.example:8050" }))).toBe("403 wrong_host");
    expect((await ask(open, "/api/report", { Host: "lab:8050" })).status).toBe(200);
  });

  test("cannot post", async () => {
    const foreign = { Origin: "http://evil.example" };
    expect(await codeOf(await logIn('{"token":"secret"}', foreign))).toBe("403 wrong_origin");
    expect(await codeOf(await logIn('{"token":"secret"}', { Origin: "null" }))).toBe("403 wrong_origin");
  });
});
