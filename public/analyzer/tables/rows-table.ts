/**
 * A table of rows by columns: heads that sort, rows that can be clicked, and a button in each row's first cell
 * for who has no pointer. On a narrow screen each row is a card; the roles keep it a table for who hears it.
 */
import { element } from "../../lib/dom.ts";
import { firstDirection, type Column } from "./column.ts";
import { nextSort, parseSort } from "./sort-order.ts";

export interface TableActions<Row> {
  onSort: (sort: string | undefined) => void;
  /** Left out where nothing can be selected. */
  onRow?: ((row: Row) => void) | undefined;
}

export interface TableOptions<Row> {
  /** Names the table. */
  label: string;
  columns: readonly Column<Row>[];
  /** What a click on a row does, for its button: `Show the packets of …`. */
  rowHint: (row: Row) => string;
  /** Rows with something abnormal are marked. */
  isMarked: (row: Row) => boolean;
}

/** @param sort as it was asked for; undefined for the route's own order */
export function rowsTable<Row>(
  { label, columns, rowHint, isMarked }: TableOptions<Row>,
  rows: readonly Row[],
  sort: string | undefined,
  actions: TableActions<Row>,
): HTMLElement {
  const heads = columns.map((column) => headView(column, sort, actions.onSort));
  const lines = rows.map((row) => {
    const [first, ...others] = columns.map(({ title, kind, isLong, cell }) => ({
      title,
      look: isLong === true ? `${kind} long` : kind,
      content: cell(row, { rows }),
    }));
    const { onRow } = actions;
    const head =
      onRow === undefined
        ? element("span", {})
        : element("button", { type: "button", class: "row-button", title: rowHint(row) });
    head.append(first?.content ?? "");
    const line = element(
      "tr",
      { class: isMarked(row) ? "marked" : "", role: "row" },
      element("th", { scope: "row", role: "rowheader" }, head),
      ...others.map(({ title, look, content }) =>
        element("td", { class: look, role: "cell", "data-title": title }, content),
      ),
    );
    if (onRow === undefined) return line;
    line.classList.add("clickable");
    line.addEventListener("click", () => {
      // Who marks text to copy it does not want to go anywhere.
      if (getSelection()?.isCollapsed ?? true) onRow(row);
    });
    return line;
  });
  return element(
    "table",
    { class: "rows-table", role: "table", "aria-label": label },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...lines),
  );
}

function headView<Row>(
  column: Column<Row>,
  sort: string | undefined,
  onSort: (sort: string | undefined) => void,
): HTMLElement {
  const { title, help = "", kind } = column;
  const head = element("th", { scope: "col", role: "columnheader", class: kind, title: help });
  const by = column.sort;
  if (by === undefined) {
    head.append(title);
    return head;
  }
  const now = parseSort(sort);
  const direction = now.column === by ? now.direction : undefined;
  if (direction !== undefined) head.setAttribute("aria-sort", direction);
  const sign = direction === undefined ? "" : direction === "ascending" ? " ▲" : " ▼";
  const button = element(
    "button",
    { type: "button", class: "sort", "data-column": by },
    title,
    element("span", { "aria-hidden": "true" }, sign),
  );
  button.addEventListener("click", () => onSort(nextSort(sort, by, firstDirection(column))));
  head.append(button);
  return head;
}
