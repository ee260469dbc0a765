/** What the page shows of a whole capture, as one text: the answers that it would get from a server. */
import { maxPageRows } from "../limits.ts";
import type { SelectionAnswers } from "../monitor/selection-answers.ts";
import type { Filter } from "../query/filter-node.ts";
import type { Page } from "../query/page-query.ts";
import { parseFilter } from "../query/parse-filter.ts";
import type { AnomaliesAnswer, Answers } from "./contract.ts";
import type { ShownMonitor } from "./open-captures.ts";

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
  /** The first flagged ones. */
  packets: Answers["/api/packets"];
}

/** JSON of a `ReportData`; the same capture and seed give the same text. */
export function reportData(monitor: Pick<ShownMonitor, "current">, answers: SelectionAnswers): string {
  const { report, text } = monitor.current();
  const page: Page = { kind: "page", offset: 0, limit: maxPageRows, sort: undefined };
  const all = answers.select(filterOf(""));
  const parts: Omit<ReportData, "report"> = {
    series: answers.series(all, true),
    ...(report.anomalies === undefined ? {} : { anomalies: report.anomalies }),
    flows: answers.flows(all, page),
    hosts: answers.hosts(all, page),
    conversations: answers.conversations(all, page),
    packets: answers.packets(answers.select(filterOf("flagged")), page),
  };
  return `{"report":${text},${JSON.stringify(parts).slice(1)}`;
}

function filterOf(text: string): Filter {
  if (text === "") return { kind: "filter", node: { kind: "all" }, key: "all" };
  const filter = parseFilter(text);
  if (filter.kind === "problem") throw new Error(filter.message);
  return filter;
}
