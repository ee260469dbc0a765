/** What the head of the page is about: the report of the selection, with what the detector says of it. */
import type { Answers, SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import type { DataSource } from "../data-source.ts";
import { Refusal } from "../refusal.ts";

type Report = Answers["/api/report"];

/** Of a filter that cannot be used the filter bar tells; then it is the report of the whole capture. */
export async function loadHead(
  data: DataSource,
  selection: Readonly<SelectionQuery>,
  signal: AbortSignal,
): Promise<Report> {
  try {
    return await withAnomalies(data, await data.get("/api/report", selection, signal), selection, signal);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400) throw error;
    return await data.get("/api/report", { capture: selection.capture }, signal);
  }
}

/** The report of a part of a capture leaves its anomalies to a route of their own. */
async function withAnomalies(
  data: DataSource,
  report: Report,
  selection: Readonly<SelectionQuery>,
  signal: AbortSignal,
): Promise<Report> {
  if (report.anomalies !== undefined || report.selection === undefined) return report;
  try {
    return { ...report, anomalies: await data.get("/api/anomalies", selection, signal) };
  } catch (error) {
    // Where nobody looks for them there are none.
    if (error instanceof Refusal) return report;
    throw error;
  }
}
