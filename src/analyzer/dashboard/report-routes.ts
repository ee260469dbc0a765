/** The routes that sum up: the report, and its series. */
import type { Handler } from "hono";
import type { AnswerCache } from "./answer-cache.ts";
import { dataRoute } from "./data-route.ts";
import type { OpenCaptures } from "./open-captures.ts";

const json = { "Content-Type": "application/json" };

export function showReport(captures: OpenCaptures, _cache: AnswerCache): Handler {
  return dataRoute(captures, [], (c, asked) => {
    const { monitor } = asked.capture;
    // Asked first: a report that is made after the end is whole, whatever it says about that.
    const live = monitor.isLive;
    const { text } = monitor.current();
    return c.body(live ? `{"live":true,${text.slice(1)}` : text, 200, json);
  });
}

export function showSeries(captures: OpenCaptures, _cache: AnswerCache): Handler {
  return dataRoute(captures, ["by"], (c, { capture }) => c.json(capture.monitor.current().report.series));
}
