/** Whether a server is the one it was: by its CODE, remembered at the first meeting as SSH does. */
import { ExpectedError } from "../../lib/errors.ts";
import type { KnownServers } from "./known-servers.ts";

/** What came of looking at a CODE; `first` is one that was never seen here. */
export type Trust = "known" | "first" | "asked-for";

/**
 * @param fingerprint the CODE that the person says it must have
 * @throws ExpectedError with one sentence where the server is another one
 */
export function trustServer(
  server: string,
  code: string,
  fingerprint: string | undefined,
  known: KnownServers,
): Trust {
  if (fingerprint !== undefined) {
    if (fingerprint !== code)
      throw new ExpectedError(`the server at ${server} has the code ${code}, and not ${fingerprint}.`);
    return "asked-for";
  }
  const before = known.find(server);
  if (before === undefined) return "first";
  if (before === code) return "known";
  throw new ExpectedError(
    `THE SERVER AT ${server} IS NOT THE ONE IT WAS: its code is ${code}, and it was ${before}. ` +
      `Somebody may be listening in. Nothing was sent. If the server was set up anew, ask for its code and ` +
      `join with --fingerprint CODE (what is known stands in ${known.place}).`,
  );
}
