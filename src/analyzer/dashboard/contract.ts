/**
 * What goes over HTTP: one file for the server and the page, so that neither can drift from the other. Types
 * only; what a report holds is told where it is made.
 */
import type { PacketDetails } from "../monitor/packet-details.ts";
import type { Report } from "../monitor/report.ts";

/** What each `GET` route answers with. */
export interface Answers {
  /** `live` where the capture is still running, and another report a second later will say more. */
  "/api/report": Report & { live?: true };
  "/api/series": Report["series"];
  "/api/packets/:number": PacketDetails;
}

/** What each `POST` route takes. */
export interface Requests {
  /** Changes the token for a cookie; answers 204. */
  "/api/session": { token: string };
}

/** The body of every answer that is no success. */
export interface Problem {
  error: { code: string; message: string };
}
