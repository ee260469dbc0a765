/** The largest of `bytes` over the rows. */
export function mostOf<Row>(rows: readonly Row[], bytes: (row: Row) => number): number {
  return rows.reduce((most, row) => Math.max(most, bytes(row)), 0);
}
