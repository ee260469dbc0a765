import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { problemOf, testHost, TestDashboard } from "./dashboard.test-support.ts";
import type { PageAssets } from "../../lib/embedded-page.ts";

const page: PageAssets = new Map([
  ["/", { body: new TextEncoder().encode("<!doctype html>"), type: "text/html; charset=utf-8" }],
]);
let open: TestDashboard;
let guarded: TestDashboard;

beforeAll(async () => {
  open = await TestDashboard.open({ page, names: ["lab"] });
  guarded = await TestDashboard.open({ page, names: ["lab"], token: "secret" });
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await guarded[Symbol.asyncDispose]();
});

async function logIn(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return await guarded.post("/api/session", body, headers);
}

async function codeOf(response: Response | Promise<Response>): Promise<string> {
  return (await problemOf(response)).split(":")[0]!;
}

/** Every route that tells or changes something. */
const routes = [
  "GET /api/report",
  "GET /api/series",
  "GET /api/packets/1",
  "GET /api/packets/x",
  "GET /api/fields",
  "GET /api/live",
  "GET /api/captures",
  "POST /api/captures",
  "DELETE /api/captures/1",
  "GET /api/expected",
  "POST /api/expected",
  "GET /api/export.pcap",
  "GET /api/export.pcapng",
  "GET /api/export.csv",
  "GET /api/export.json",
  "GET /metrics",
].map((route) => route.split(" ") as [string, string]);

const fail = (): never => {
  throw new Error("no report.");
};

describe("routes", () => {
  test("the page, with a policy that lets only its own files in", async () => {
    const response = await guarded.ask("/");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("Content-Security-Policy")).toContain(
      "default-src 'none'; script-src 'self'",
    );
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
  });

  test("report, series, fields and metrics", async () => {
    const report = await open.ask("/api/report");
    expect(report.headers.get("Content-Type")).toBe("application/json");
    expect(report.headers.get("Cache-Control")).toBe("no-store");
    expect(await report.json()).toMatchObject({ packets: 1, bytes: 54 });
    expect(await (await open.ask("/api/series")).json()).toEqual({
      step: 1,
      time: [1],
      packets: [1],
      bytes: [54],
    });
    const fields = (await (await open.ask("/api/fields")).json()) as { name: string; help: string }[];
    expect(fields.find(({ name }) => name === "src")).toMatchObject({ takes: "address" });
    expect(await (await open.ask("/metrics")).text()).toContain("pcs_packets 1\n");
    expect(await (await guarded.ask("/healthz")).text()).toBe("ok\n");
  });

  test("what is not there is told as every other problem", async () => {
    expect(await codeOf(open.ask("/api/nothing"))).toBe("404 not_found");
    expect(await codeOf(open.ask("/nothing"))).toBe("404 not_found");
    expect(await codeOf(open.ask("/api/report", {}, { method: "PUT" }))).toBe("404 not_found");
  });

  test("a fault inside is one sentence", async () => {
    await using broken = await TestDashboard.open({ changed: { current: fail } });
    expect(await problemOf(broken.ask("/api/report"))).toBe("500 fault: A fault inside pcs: no report.");
  });
});

describe("the token", () => {
  test.each(routes)("guards %s %s", async (method, path) => {
    expect(await codeOf(guarded.ask(path, {}, { method }))).toBe("401 token_needed");
    expect(await codeOf(guarded.ask(path, { Authorization: "Bearer other" }, { method }))).toBe(
      "401 token_needed",
    );
    const answer = await guarded.ask(path, { Authorization: "Bearer secret" }, { method });
    expect(answer.status).toBeOneOf([200, 400, 404]);
    await answer.body?.cancel();
  });

  test("is changed for a cookie that scripts cannot read and other sites cannot send", async () => {
    const response = await logIn('{"token":"secret"}', { Origin: `http://${testHost}` });
    expect(response.status).toBe(204);
    const cookie = response.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^pcs_session_8050=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain("secret");
    expect((await guarded.ask("/api/report", { Cookie: cookie.split(";")[0]! })).status).toBe(200);
    expect((await guarded.ask("/api/report", { Cookie: "pcs_session_8050=secret" })).status).toBe(401);
  });

  test("wrong tokens and bodies are refused", async () => {
    expect(await codeOf(logIn('{"token":"other"}'))).toBe("403 wrong_token");
    for (const body of ["", "secret", "[]", "null", '{"token":1}'])
      expect(await codeOf(logIn(body))).toBe("400 bad_request");
    expect(await codeOf(logIn(`{"token":"${"x".repeat(5000)}"}`))).toBe("413 too_large");
  });
});

describe("other sites", () => {
  test.each([["GET", "/"], ["GET", "/healthz"], ...routes])(
    "cannot ask %s %s under a name of their own",
    async (method, path) => {
      expect(await codeOf(open.ask(path, { Host: "evil.example:8050" }, { method }))).toBe("403 wrong_host");
    },
  );

  test("but a name that was given may be used", async () => {
    expect((await open.ask("/api/report", { Host: "lab:8050" })).status).toBe(200);
  });

  test.each(routes.filter(([method, path]) => method !== "GET" || path === "/api/live"))(
    "cannot %s %s",
    async (method, path) => {
      for (const headers of [
        { Origin: "http://evil.example" },
        { Origin: "null" },
        { "Sec-Fetch-Site": "cross-site" },
        { "Sec-Fetch-Site": "same-site" },
      ] as Record<string, string>[])
        expect(await codeOf(open.ask(path, headers, { method }))).toBe("403 wrong_origin");
    },
  );

  test("cannot log in", async () => {
    const foreign = { Origin: "http://evil.example" };
    expect(await codeOf(logIn('{"token":"secret"}', foreign))).toBe("403 wrong_origin");
    expect(await codeOf(logIn('{"token":"secret"}', { Origin: "null" }))).toBe("403 wrong_origin");
  });
});
