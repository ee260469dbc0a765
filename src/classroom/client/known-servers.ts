/** Which servers this person has met, and by what CODE: the port that `store/disk` implements. */
export interface KnownServers {
  /** @param server `HOST:PORT`. @returns its CODE, or undefined where it was never met */
  find(server: string): string | undefined;
  /** @returns words that fit behind a colon where it could not be written down */
  remember(server: string, code: string): string | undefined;
  /** Where they are written down, for people. */
  readonly place: string;
}
