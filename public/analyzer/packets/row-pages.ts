/**
 * Rows of a long list, fetched in pages as they come into sight. A few pages are kept, those unused for
 * longest go first, and what has gone out of sight before it was asked for is never asked for.
 */
import { keptPages, pagesInFlight, rowsOfFetch } from "./limits.ts";

export interface RowsPart<Row> {
  total: number;
  rows: readonly Row[];
}

export type FetchRows<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<RowsPart<Row>>;

interface Page<Row> {
  rows: readonly Row[];
  /** Shown, but asked for again once it is in sight. */
  isStale: boolean;
}

export class RowPages<Row> {
  /** Rows in all; 0 until the first answer. */
  total = 0;
  /** In the order of use, the latest last. */
  private readonly pages = new Map<number, Page<Row>>();
  private readonly running = new Map<number, AbortController>();
  private readonly fetchRows: FetchRows<Row>;
  private readonly onChange: () => void;
  private wanted: number[] = [];
  private problem: unknown;

  constructor(fetchRows: FetchRows<Row>, onChange: () => void) {
    this.fetchRows = fetchRows;
    this.onChange = onChange;
  }

  /** What went wrong the last time, until `refresh`. */
  get error(): unknown {
    return this.problem;
  }

  /** The row, or undefined while it is not there. */
  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / rowsOfFetch))?.rows[index % rowsOfFetch];
  }

  /** Waits for the first rows. @throws as `fetchRows` */
  async loadFirst(signal: AbortSignal): Promise<void> {
    const { total, rows } = await this.fetchRows(0, rowsOfFetch, signal);
    this.total = total;
    this.touch(0, { rows, isStale: false });
  }

  /** Says which rows are in sight: they are fetched, the others no longer. */
  want(first: number, end: number): void {
    const from = Math.floor(first / rowsOfFetch);
    const to = Math.floor(Math.max(first, end - 1) / rowsOfFetch);
    this.wanted = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    for (const [page, abort] of this.running) if (!this.wanted.includes(page)) abort.abort();
    this.pump();
  }

  /** Asks once more for what is in sight, as a running capture has grown; what is shown stays until then. */
  refresh(): void {
    for (const page of this.pages.values()) page.isStale = true;
    this.problem = undefined;
    this.pump();
  }

  /**
   * Asks for the last rows of what has grown. Only when they are there are there more of them, so that who keeps
   * the end in sight sees no gap. @throws as `fetchRows`
   */
  async loadEnd(signal: AbortSignal): Promise<void> {
    const { total } = await this.fetchRows(Math.max(0, this.total - 1), 1, signal);
    const last = Math.floor(Math.max(0, total - 1) / rowsOfFetch);
    const missing = [last - 1, last].filter((page) => page >= 0 && !this.isWhole(page));
    const parts = await Promise.all(
      missing.map((page) => this.fetchRows(page * rowsOfFetch, rowsOfFetch, signal)),
    );
    this.problem = undefined;
    for (const [i, { rows }] of parts.entries()) this.touch(missing[i]!, { rows, isStale: false });
    this.total = total;
    this.forget();
    this.onChange();
  }

  /** Fetches nothing any more. */
  close(): void {
    this.wanted = [];
    for (const abort of this.running.values()) abort.abort();
  }

  private pump(): void {
    if (this.problem !== undefined) return;
    for (const page of this.wanted) {
      const held = this.pages.get(page);
      if (held !== undefined && !held.isStale) this.touch(page, held);
      else if (!this.running.has(page) && this.running.size < pagesInFlight) void this.load(page);
    }
  }

  private async load(page: number): Promise<void> {
    const abort = new AbortController();
    this.running.set(page, abort);
    try {
      const { total, rows } = await this.fetchRows(page * rowsOfFetch, rowsOfFetch, abort.signal);
      if (abort.signal.aborted) return;
      this.total = total;
      this.touch(page, { rows, isStale: false });
      this.forget();
      this.onChange();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.problem = error;
      this.onChange();
    } finally {
      this.running.delete(page);
      this.pump();
    }
  }

  private isWhole(page: number): boolean {
    return this.pages.get(page)?.rows.length === rowsOfFetch;
  }

  private touch(page: number, held: Page<Row>): void {
    this.pages.delete(page);
    this.pages.set(page, held);
  }

  private forget(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= keptPages) return;
      if (!this.wanted.includes(page)) this.pages.delete(page);
    }
  }
}
