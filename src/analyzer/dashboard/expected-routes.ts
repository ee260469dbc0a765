/** The routes that tell and change what is marked as expected. */
import type { Context, Handler } from "hono";
import type { ExpectedMark, ExpectedMarks } from "../anomaly/expected-marks.ts";
import { maxExpectedMarks, maxExpectedText } from "../anomaly/limits.ts";
import { ExpectedError, asSentence } from "../../lib/errors.ts";
import type { Requests } from "./contract.ts";
import type { OpenCaptures } from "./open-captures.ts";
import { problem } from "./problems.ts";

export function listExpected(marks: ExpectedMarks): Handler {
  return (c) => c.json(marks.list());
}

/**
 * Marks an episode of a capture, or takes a mark away.
 * @param now seconds since 1970
 * @param changed is told when reports are no longer what they were
 */
export function markExpected(
  captures: OpenCaptures,
  marks: ExpectedMarks,
  now: () => number,
  changed: () => void,
): Handler {
  return async (c: Context) => {
    const asked = requestOf(await c.req.json<unknown>().catch(() => undefined));
    if (asked === undefined)
      return problem(c, "bad_request", 'The body must be {"key": "…", "expected": true or false}.');
    const capture = captures.find(asked.capture);
    if (capture === undefined) return problem(c, "not_found", `There is no open capture '${asked.capture}'.`);
    try {
      if (!asked.expected) marks.remove(asked.key);
      else if (!marks.has(asked.key)) {
        const title = capture.monitor
          .current()
          .report.anomalies?.episodes.find(({ key }) => key === asked.key)?.title;
        if (title === undefined) return problem(c, "not_found", "There is no such episode in the capture.");
        if (!marks.add(markOf(asked.key, title, now())))
          return problem(c, "too_many", `At most ${maxExpectedMarks} causes can be marked as expected.`);
      }
    } catch (error) {
      if (error instanceof ExpectedError) return problem(c, "no_room", asSentence(error.message));
      throw error;
    }
    for (const { monitor } of captures.all) monitor.expectOtherwise();
    changed();
    return c.json(marks.list());
  };
}

function markOf(key: string, title: string, now: number): ExpectedMark {
  return { key, text: title.slice(0, maxExpectedText), since: Math.floor(now) };
}

function requestOf(body: unknown): Requests["/api/expected"] | undefined {
  if (typeof body !== "object" || body === null || !("key" in body) || !("expected" in body))
    return undefined;
  const { key, expected } = body;
  const capture = "capture" in body ? body.capture : undefined;
  if (typeof key !== "string" || typeof expected !== "boolean") return undefined;
  if (capture === undefined) return { key, expected };
  return typeof capture === "string" ? { key, expected, capture } : undefined;
}
