/** A table of the report: how many rows there are in all, and the largest of them. */
export interface Table<Row> {
  total: number;
  /** Rows that had to go when the table was full; a row that came back is counted in `total` once more. */
  evicted: number;
  /** By bytes, the largest first. */
  top: Row[];
}
