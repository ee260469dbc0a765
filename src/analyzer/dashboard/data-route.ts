/** What every data route has in common: which capture is asked for, and which of its packets. */
import type { Context, Handler } from "hono";
import type { Filter } from "../query/filter-node.ts";
import { parseSelectionQuery, selectionParameters } from "../query/selection-query.ts";
import type { OpenCaptures, ShownCapture } from "./open-captures.ts";
import { problem } from "./problems.ts";

export interface Asked {
  readonly capture: ShownCapture;
  readonly filter: Filter;
  /** Whether something is filtered. */
  readonly isFiltered: boolean;
  readonly parameters: URLSearchParams;
}

/**
 * A route over the selected packets of a capture.
 * @param more parameters that it takes besides
 */
export function dataRoute(
  captures: OpenCaptures,
  more: readonly string[],
  answer: (c: Context, asked: Asked) => Response | Promise<Response>,
): Handler {
  const known = new Set([...selectionParameters, "capture", ...more]);
  return async (c) => {
    const { searchParams } = new URL(c.req.url);
    const capture = captureAsked(c, captures, searchParams, known);
    if (capture instanceof Response) return capture;
    const filter = parseSelectionQuery(searchParams);
    if (filter.kind === "problem") return problem(c, "bad_request", filter.message, filter.at);
    const isFiltered = filter.node.kind !== "all";
    return await answer(c, { capture, filter, isFiltered, parameters: searchParams });
  };
}

/** A route about a capture as a whole, which takes no filter. */
export function captureRoute(
  captures: OpenCaptures,
  answer: (c: Context, capture: ShownCapture) => Response | Promise<Response>,
): Handler {
  const known = new Set(["capture"]);
  return async (c) => {
    const capture = captureAsked(c, captures, new URL(c.req.url).searchParams, known);
    return capture instanceof Response ? capture : await answer(c, capture);
  };
}

/** A filter that is not understood must not look as if it had been applied. */
function captureAsked(
  c: Context,
  captures: OpenCaptures,
  parameters: URLSearchParams,
  known: ReadonlySet<string>,
): ShownCapture | Response {
  for (const name of parameters.keys()) {
    if (!known.has(name)) return problem(c, "unknown_parameter", `There is no parameter '${name}' here.`);
    if (parameters.getAll(name).length > 1)
      return problem(c, "bad_request", `The parameter '${name}' stands there more than once.`);
  }
  const id = parameters.get("capture") ?? undefined;
  return captures.find(id) ?? problem(c, "not_found", `There is no open capture '${id}'.`);
}
