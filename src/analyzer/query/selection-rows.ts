/** What the tables of a selection share: how their rows are ordered, paged and described. */
import { maxLookedUpRows, maxPageRows } from "../limits.ts";
import type { AddressIds } from "../store/address-ids.ts";
import { formatAddress, formatMac, loadAddress } from "../traffic/address.ts";
import type { Page } from "./page-query.ts";
import { compareCells, firstInOrder, type Cell } from "./row-order.ts";
import { tallyFloat, tallyStride, type TallyTable } from "./tally-table.ts";

/** A part of many rows. */
export interface RowsAnswer<Row> {
  /** Rows in all. */
  total: number;
  offset: number;
  rows: Row[];
}

/** What a flow, a host or a conversation has besides the report's row, where anomalies are looked for. */
export interface Scored {
  /** The highest score of its packets; null where none was judged. */
  score?: number | null;
  /** Its flagged packets. */
  flagged?: number;
}

type Compare = (a: number, b: number) => number;

/** One kind of rows over a table of a tally. */
export interface RowKind<Row, Extra> {
  table: TallyTable;
  /** The order of rows of which nothing else says which comes first. */
  compareKeys: Compare;
  /** Cells that stand in the table itself. NaN counts as nothing. */
  cells: Readonly<Record<string, (i: number) => number>>;
  /** Orders of cells that are no numbers. */
  orders?: Readonly<Record<string, Compare>>;
  describe: (indexes: readonly number[]) => Row[];
  /** What a row has besides that of the report. */
  extra: (i: number) => Extra;
}

export class SelectionRows<Row extends object, Extra extends object> {
  private readonly kind: RowKind<Row, Extra>;
  /** The rows in the order that was asked for last, where it cost much. */
  private ordered: { by: string; order: number[] } | undefined;

  constructor(kind: RowKind<Row, Extra>) {
    this.kind = kind;
  }

  get total(): number {
    return this.kind.table.count;
  }

  /** The rows with most bytes, as the report has them. */
  top(limit: number): Row[] {
    return this.kind.describe(firstInOrder(this.total, this.byBytes, limit));
  }

  page({ offset, limit, sort }: Page): RowsAnswer<Row & Extra> {
    const { cells, orders, compareKeys } = this.kind;
    const { total } = this;
    if (sort !== undefined && cells[sort.column] === undefined && orders?.[sort.column] === undefined) {
      const order = this.lookedUp(sort.column, sort.descending);
      return { total, offset, rows: this.whole(order.slice(offset, offset + limit)) };
    }
    let compare = this.byBytes;
    if (sort !== undefined) {
      const { column, descending } = sort;
      const order = orders?.[column];
      const cell = cells[column];
      if (order !== undefined)
        compare = (a, b) => (descending ? -order(a, b) : order(a, b)) || compareKeys(a, b);
      else compare = (a, b) => compareNumbers(cell!(a), cell!(b), descending) || compareKeys(a, b);
    }
    const by = sort === undefined ? "" : `${sort.descending ? "-" : ""}${sort.column}`;
    return { total, offset, rows: this.whole(this.inOrder(by, compare, offset, offset + limit)) };
  }

  private readonly byBytes: Compare = (a, b) => {
    const { table, compareKeys } = this.kind;
    return table.bytesOf(b) - table.bytesOf(a) || compareKeys(a, b);
  };

  private inOrder(by: string, compare: Compare, from: number, until: number): number[] {
    if (from >= this.total) return [];
    if (until <= maxPageRows) return firstInOrder(this.total, compare, until).slice(from);
    if (this.ordered?.by !== by) this.ordered = { by, order: firstInOrder(this.total, compare, this.total) };
    return this.ordered.order.slice(from, until);
  }

  private whole(indexes: readonly number[]): (Row & Extra)[] {
    const { describe, extra } = this.kind;
    return describe(indexes).map((row, place) => Object.assign(row, extra(indexes[place]!)));
  }

  /** Rows by a cell that has to be looked up for each of them. */
  private lookedUp(column: string, descending: boolean): number[] {
    const by = `${descending ? "-" : ""}${column}`;
    if (this.ordered?.by === by) return this.ordered.order;
    const largest = firstInOrder(this.total, this.byBytes, maxLookedUpRows);
    const cells = (this.kind.describe(largest) as Record<string, Cell>[]).map((row) => row[column]);
    const order = largest
      .map((_, place) => place)
      .sort((a, b) => compareCells(cells[a], cells[b], descending))
      .map((place) => largest[place]!);
    this.ordered = { by, order };
    return order;
  }
}

/** The address of an id as text; `unknown` where there were too many to keep. */
export function addressText(addresses: AddressIds, id: number): string {
  const bytes = addresses.addressOf(id);
  if (bytes === undefined) return "unknown";
  if (bytes.length === 6) {
    const view = new DataView(bytes.buffer);
    return formatMac(view.getUint32(0), view.getUint16(4));
  }
  const words = new Uint32Array(4);
  const version = bytes.length === 4 ? 4 : 6;
  loadAddress(bytes, 0, version, words, 0);
  return formatAddress(version, words, 0);
}

/** When a record began, in seconds since 1970 to the microsecond, and how long it took. */
export function tallyTimes(
  { floats }: TallyTable,
  i: number,
  baseSeconds: number,
): { first: number | null; last: number | null; durationSeconds: number } {
  const half = (i * tallyStride) / 2;
  const first = floats[half + tallyFloat.first]!;
  const last = floats[half + tallyFloat.last]!;
  if (Number.isNaN(first)) return { first: null, last: null, durationSeconds: 0 };
  return {
    first: micros(baseSeconds + first),
    last: micros(baseSeconds + last),
    durationSeconds: micros(last - first),
  };
}

function micros(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

function compareNumbers(a: number, b: number, descending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return descending ? b - a : a - b;
}
