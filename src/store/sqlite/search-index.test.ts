import { Database } from "bun:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { parseSearch } from "../../classroom/chat/search-terms.ts";
import type { KeptMessage } from "../../classroom/chat/message-store.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { messageMigrations } from "./message-tables.ts";
import { batchOf, MessageWriter } from "./message-writer.ts";
import { SearchIndex } from "./search-index.ts";

const makeFolder = temporaryFolders();
let folder: string;
let database: Database;
let writer: MessageWriter;
let index: SearchIndex;

beforeEach(() => {
  folder = makeFolder();
  database = openDatabase(join(folder, "messages.sqlite"), messageMigrations);
  writer = new MessageWriter(database);
  index = new SearchIndex(join(folder, "messages.sqlite"), join(folder, "search.sqlite"));
});
afterEach(() => {
  index.close();
  database.close();
});

let lastId = 0;

function message(text: string, over: Partial<KeptMessage> = {}): KeptMessage {
  return { id: ++lastId, room: 1, sender: "Ann", recipient: "", text, timeMs: 5, ...over };
}

function keep(...messages: KeptMessage[]): void {
  writer.write(batchOf(messages, new Map(), { seen: new Map(), reads: [], newRooms: [] }));
  while (index.follow());
}

interface Asked {
  rooms?: number[];
  nameKey?: string;
  before?: number;
  most?: number;
}

function find(typed: string, { rooms = [1], nameKey, before = 2 ** 50, most = 10 }: Asked = {}): string[] {
  const parsed = parseSearch(typed);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { terms } = parsed;
  return index
    .search({ terms, rooms, nameKey, before, most, excerptCharacters: 40 })
    .found.map(({ text }) => text);
}

describe("what is found", () => {
  test("all words, without case and accents, the newest first", () => {
    keep(message("The homework is due on Friday"), message("Größe und Café"), message("homework? FRIDAY!"));
    expect(find("friday homework")).toEqual(["homework? FRIDAY!", "The homework is due on Friday"]);
    expect(find("cafe")).toEqual(["Größe und Café"]);
    expect(find("GRÖSSE")).toEqual([]);
    expect(find('"due on"')).toEqual(["The homework is due on Friday"]);
    expect(find('"on due"')).toEqual([]);
    expect(find("home*")).toHaveLength(2);
    expect(find("home")).toEqual([]);
  });

  test("only in rooms that are asked for, and private messages of the two alone", () => {
    keep(
      message("word in one"),
      message("word in two", { room: 2 }),
      message("word to bob", { room: 0, recipient: "Bob" }),
      message("word to eve", { room: 0, sender: "Carl", recipient: "Eve" }),
    );
    expect(find("word")).toEqual(["word in one"]);
    expect(find("word", { rooms: [2, 9] })).toEqual(["word in two"]);
    expect(find("word", { rooms: [], nameKey: "bob" })).toEqual(["word to bob"]);
    expect(find("word", { rooms: [1], nameKey: "ann" })).toEqual(["word to bob", "word in one"]);
    expect(find("word", { rooms: [], nameKey: "carl" })).toEqual(["word to eve"]);
    expect(find("word", { rooms: [] })).toEqual([]);
    expect(find("r1", { rooms: [1], nameKey: "ann" })).toEqual([]);
  });

  test("page by page", () => {
    const all = Array.from({ length: 25 }, (_, i) => message(`note ${i}`));
    keep(...all);
    const parsed = parseSearch("note");
    const terms = parsed.ok ? parsed.terms : [];
    let before = Number.MAX_SAFE_INTEGER;
    const seen: string[] = [];
    for (let isMore = true; isMore;) {
      const page = index.search({
        terms,
        rooms: [1],
        nameKey: undefined,
        before,
        most: 10,
        excerptCharacters: 40,
      });
      seen.push(...page.found.map(({ text }) => text));
      ({ isMore } = page);
      before = page.found.at(-1)!.id;
    }
    expect(seen).toEqual(all.map(({ text }) => text).toReversed());
  });

  test("nothing that is gone", () => {
    keep(message("word one"), message("word two"));
    writer.prune({ olderThanMs: undefined, maxBytes: 1, most: 1 });
    expect(find("word")).toEqual(["word two"]);
    while (index.follow());
    expect(find("word")).toEqual(["word two"]);
    const rows = new Database(join(folder, "search.sqlite"));
    expect(rows.query("SELECT count(*) AS n FROM found_docsize").get()).toEqual({ n: 1 });
    rows.close();
  });
});

test("while the index is behind that is told, and it goes on where it was", () => {
  keep(message("first"));
  index.close();
  writer.write(batchOf([message("second")], new Map(), { seen: new Map(), reads: [], newRooms: [] }));
  index = new SearchIndex(join(folder, "messages.sqlite"), join(folder, "search.sqlite"));
  const query = {
    terms: [{ text: "second", isPrefix: false }],
    rooms: [1],
    nameKey: undefined,
    before: 99,
    most: 9,
    excerptCharacters: 40,
  };
  expect(index.search({ ...query, before: 1e9 })).toEqual({ found: [], isMore: false, isBehind: true });
  while (index.follow());
  expect([find("first"), find("second")]).toEqual([["first"], ["second"]]);
});

test("an index that is damaged, or of other messages, is made anew", () => {
  keep(message("first"));
  const reopen = (): void => {
    index = new SearchIndex(join(folder, "messages.sqlite"), join(folder, "search.sqlite"));
    while (index.follow());
  };
  index.close();
  writeFileSync(join(folder, "search.sqlite"), "no database ".repeat(1_000));
  reopen();
  expect(find("first")).toEqual(["first"]);
  database.run("UPDATE birth SET name = 'another'");
  database.run("DELETE FROM messages");
  index.close();
  reopen();
  keep(message("second"));
  expect([find("first"), find("second")]).toEqual([[], ["second"]]);
});

test("of a long text only what is around the word", () => {
  keep(message(`${"a ".repeat(50_000)}homework${" b".repeat(50_000)}`));
  expect(find("homework")[0]).toMatch(/^…[a ]{5,}homework[b ]{5,}…$/);
});

test("whatever is typed gives a sentence or plain results", () => {
  keep(message("plain words OR NOT near scope r1 text"));
  const hostile = fc.string({
    unit: fc.constantFrom(..."ab1 \"'*():^-+{}\0;%_\\\n", "AND ", "OR ", "NEAR(", "words:", "ü"),
  });
  fc.assert(
    fc.property(
      fc.oneof(hostile, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })),
      (typed) => {
        const parsed = parseSearch(typed);
        if (parsed.ok) expect(find(typed)).toBeArray();
        else expect(parsed.reason).toEndWith(".");
      },
    ),
    { numRuns: 500 },
  );
});
