/** Server-sent events (HTML standard, section 9.2): the counts of a capture while it runs. */
import type { Handler } from "hono";
import { maxLiveStreams } from "../limits.ts";
import { captureRoute } from "./data-route.ts";
import type { OpenCaptures } from "./open-captures.ts";
import { streamBody, type OpenStreams } from "./open-streams.ts";
import { problem } from "./problems.ts";

const headers = { "Content-Type": "text/event-stream; charset=utf-8" };

/**
 * A stream takes its next event when the one before has been written, so a page that reads nothing makes nothing
 * grow; after a while its connection is cut, and the browser opens another when it wakes.
 */
export function showLive(captures: OpenCaptures, streams: OpenStreams): Handler {
  return captureRoute(captures, (c, capture) => {
    if (c.req.method === "HEAD") return c.body(null, 200, headers);
    const end = streams.begin();
    if (end === undefined) {
      c.header("Retry-After", "5");
      const message = `At most ${maxLiveStreams} pages can follow live at once; close one of them.`;
      return problem(c, "too_many", message);
    }
    const reader = capture.feed.open();
    const encoder = new TextEncoder();
    const next = async (): Promise<Uint8Array | undefined> => {
      const text = await reader.next();
      return text === undefined ? undefined : encoder.encode(text);
    };
    const close = (): void => {
      end();
      reader.end();
    };
    return c.body(streamBody(c, next, close), 200, headers);
  });
}
