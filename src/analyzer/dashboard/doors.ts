/** What a request must pass before any route sees it, and how long its connection may stand still. */
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { mayRead, type Access } from "./access.ts";
import { isOwnHost, isOwnOrigin } from "../../lib/host-guard.ts";
import { problem } from "./problems.ts";

/** What the server lends to each request. */
export interface DashboardBindings {
  /** Lets this request's connection stand still so long from now on. */
  keepOpen?: (seconds: number) => void;
}

export function keepOpen(c: Context, seconds: number): void {
  (c.env as DashboardBindings | undefined)?.keepOpen?.(seconds);
}

export function ownHostOnly(names: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    if (isOwnHost(c.req.header("Host"), names)) return await next();
    return problem(c, "wrong_host", "This dashboard does not answer under that name; use its address.");
  };
}

/**
 * What changes something, and what is kept open, is for the dashboard's own page. Live events change nothing, but
 * another site's page could hold all the streams there are; browsers send it no Origin for an image, but do tell
 * where it comes from.
 */
export function ownOriginOnly(): MiddlewareHandler {
  return async (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    const isOwn =
      isOwnOrigin(c.req.header("Origin"), c.req.header("Host")) && !isForeign(c.req.header("Sec-Fetch-Site"));
    if (isOwn || (isRead && c.req.path !== "/api/live")) return await next();
    return problem(c, "wrong_origin", "Only the dashboard's own page may ask for this.");
  };
}

export function tokenOnly(access: Access): MiddlewareHandler {
  return async (c, next) => {
    if (mayRead(access, c.req.header("Authorization"), getCookie(c, cookieNameOf(c)))) return await next();
    c.header("WWW-Authenticate", "Bearer");
    return problem(c, "token_needed", "This dashboard needs the token that was printed at its start.");
  };
}

/** Browsers keep cookies by host without its port, and two dashboards of one host must not share theirs. */
export function cookieNameOf(c: Context): string {
  return `pcs_session_${/:(\d+)$/.exec(c.req.header("Host") ?? "")?.[1] ?? "80"}`;
}

function isForeign(fetchSite: string | undefined): boolean {
  return fetchSite === "cross-site" || fetchSite === "same-site";
}
