/** Full-text search by a thread of its own, which follows what is kept in slices, with pauses between them. */
import type { MessageSearch, SearchQuery, SearchResult } from "../../classroom/chat/message-search.ts";
import { ExpectedError } from "../../lib/errors.ts";
import { RequestThread } from "../../lib/request-thread.ts";
import type { SearchAnswer, SearchRequest } from "./search-worker.ts";

/** How long after a message the index follows, and how long it waits where there is more. */
const followDelayMs = 300;
const followPauseMs = 20;

export class ThreadedSearch implements MessageSearch {
  readonly #thread = new RequestThread<SearchRequest, SearchAnswer>(
    new URL("./search-worker.ts", import.meta.url),
    "./store/sqlite/search-worker.ts",
  );
  readonly #tell: (problem: string) => void;
  #timer: Timer | undefined;
  #isFollowing = false;
  #isAwake = false;
  #problem: string | undefined;

  /**
   * @param messages the file that is searched. @param index where the index is
   * @param tell told once in a sentence what goes wrong in the background
   */
  constructor(messages: string, index: string, tell: (problem: string) => void) {
    this.#tell = tell;
    this.#thread.ask({ kind: "open", messages, index }).catch(() => undefined);
    this.wake();
  }

  async search(query: SearchQuery): Promise<SearchResult> {
    return (await this.#thread.ask({ kind: "search", query })) as SearchResult;
  }

  wake(): void {
    if (this.#isFollowing) this.#isAwake = true;
    else this.#timer ??= setTimeout(() => void this.#follow(), followDelayMs);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#thread.hasEnded) return;
    await this.#thread.ask({ kind: "close" }).catch(() => undefined);
    this.#thread.end(new ExpectedError("the search is closed."));
  }

  async #follow(): Promise<void> {
    this.#timer = undefined;
    this.#isFollowing = true;
    this.#isAwake = false;
    let isMore = false;
    try {
      isMore = (await this.#thread.ask({ kind: "follow" })) === true;
      this.#problem = undefined;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (!this.#thread.hasEnded && problem !== this.#problem)
        this.#tell(`The search does not find the latest messages: ${problem}`);
      this.#problem = problem;
    }
    this.#isFollowing = false;
    if (this.#thread.hasEnded) return;
    if (isMore) this.#timer = setTimeout(() => void this.#follow(), followPauseMs);
    else if (this.#isAwake) this.wake();
  }
}
