/** The data of a report file: what `pcs analyze --report` put into the page, and nothing else. */
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";
import { Refusal } from "./refusal.ts";
import type { DataSource, Parameters } from "./data-source.ts";

/** What the element `#pcs-data` of a report file holds, as JSON. */
export interface EmbeddedAnswers {
  report: Answers["/api/report"];
  series: Answers["/api/series"];
  /** Null where they were not looked for. */
  anomalies: Answers["/api/anomalies"] | null;
  flows: Answers["/api/flows"];
  hosts: Answers["/api/hosts"];
  conversations: Answers["/api/conversations"];
  packets: Answers["/api/packets"];
  /** Of the first of these packets, by number. */
  details: Record<string, Answers["/api/packets/:number"]>;
}

interface Rows {
  total: number;
  offset: number;
  rows: object[];
}

export class EmbeddedData implements DataSource {
  readonly isFile = true;
  private readonly answers: Partial<Record<keyof Answers, unknown>>;
  private readonly details: EmbeddedAnswers["details"];

  /** @param text JSON of `EmbeddedAnswers` */
  constructor(text: string) {
    const given = JSON.parse(text) as EmbeddedAnswers;
    this.details = given.details;
    this.answers = {
      "/api/report": given.report,
      "/api/series": given.series,
      "/api/anomalies": given.anomalies ?? undefined,
      "/api/flows": given.flows,
      "/api/hosts": given.hosts,
      "/api/conversations": given.conversations,
      "/api/packets": given.packets,
    };
  }

  get<R extends keyof Answers>(route: R, parameters: Parameters): Promise<Answers[R]> {
    const answer =
      route === "/api/packets/:number" ? this.details[parameters["number"] ?? ""] : this.answers[route];
    if (answer === undefined) {
      const message = "This is a report file: it holds no more than what is shown.";
      return Promise.reject(new Refusal({ error: { code: "not_in_file", message } }));
    }
    return Promise.resolve((isRows(answer) ? partOf(answer, parameters) : answer) as Answers[R]);
  }
}

function isRows(answer: unknown): answer is Rows {
  return typeof answer === "object" && answer !== null && "rows" in answer;
}

/** A part of the rows, in the order asked for. In all there are no more of them than the file holds. */
function partOf({ rows }: Rows, { offset, limit, sort }: Parameters): Rows {
  const from = Number(offset ?? 0);
  const ordered = sort === undefined ? rows : sortedBy(rows, sort);
  return { total: rows.length, offset: from, rows: ordered.slice(from, from + Number(limit ?? 100)) };
}

function sortedBy(rows: object[], sort: string): object[] {
  const descending = sort.startsWith("-");
  const column = descending ? sort.slice(1) : sort;
  const valueOf = (row: object): unknown =>
    totalOf(row, column) ?? (row as Record<string, unknown>)[column] ?? null;
  const ordered = rows.toSorted((a, b) => compare(valueOf(a), valueOf(b)));
  return descending ? ordered.reverse() : ordered;
}

/** `packets` and `bytes` of a row are those of both directions together; undefined for other columns. */
function totalOf(row: object, column: string): number | undefined {
  if (column !== "packets" && column !== "bytes") return undefined;
  const ways = Object.entries(row).filter(([name]) => name.startsWith(column));
  return ways.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** What is missing comes first; what is neither a number nor a text is equal. */
function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return Number(a > b) - Number(a < b);
  return 0;
}
