import { expect, test } from "bun:test";
import { foundAtOnce } from "./limits.ts";
import { SearchPages } from "./search-pages.ts";

const hit = (id: number) => ({ id, timeMs: 0, from: "ann", room: "main", text: "x" });

test("each page begins where the one before ended, until there is no more", () => {
  const pages = new SearchPages();
  expect(pages.next()).toBeUndefined();
  expect(pages.first("word")).toEqual({ words: "word", count: foundAtOnce });
  expect(pages.next()).toBeUndefined();
  pages.answered({ ask: 1, found: [hit(9), hit(7)], more: true });
  expect(pages.next()).toEqual({ words: "word", count: foundAtOnce, before: 7 });
  pages.answered({ ask: 2, found: [hit(3)], more: false });
  expect(pages.next()).toBeUndefined();
  pages.first("another");
  expect(pages.next()).toBeUndefined();
});
