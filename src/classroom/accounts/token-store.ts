/** Where session tokens are kept, as hashes only: the port that `store/` implements. */
export interface TokenStore {
  /**
   * Adds a token of a person, and forgets the least used ones of this person beyond `most`.
   * @throws ExpectedError with one sentence where it cannot be kept
   */
  add(hash: string, nameKey: string, atMs: number, most: number): void;
  /** @returns the key of the name it belongs to, where it was last used after `sinceMs`; it is used now */
  use(hash: string, atMs: number, sinceMs: number): string | undefined;
  /** Forgets all tokens of a person. @throws ExpectedError as `add` */
  removeAll(nameKey: string): void;
}
