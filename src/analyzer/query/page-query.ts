/** The parameters that ask for a part of many rows: offset, limit and sort. */
import { defaultPageRows, maxPageRows } from "../limits.ts";
import { filterProblem, type FilterProblem } from "./filter-problem.ts";
import { nearestName } from "./nearest-name.ts";

export interface Page {
  kind: "page";
  /** Rows to skip, and rows at most. */
  offset: number;
  limit: number;
  /** Undefined for the rows' own order. */
  sort: { column: string; descending: boolean } | undefined;
}

export const pageParameters: readonly string[] = ["offset", "limit", "sort"];

/** @param columns those by which rows can be sorted */
export function parsePageQuery(query: URLSearchParams, columns: readonly string[]): Page | FilterProblem {
  for (const name of pageParameters)
    if (query.getAll(name).length > 1)
      return filterProblem(`The parameter '${name}' stands there ${query.getAll(name).length} times.`);
  const offset = query.get("offset") ?? "0";
  if (!/^\d{1,15}$/.test(offset)) return filterProblem(`'${offset}' is no offset: rows are counted from 0.`);
  const limit = query.get("limit") ?? String(defaultPageRows);
  if (!/^\d{1,5}$/.test(limit) || Number(limit) < 1 || Number(limit) > maxPageRows)
    return filterProblem(`'${limit}' is no limit: a page has 1 to ${maxPageRows} rows.`);
  const sort = query.get("sort");
  if (sort === null) return { kind: "page", offset: Number(offset), limit: Number(limit), sort: undefined };
  const column = sort.replace(/^-/, "");
  if (!columns.includes(column)) {
    const near = nearestName(column, columns);
    return filterProblem(
      near === undefined
        ? `Rows cannot be sorted by '${column}': there are ${columns.join(", ")}.`
        : `Rows cannot be sorted by '${column}': did you mean '${near}'?`,
    );
  }
  return {
    kind: "page",
    offset: Number(offset),
    limit: Number(limit),
    sort: { column, descending: sort.startsWith("-") },
  };
}
