/** What the page shows of a whole capture, as one text: the answers that it would get from a server. */
import { maxPageRows, maxReportDetailChars } from "../limits.ts";
import type { Filter } from "../query/filter-node.ts";
import type { Page } from "../query/page-query.ts";
import { parseFilter } from "../query/parse-filter.ts";
import type { AnomaliesAnswer, Answers } from "./contract.ts";
import type { ShownCapture } from "./open-captures.ts";
import { packetText } from "./packet-routes.ts";

/** The parts besides the report, which goes in as its text: its times have more digits than numbers can have. */
export interface ReportData {
  report: Answers["/api/report"];
  /** By protocol. */
  series: Answers["/api/series"];
  /** Left out where they were not looked for. */
  anomalies?: AnomaliesAnswer;
  flows: Answers["/api/flows"];
  hosts: Answers["/api/hosts"];
  conversations: Answers["/api/conversations"];
  /** The first flagged ones; where nothing is flagged, the first of all. */
  packets: Answers["/api/packets"];
  /** The first of these with their layers and bytes, by number. */
  details: Record<number, Answers["/api/packets/:number"]>;
}

export type ReportedCapture = Pick<ShownCapture, "monitor" | "answers" | "packets">;

/** JSON of a `ReportData`; the same capture and seed give the same text. */
export function reportData(capture: ReportedCapture): string {
  const { monitor, answers } = capture;
  const { report, text } = monitor.current();
  const page: Page = { kind: "page", offset: 0, limit: maxPageRows, sort: undefined };
  const all = answers.select(filterOf(""));
  const flagged = answers.packets(answers.select(filterOf("flagged")), page);
  const packets = flagged.total > 0 ? flagged : answers.packets(all, page);
  const parts: Omit<ReportData, "report" | "details"> = {
    series: answers.series(all, true),
    ...(report.anomalies === undefined ? {} : { anomalies: report.anomalies }),
    flows: answers.flows(all, page),
    hosts: answers.hosts(all, page),
    conversations: answers.conversations(all, page),
    packets,
  };
  const details = detailsText(capture, packets);
  return `{"report":${text},"details":${details},${JSON.stringify(parts).slice(1)}`;
}

function detailsText(capture: ReportedCapture, { rows }: Answers["/api/packets"]): string {
  const texts: string[] = [];
  let chars = 0;
  for (const { number } of rows) {
    const text = packetText(capture, number);
    if (text === undefined) continue;
    chars += text.length;
    if (chars > maxReportDetailChars) break;
    texts.push(`"${number}":${text}`);
  }
  return `{${texts.join()}}`;
}

function filterOf(text: string): Filter {
  if (text === "") return { kind: "filter", node: { kind: "all" }, key: "all" };
  const filter = parseFilter(text);
  if (filter.kind === "problem") throw new Error(filter.message);
  return filter;
}
