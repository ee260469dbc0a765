import { expect, test } from "bun:test";
import { Hono } from "hono";
import { problem } from "./problems.ts";

test("a problem has its status, its code and its sentence", async () => {
  const app = new Hono();
  app.get("/", (c) => problem(c, "bad_request", "So not."));
  const response = await app.request("/");
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: { code: "bad_request", message: "So not." } });
});
