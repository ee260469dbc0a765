/** The thread that indexes and searches: nobody who says something waits for it. */
import type { SearchQuery, SearchResult } from "../../classroom/chat/message-search.ts";
import { SearchIndex } from "./search-index.ts";
import { answerRequests } from "../../lib/request-thread.ts";

export type SearchRequest =
  | { kind: "open"; messages: string; index: string }
  | { kind: "follow" }
  | { kind: "search"; query: SearchQuery }
  | { kind: "close" };

/** Of `follow` whether there is more, of `search` what was found. */
export type SearchAnswer = boolean | SearchResult;

let paths = { messages: "", index: "" };
let open: SearchIndex | undefined;

answerRequests((request: SearchRequest): SearchAnswer => {
  switch (request.kind) {
    case "open":
      paths = request;
      return false;
    case "follow":
      return index().follow();
    case "search":
      return index().search(request.query);
    default:
      open?.close();
      open = undefined;
      return false;
  }
});

/** What could not be opened is tried again the next time. */
function index(): SearchIndex {
  return (open ??= new SearchIndex(paths.messages, paths.index));
}
