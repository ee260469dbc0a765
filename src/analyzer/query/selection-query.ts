/**
 * The query parameters that select packets: src, dst, protocol, port, from, to and a display filter in `q`, all of
 * which must hold.
 */
import { parseAddressRange } from "./address-range.ts";
import { parseKindName, parsePort, parseSeconds } from "./field-value.ts";
import { filterKey } from "./filter-key.ts";
import type { Filter, FilterNode } from "./filter-node.ts";
import { filterProblem, type FilterProblem } from "./filter-problem.ts";
import { parseFilter } from "./parse-filter.ts";

type Reader = (text: string) => FilterNode | string;

const readers: Readonly<Record<string, Reader>> = {
  src: (text) => addressNode("source", text),
  dst: (text) => addressNode("destination", text),
  protocol: parseKindName,
  port: (text) => {
    const value = parsePort(text);
    return typeof value === "string"
      ? value
      : { kind: "port", end: "any", transport: 0, comparison: "=", value };
  },
  from: (text) => timeNode(">=", text),
  to: (text) => timeNode("<", text),
};

/** The parameters that `parseSelectionQuery` reads; others are somebody else's. */
export const selectionParameters: readonly string[] = [...Object.keys(readers), "q"];

/**
 * Reads what a query selects; nothing of it selects everything.
 * @returns a problem with `at` only for what is wrong inside `q`
 */
export function parseSelectionQuery(query: URLSearchParams): Filter | FilterProblem {
  const parts: FilterNode[] = [];
  for (const name of selectionParameters) {
    const values = query.getAll(name);
    if (values.length > 1)
      return filterProblem(`The parameter '${name}' stands there ${values.length} times.`);
    const [value] = values;
    if (value === undefined) continue;
    if (value.trim() === "") return filterProblem(`The parameter '${name}' is empty.`);
    const node = name === "q" ? parseFilter(value) : readers[name]!(value);
    if (typeof node === "string") return filterProblem(node);
    if (node.kind === "problem") return node;
    parts.push(node.kind === "filter" ? node.node : node);
  }
  const [from, to] = [timeOf(parts, ">="), timeOf(parts, "<")];
  if (query.has("from") && query.has("to") && isBefore(to!, from!))
    return filterProblem(`The span ends before it begins: 'to' must not be less than 'from'.`);
  const node: FilterNode =
    parts.length === 0 ? { kind: "all" } : parts.length === 1 ? parts[0]! : { kind: "and", parts };
  return { kind: "filter", node, key: filterKey(node) };
}

function addressNode(end: "source" | "destination", text: string): FilterNode | string {
  const range = parseAddressRange(text);
  return typeof range === "string" ? range : { kind: "address", end, range, comparison: "=" };
}

type TimeNode = Extract<FilterNode, { kind: "time" }>;

function timeNode(comparison: ">=" | "<", text: string): FilterNode | string {
  const time = parseSeconds(text);
  return typeof time === "string" ? time : { kind: "time", comparison, ...time };
}

function timeOf(parts: readonly FilterNode[], comparison: ">=" | "<"): TimeNode | undefined {
  return parts.find((part): part is TimeNode => part.kind === "time" && part.comparison === comparison);
}

function isBefore(a: TimeNode, b: TimeNode): boolean {
  return a.seconds < b.seconds || (a.seconds === b.seconds && a.nanos < b.nanos);
}
