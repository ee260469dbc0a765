/** What is wrong about a filter: one sentence, and where it is wrong. */
export interface FilterProblem {
  kind: "problem";
  /** A sentence. */
  message: string;
  /** In the text of a display filter, in UTF-16 units; `end` is one past the last one. */
  at?: { start: number; end: number };
}

export function filterProblem(message: string, at?: { start: number; end: number }): FilterProblem {
  return at === undefined ? { kind: "problem", message } : { kind: "problem", message, at };
}

/** Thrown inside the parser, and caught by `parseFilter`. */
export class FilterError extends Error {
  readonly problem: FilterProblem;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.problem = filterProblem(message, { start, end });
  }
}
