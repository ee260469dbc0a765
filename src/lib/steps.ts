/** Long work in short steps, so that whoever has it done can let others have their turn between them. */

/** Yields after each step, and returns what came of it. */
export type Steps<Result = void> = Generator<undefined, Result, undefined>;

/** Does all of it at once. */
export function drain<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
