/** Where session tokens are kept, as hashes only: the port that `store/` implements. */
export interface TokenStore {
  /** Adds a token of a person, and forgets the least used ones of this person beyond `most`. */
  add(hash: string, nameKey: string, atMs: number, most: number): void;
  /** @returns the key of the name it belongs to, where it was last used after `sinceMs`; it is used now */
  use(hash: string, atMs: number, sinceMs: number): string | undefined;
  /** Forgets all tokens of a person. */
  removeAll(nameKey: string): void;
}
