/**
 * The routes of the web port: the page, its web socket, the link to it as a code for phones, and two for whoever
 * watches the server. Everything a person
 * does goes over the socket, in the second protocol, so no route changes anything and none has a body; and no cookie
 * is set, as the page logs in over the socket with a token of its tab's own (`public/classroom/own-seat.ts`).
 *
 * Every request passes the Host header; the web socket, over which a page of another site could act for whoever
 * looks at it, and what is no GET, passes the Origin too.
 */
import { renderSVG } from "uqr";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { PageAssets } from "../../lib/embedded-page.ts";
import { isOwnHost, isOwnOrigin } from "../../lib/host-guard.ts";
import { securityHeaders } from "../../lib/security-headers.ts";
import type { Classroom } from "../server/classroom.ts";
import { formatMetrics } from "./format-metrics.ts";

/** What the web port itself has and has refused. */
export interface WebCounts {
  /** Web sockets that are open. */
  pages: number;
  /** Pages that sent more than may wait. */
  overruns: number;
  /** Requests under another name, or by another site's page. */
  foreignRequests: number;
}

export interface WebAppOptions {
  classroom: Classroom;
  /** Connections of all carriers, at present. */
  connections: () => number;
  page: PageAssets;
  /** Names, besides addresses and `localhost`, under which this server may be asked. */
  names: readonly string[];
  counts: WebCounts;
  /** Where the page is opened from other machines; the first is shown to who asks from this one. */
  links: () => readonly string[];
}

/** What the server lends to each request. */
export interface WebBindings {
  /** Makes a web socket of it. @returns false where it asks for none */
  upgrade?: () => boolean;
}

/** Builds the application; `app.request()` is enough to test all but the web socket. */
export function createWebApp(options: WebAppOptions): Hono {
  const { classroom, page, counts } = options;
  const app = new Hono();
  app.use(securityHeaders(), ownHostOnly(options.names, counts), ownOriginOnly(counts));
  for (const [path, { body, type }] of page)
    app.get(path, (c) => c.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" }));
  app.get("/healthz", (c) => c.text("ok\n"));
  app.get("/metrics", (c) =>
    c.text(formatMetrics(classroom, options.connections(), counts), 200, {
      "Content-Type": "text/plain; version=0.0.4",
    }),
  );
  app.get("/join", (c) => c.text(joinLink(c, options.links())));
  app.get("/join.svg", (c) =>
    c.body(renderSVG(joinLink(c, options.links())), 200, { "Content-Type": "image/svg+xml" }),
  );
  app.get("/ws", (c) => {
    if ((c.env as WebBindings | undefined)?.upgrade?.() === true) return new Response(null);
    return c.text("Here is a web socket, and nothing to look at.\n", 426, { Upgrade: "websocket" });
  });
  app.notFound((c) => c.text(`There is no ${c.req.method} ${c.req.path} here.\n`, 404));
  app.onError((error, c) => {
    classroom.ports.log.fault(error);
    return c.text("A fault inside pcs; please tell your teacher.\n", 500);
  });
  return app;
}

/** The link that others join by: as it was asked for here, but for names that only this machine has. */
function joinLink(c: Context, links: readonly string[]): string {
  const asked = new URL("/", c.req.url);
  asked.host = c.req.header("Host") ?? asked.host;
  return isOwnMachine(asked.hostname) ? (links[0] ?? asked.href) : asked.href;
}

function isOwnMachine(name: string): boolean {
  return name === "localhost" || name === "[::1]" || name.startsWith("127.");
}

function ownHostOnly(names: readonly string[], counts: WebCounts): MiddlewareHandler {
  return async (c, next) => {
    if (isOwnHost(c.req.header("Host"), names)) return await next();
    return refuse(c, counts, "This server does not answer under that name; use its address.\n");
  };
}

function ownOriginOnly(counts: WebCounts): MiddlewareHandler {
  return async (c, next) => {
    const isRead = (c.req.method === "GET" || c.req.method === "HEAD") && c.req.path !== "/ws";
    if (isRead || isOwnOrigin(c.req.header("Origin"), c.req.header("Host"))) return await next();
    return refuse(c, counts, "Only the classroom's own page may ask for this.\n");
  };
}

function refuse(c: Context, counts: WebCounts, sentence: string): Response {
  counts.foreignRequests++;
  return c.text(sentence, 403);
}
