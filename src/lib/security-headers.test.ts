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
