/** Writes that may fail for a reason that people are told: a full disk, a folder that is read-only. */
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

/** @throws ExpectedError with one sentence where the work throws */
export function keepOrTell<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ExpectedError(`${what} cannot be kept: ${reasonOf(error)}.`, { cause: error });
  }
}
