/** The routes that answer in JSON for the packets that are selected. */
import type { Context, Handler } from "hono";
import type { FinishedReport } from "../monitor/build-report.ts";
import { conversationColumns } from "../query/conversation-rows.ts";
import { flowColumns } from "../query/flow-rows.ts";
import { hostColumns } from "../query/host-rows.ts";
import { packetColumns } from "../query/packet-rows.ts";
import { pageParameters, parsePageQuery, type Page } from "../query/page-query.ts";
import type { Selection } from "../query/selection.ts";
import { TooManyQuestions, type AnswerCache } from "./answer-cache.ts";
import type { AnomaliesAnswer, RowsAnswer, SelectionNote } from "./contract.ts";
import { dataRoute, type Asked } from "./data-route.ts";
import type { OpenCaptures } from "./open-captures.ts";
import { problem } from "./problems.ts";
import { selectAnomalies } from "./select-anomalies.ts";

const json = { "Content-Type": "application/json" };

/** The report: of all packets that of the stream, of some that of what is stored of them. */
export function showReport(captures: OpenCaptures, cache: AnswerCache): Handler {
  return dataRoute(captures, [], async (c, asked) => {
    const { monitor, answers } = asked.capture;
    // Asked first: a report that is made after the end is whole, whatever it says about that.
    const live = monitor.isLive;
    if (!asked.isFiltered) return c.body(withMore(monitor.current(), live), 200, json);
    return await cached(c, cache, asked, "report", (selection) =>
      withMore(answers.report(selection), live, selectionNote(selection)),
    );
  });
}

export function showSeries(captures: OpenCaptures, cache: AnswerCache): Handler {
  return dataRoute(captures, ["by"], async (c, asked) => {
    const by = asked.parameters.get("by");
    if (by !== null && by !== "protocol")
      return problem(c, "bad_request", `A series can be told by protocol, and not by '${by}'.`);
    const { monitor, answers } = asked.capture;
    if (!asked.isFiltered && by === null) return c.json(monitor.current().report.series);
    return await cached(c, cache, asked, `series ${by}`, (selection) =>
      JSON.stringify(answers.series(selection, by !== null)),
    );
  });
}

export function showAnomalies(captures: OpenCaptures, cache: AnswerCache): Handler {
  return dataRoute(captures, [], async (c, asked) => {
    const { report, episodeNumbers = [] } = asked.capture.monitor.current();
    const { anomalies } = report;
    if (anomalies === undefined)
      return asked.capture.monitor.counts().flagged === null
        ? problem(c, "not_found", "Anomalies are not looked for here: pcs was started with --no-anomalies.")
        : problem(c, "not_found", "Nothing has been judged yet: this is done when all packets are read.");
    if (!asked.isFiltered) return c.json(anomalies satisfies AnomaliesAnswer);
    return await cached(c, cache, asked, "anomalies", (selection) =>
      JSON.stringify(selectAnomalies(anomalies, episodeNumbers, selection) satisfies AnomaliesAnswer),
    );
  });
}

/** Tables of rows, with the columns by which each can be sorted. */
const tables = {
  packets: packetColumns,
  flows: flowColumns,
  hosts: hostColumns,
  conversations: conversationColumns,
} as const;

export function showRows(captures: OpenCaptures, cache: AnswerCache, table: keyof typeof tables): Handler {
  return dataRoute(captures, pageParameters, async (c, asked) => {
    const page = parsePageQuery(asked.parameters, tables[table]);
    if (page.kind === "problem") return problem(c, "bad_request", page.message);
    const { offset, limit, sort } = page;
    const question = JSON.stringify([table, offset, limit, sort?.column, sort?.descending]);
    return await cached(c, cache, asked, question, (selection) =>
      JSON.stringify(rowsOf(asked, table, selection, page)),
    );
  });
}

function rowsOf(
  { capture: { answers } }: Asked,
  table: keyof typeof tables,
  selection: Selection,
  page: Page,
): RowsAnswer<object> {
  switch (table) {
    case "packets":
      return answers.packets(selection, page);
    case "flows":
      return answers.flows(selection, page);
    case "hosts":
      return answers.hosts(selection, page);
    default:
      return answers.conversations(selection, page);
  }
}

/** An answer about the selection, made by `make` unless the same was asked just now. */
async function cached(
  c: Context,
  cache: AnswerCache,
  { capture, filter }: Asked,
  what: string,
  make: (selection: Selection) => string,
): Promise<Response> {
  const isFinal = !capture.monitor.isLive;
  try {
    // Scores come a little after the last packet.
    const version = isFinal ? ` ${capture.packets.columns.scoresSet}` : "";
    const question = `${capture.id}${version} ${what} of ${filter.key}`;
    const text = await cache.answer(question, isFinal, () => make(capture.answers.select(filter)));
    return c.body(text, 200, json);
  } catch (error) {
    if (!(error instanceof TooManyQuestions)) throw error;
    c.header("Retry-After", "1");
    return problem(c, "too_many", "Too much is asked at once; ask again when what was asked is answered.");
  }
}

function withMore({ text }: FinishedReport, live: boolean, selection?: SelectionNote): string {
  const more = { ...(live ? { live } : {}), ...(selection === undefined ? {} : { selection }) };
  const start = JSON.stringify(more).slice(0, -1);
  return start === "{" ? text : `${start},${text.slice(1)}`;
}

function selectionNote({ store: { first, last } }: Selection): SelectionNote {
  return first > last ? { firstStored: 0, lastStored: 0 } : { firstStored: first, lastStored: last };
}
