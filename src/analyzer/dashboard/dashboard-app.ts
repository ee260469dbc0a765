/**
 * The routes of the dashboard. Every request passes the same doors in the same order: the Host header, for
 * what changes something or stays open the Origin, then for everything that tells about packets the token, then
 * the query.
 */
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import type { ExpectedMarks } from "../anomaly/expected-marks.ts";
import { maxExports, maxLiveStreams, maxRequestBytes } from "../limits.ts";
import { filterFields } from "../query/filter-fields.ts";
import { isSame, type Access } from "./access.ts";
import { AnswerCache } from "./answer-cache.ts";
import { closeCapture, listCaptures, openCapture } from "./capture-routes.ts";
import type { Requests } from "./contract.ts";
import { captureRoute } from "./data-route.ts";
import { addDataRoutes } from "./data-routes.ts";
import { cookieNameOf, ownHostOnly, ownOriginOnly, tokenOnly } from "./doors.ts";
import { listExpected, markExpected } from "./expected-routes.ts";
import { showLive } from "./live-route.ts";
import { formatMetrics } from "./metrics.ts";
import type { OpenCaptures } from "./open-captures.ts";
import { OpenStreams } from "./open-streams.ts";
import type { PageAssets } from "../../lib/embedded-page.ts";
import { problem } from "./problems.ts";
import { securityHeaders } from "../../lib/security-headers.ts";

export interface DashboardOptions {
  captures: OpenCaptures;
  marks: ExpectedMarks;
  page: PageAssets;
  access: Access;
  /** Names, besides addresses and `localhost`, under which this server may be asked. */
  names: readonly string[];
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** Seconds since 1970. */
  wallClock: () => number;
}

/** Builds the application; `app.request()` is enough to test it. */
export function createDashboardApp(options: DashboardOptions): Hono {
  const { captures, marks, page, access, names } = options;
  const streams = new OpenStreams(maxLiveStreams);
  const files = new OpenStreams(maxExports);
  const cache = new AnswerCache(options.now);
  const app = new Hono();
  const smallBody = bodyLimit({ maxSize: maxRequestBytes, onError: tooLarge });
  app.use(securityHeaders(), ownHostOnly(names), ownOriginOnly());
  app.get("/healthz", (c) => c.text("ok\n"));
  for (const [path, { body, type }] of page)
    app.get(path, (c) => c.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" }));
  app.post("/api/session", smallBody, openSession(access));
  app.use("/api/*", tokenOnly(access));
  app.use("/metrics", tokenOnly(access));
  addDataRoutes(app, { captures, cache, files, now: options.now });
  app.get("/api/fields", (c) => c.json(filterFields));
  app.get("/api/live", showLive(captures, streams));
  app.get("/api/captures", listCaptures(captures));
  app.post("/api/captures", openCapture(captures));
  app.delete("/api/captures/:id", closeCapture(captures));
  app.get("/api/expected", listExpected(marks));
  app.post(
    "/api/expected",
    smallBody,
    markExpected(captures, marks, options.wallClock, () => cache.clear()),
  );
  const metrics = captureRoute(captures, (c, { monitor, packets }) => {
    const served = {
      storedPackets: Math.max(0, packets.columns.last - packets.columns.first + 1),
      lostBytes: packets.lost,
      openCaptures: captures.all.length,
      uploads: captures.counts,
      streams,
      exports: files,
      cache,
      marks: marks.list().length,
    };
    const text = formatMetrics(monitor.current().report, monitor.counts(), served);
    return c.text(text, 200, { "Content-Type": "text/plain; version=0.0.4" });
  });
  app.get("/metrics", metrics);
  app.notFound((c) => problem(c, "not_found", `There is no ${c.req.method} ${c.req.path} here.`));
  app.onError((error, c) => problem(c, "fault", `A fault inside pcs: ${error.message}`));
  return app;
}

/** Changes the token for a cookie. */
function openSession(access: Access) {
  return async (c: Context): Promise<Response> => {
    const given = tokenOf(await c.req.json<unknown>().catch(() => undefined));
    if (given === undefined) return problem(c, "bad_request", 'The body must be {"token": "…"}.');
    if (access.token !== undefined && !isSame(given, access.token))
      return problem(c, "wrong_token", "This is not the token of this dashboard.");
    setCookie(c, cookieNameOf(c), access.session, { httpOnly: true, sameSite: "Strict", path: "/" });
    return c.body(null, 204);
  };
}

function tooLarge(c: Context): Response {
  return problem(c, "too_large", `The body may have at most ${maxRequestBytes} bytes.`);
}

function tokenOf(body: unknown): Requests["/api/session"]["token"] | undefined {
  if (typeof body !== "object" || body === null || !("token" in body)) return undefined;
  return typeof body.token === "string" ? body.token : undefined;
}
