import { expect, test } from "bun:test";
import { Hono } from "hono";
import { securityHeaders } from "./security-headers.ts";

test("every answer has them, refusals too, and only an answer that says so may be kept", async () => {
  const app = new Hono();
  app.use(securityHeaders());
  app.get("/kept", (c) => c.text("", 200, { "Cache-Control": "no-cache" }));
  for (const [path, caching] of [
    ["/kept", "no-cache"],
    ["/missing", "no-store"],
  ] as const) {
    const { headers } = await app.request(path);
    expect(headers.get("Cache-Control")).toBe(caching);
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  }
});

test("what a browser heeds only where it trusts the way to the page is sent only there", async () => {
  const app = new Hono();
  app.use(securityHeaders());
  for (const [url, expected] of [
    ["http://localhost:8050/", "same-origin"],
    ["http://127.0.0.1/", "same-origin"],
    ["http://[::1]:8050/", "same-origin"],
    ["https://192.168.1.10/", "same-origin"],
    ["http://192.168.1.10/", null],
    ["http://127.0.0.1.example.org/", null],
    ["http://localhost.example.org/", null],
  ] as const) {
    const { headers } = await app.request(url);
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe(expected);
  }
});
