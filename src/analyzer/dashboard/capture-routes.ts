/** The routes that list, open and close captures. */
import type { Context, Handler } from "hono";
import { captureName, captureRow, type OpenCaptures } from "./open-captures.ts";
import { problem } from "./problems.ts";

export function listCaptures(captures: OpenCaptures): Handler {
  return (c) => c.json(captures.all.map(captureRow));
}

/** Opens the capture that is the request's body, called as the parameter `name` says. */
export function openCapture(captures: OpenCaptures): Handler {
  return async (c: Context) => {
    const { searchParams } = new URL(c.req.url);
    const unknown = searchParams.keys().find((name) => name !== "name");
    if (unknown !== undefined)
      return problem(c, "unknown_parameter", `There is no parameter '${unknown}' here.`);
    const length = c.req.header("Content-Length");
    const announced = length === undefined || !/^\d{1,15}$/.test(length) ? undefined : Number(length);
    const name = captureName(searchParams.get("name") ?? undefined);
    const opened = await captures.open(c.req.raw.body, announced, name);
    if ("code" in opened) {
      // Who was refused while it sends may go on for long.
      c.header("Connection", "close");
      return problem(c, opened.code, opened.message);
    }
    return c.json(captureRow(opened), 201);
  };
}

export function closeCapture(captures: OpenCaptures): Handler {
  return async (c: Context) => {
    const id = c.req.param("id") ?? "";
    if (captures.find(id) === captures.all[0])
      return problem(c, "bad_request", "The capture that pcs was started with stays open.");
    if (await captures.close(id)) return c.body(null, 204);
    return problem(c, "not_found", `There is no open capture '${id}'.`);
  };
}
