/** The order of a table's rows, as `sort` of a route takes it: a column, `-` before it for the largest first. */

export type SortDirection = "ascending" | "descending";

/** The column whose order a route has by itself, the most bytes of both directions first. */
export const ownOrder = "bytes";

/** The column that is sorted by, and how. */
export function parseSort(sort: string | undefined): { column: string; direction: SortDirection } {
  if (sort === undefined) return { column: ownOrder, direction: "descending" };
  return sort.startsWith("-")
    ? { column: sort.slice(1), direction: "descending" }
    : { column: sort, direction: "ascending" };
}

/** The order after a click on the head of `column`: its own direction first, then the other one. */
export function nextSort(sort: string | undefined, column: string, first: SortDirection): string | undefined {
  const now = parseSort(sort);
  const isOther = now.column === column && now.direction === first;
  const direction = isOther ? opposite(first) : first;
  return direction === "descending" ? `-${column}` : column;
}

function opposite(direction: SortDirection): SortDirection {
  return direction === "ascending" ? "descending" : "ascending";
}
