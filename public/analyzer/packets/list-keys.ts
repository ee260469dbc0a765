/** The keys of a list: which row a key goes to. */

/**
 * @param row the row that is chosen, -1 for none
 * @param rows in all
 * @param page rows that a page up or down moves
 * @returns the row, or undefined for keys that do not move
 */
export function rowAfterKey(key: string, row: number, rows: number, page: number): number | undefined {
  if (rows === 0) return undefined;
  const wanted = wantedRow(key, row, rows, page);
  return wanted === undefined ? undefined : Math.min(Math.max(wanted, 0), rows - 1);
}

function wantedRow(key: string, row: number, rows: number, page: number): number | undefined {
  switch (key) {
    case "ArrowUp":
      return row - 1;
    case "ArrowDown":
      return row + 1;
    case "PageUp":
      return row - page;
    case "PageDown":
      return Math.max(row, 0) + page;
    case "Home":
      return 0;
    case "End":
      return rows - 1;
    default:
      return undefined;
  }
}
