/** What a table shows of a row. Types only. */
import type { SortDirection } from "./sort-order.ts";

/** One of the rows that are shown together. */
export interface Among<Row> {
  /** All of them, for bars that compare. */
  rows: readonly Row[];
}

export interface Column<Row> {
  title: string;
  /** Explains the title. */
  help?: string;
  /** Numbers stand to the right, and are sorted the largest first. */
  kind: "text" | "number" | "bar";
  /** A text that has a line of its own where a row is a card. */
  isLong?: boolean;
  cell: (row: Row, among: Among<Row>) => Node | string;
  /** What the route sorts by, `ownOrder` for what it does by itself; left out where it does not. */
  sort?: string;
}

/** The direction of the first click on a column's head. */
export function firstDirection({ kind }: Pick<Column<never>, "kind">): SortDirection {
  return kind === "text" ? "ascending" : "descending";
}
