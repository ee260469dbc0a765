/** The routes that answer for the selected packets of a capture. */
import type { Hono } from "hono";
import type { AnswerCache } from "./answer-cache.ts";
import { showAnomalies, showReport, showRows, showSeries } from "./answer-routes.ts";
import { captureRoute } from "./data-route.ts";
import { exportSelection } from "./export-routes.ts";
import type { OpenCaptures } from "./open-captures.ts";
import type { OpenStreams } from "./open-streams.ts";
import { showPacket } from "./packet-routes.ts";

export interface DataRoutesOptions {
  captures: OpenCaptures;
  cache: AnswerCache;
  files: OpenStreams;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

export function addDataRoutes(app: Hono, { captures, cache, files, now }: DataRoutesOptions): void {
  app.get("/api/report", showReport(captures, cache));
  app.get("/api/series", showSeries(captures, cache));
  app.get("/api/anomalies", showAnomalies(captures, cache));
  for (const table of ["packets", "flows", "hosts", "conversations"] as const)
    app.get(`/api/${table}`, showRows(captures, cache, table));
  app.get("/api/packets/:number", captureRoute(captures, showPacket));
  for (const format of ["pcap", "pcapng", "csv", "json"] as const)
    app.get(`/api/export.${format}`, exportSelection(captures, files, format, now));
}
