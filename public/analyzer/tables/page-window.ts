/** Paging: which part of many rows is shown. */

import { formatCount } from "../format.ts";

/** Rows of a table that are shown at once. */
export const rowsOfTable = 50;

export interface PageWindow {
  /** Where the earlier and the later page begin; undefined where there is none. */
  previous: number | undefined;
  next: number | undefined;
  /** `1 to 50 of 9,334` */
  text: string;
}

export function pageWindow(offset: number, rows: number, total: number): PageWindow {
  return {
    previous: offset > 0 ? Math.max(0, offset - rowsOfTable) : undefined,
    next: offset + rows < total && rows > 0 ? offset + rows : undefined,
    text:
      rows === 0
        ? ""
        : `${formatCount(offset + 1)} to ${formatCount(offset + rows)} of ${formatCount(total)}`,
  };
}
