/** Finding messages by words: the port that `store/` implements. The index follows what is kept, a moment behind. */
import type { KeptMessage } from "./message-store.ts";
import type { SearchTerm } from "./search-terms.ts";

export interface SearchQuery {
  /** All of them must be in a message. */
  terms: readonly SearchTerm[];
  /** Numbers of the rooms that are searched. */
  rooms: readonly number[];
  /** The key of a name: private messages from and to this person are searched too. */
  nameKey: string | undefined;
  /** Only messages with lower ids. */
  before: number;
  most: number;
  /** Characters that are wanted of a long text, around what was found in it. */
  excerptCharacters: number;
}

export interface SearchResult {
  /** The newest first. */
  found: KeptMessage[];
  isMore: boolean;
  /** Not all that is kept is in the index yet. */
  isBehind: boolean;
}

export interface MessageSearch {
  /** @throws ExpectedError with one sentence where it cannot be done */
  search(query: SearchQuery): Promise<SearchResult>;
  /** There are new messages, or old ones are gone: the index follows soon. */
  wake(): void;
  close(): Promise<void>;
}
