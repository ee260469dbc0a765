/**
 * The routes of the dashboard. Every request passes the same doors in the same order: the Host header, for
 * a POST the Origin, then for everything that tells about packets the token, then the query.
 */
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { maxRequestBytes } from "../limits.ts";
import type { FinishedReport } from "../monitor/build-report.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { isSame, mayRead, type Access } from "./access.ts";
import type { Requests } from "./contract.ts";
import { isOwnHost, isOwnOrigin } from "./host-guard.ts";
import { formatMetrics } from "./metrics.ts";
import { exportCapture, showPacket } from "./packet-routes.ts";
import type { PageAssets } from "./page-assets.ts";
import { problem } from "./problems.ts";
import { securityHeaders } from "./security-headers.ts";

export interface DashboardOptions {
  /** The report as it stands now. */
  current: () => FinishedReport;
  /** Whether it may still grow. */
  isLive?: (() => boolean) | undefined;
  /** Left out where none are kept. */
  packets?: StoredPackets | undefined;
  page: PageAssets;
  access: Access;
  /** Names, besides addresses and `localhost`, under which this server may be asked. */
  names: readonly string[];
}

/** Builds the application; `app.request()` is enough to test it. */
export function createDashboardApp({
  current,
  isLive,
  packets,
  page,
  access,
  names,
}: DashboardOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders(), ownHostOnly(names), ownOriginOnly());
  app.get("/healthz", (c) => c.text("ok\n"));
  for (const [path, { body, type }] of page)
    app.get(path, (c) => c.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" }));
  app.post("/api/session", bodyLimit({ maxSize: maxRequestBytes, onError: tooLarge }), async (c) => {
    const given = tokenOf(await c.req.json<unknown>().catch(() => undefined));
    if (given === undefined) return problem(c, "bad_request", 'The body must be {"token": "…"}.');
    if (access.token !== undefined && !isSame(given, access.token))
      return problem(c, "wrong_token", "This is not the token of this dashboard.");
    setCookie(c, cookieNameOf(c), access.session, { httpOnly: true, sameSite: "Strict", path: "/" });
    return c.body(null, 204);
  });
  const guarded = [tokenOnly(access), knownQueryOnly()] as const;
  app.get("/api/report", ...guarded, (c) => {
    // Asked first: a report that is made after the end is whole, whatever it says about that.
    const live = isLive?.() ?? false;
    const { text } = current();
    return c.body(live ? `{"live":true,${text.slice(1)}` : text, 200, { "Content-Type": "application/json" });
  });
  app.get("/api/series", ...guarded, (c) => c.json(current().report.series));
  if (packets !== undefined) {
    app.get("/api/packets/:number", ...guarded, showPacket(packets));
    app.get("/api/export.pcap", ...guarded, exportCapture(packets, "pcap"));
    app.get("/api/export.pcapng", ...guarded, exportCapture(packets, "pcapng"));
  }
  app.get("/metrics", ...guarded, (c) =>
    c.text(formatMetrics(current().report), 200, { "Content-Type": "text/plain; version=0.0.4" }),
  );
  app.notFound((c) => problem(c, "not_found", `There is no ${c.req.method} ${c.req.path} here.`));
  app.onError((error, c) => problem(c, "fault", `A fault inside pcs: ${error.message}`));
  return app;
}

/** Browsers keep cookies by host without its port, and two dashboards of one host must not share theirs. */
function cookieNameOf(c: Context): string {
  return `pcs_session_${/:(\d+)$/.exec(c.req.header("Host") ?? "")?.[1] ?? "80"}`;
}

function tooLarge(c: Context): Response {
  return problem(c, "too_large", `The body may have at most ${maxRequestBytes} bytes.`);
}

function ownHostOnly(names: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    if (isOwnHost(c.req.header("Host"), names)) return await next();
    return problem(c, "wrong_host", "This dashboard does not answer under that name; use its address.");
  };
}

function ownOriginOnly(): MiddlewareHandler {
  return async (c, next) => {
    const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
    if (!changes || isOwnOrigin(c.req.header("Origin"), c.req.header("Host"))) return await next();
    return problem(c, "wrong_origin", "Only the dashboard's own page may ask for this.");
  };
}

function tokenOnly(access: Access): MiddlewareHandler {
  return async (c, next) => {
    if (mayRead(access, c.req.header("Authorization"), getCookie(c, cookieNameOf(c)))) return await next();
    c.header("WWW-Authenticate", "Bearer");
    return problem(c, "token_needed", "This dashboard needs the token that was printed at its start.");
  };
}

/** A filter that is not understood must not look as if it had been applied. */
function knownQueryOnly(): MiddlewareHandler {
  return async (c, next) => {
    const [unknown] = Object.keys(c.req.query());
    if (unknown === undefined) return await next();
    return problem(c, "unknown_parameter", `There is no parameter '${unknown}' here.`);
  };
}

function tokenOf(body: unknown): Requests["/api/session"]["token"] | undefined {
  if (typeof body !== "object" || body === null || !("token" in body)) return undefined;
  return typeof body.token === "string" ? body.token : undefined;
}
