/** Where the page has its data from: the server, or, in a report file, the file itself. Types only. */
import type { Answers, PageQuery, SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";

/** What a route is asked: the selection, a part of many rows, and what stands in the route, as `:number`. */
export type Parameters = {
  readonly [Name in keyof (SelectionQuery & PageQuery) | "number" | "id" | "by"]?: string | undefined;
};

export interface DataSource {
  /** Whether nothing can be asked but what was put into a report file. */
  readonly isFile: boolean;
  /**
   * Asks a route. Those who ask the same at the same time share one answer, which nobody may change.
   * @throws Refusal where it is refused, TypeError where the server cannot be reached, `signal.reason` when aborted
   */
  get<R extends keyof Answers>(route: R, parameters: Parameters, signal?: AbortSignal): Promise<Answers[R]>;
}
