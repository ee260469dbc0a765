/** What the page asks for of what was said before, and what it makes of answers that come late, wrong or not at all. */
import { beforeEach, expect, test } from "bun:test";
import type { Classroom } from "../../../public/classroom/classroom.ts";
import { Conversation, type Said } from "../../../public/classroom/conversation.ts";
import { Past } from "../../../public/classroom/past.ts";

const said = (id: number): Said => ({ id, timeMs: 0, sender: "bob", text: `said ${id}` });
const found = (id: number, more: object = { room: "main" }) => ({
  id,
  timeMs: 0,
  from: "bob",
  text: "x",
  ...more,
});

let main: Conversation;
let bob: Conversation;
let sent: [string, object][];
let notes: string[];
let classroom: { link: object | undefined; current: Conversation | undefined };
let past: Past;
beforeEach(() => {
  [main, bob] = [new Conversation("room", "main"), new Conversation("person", "bob")];
  main.number = 1;
  for (let id = 900; id <= 950; id++) main.add(said(id));
  [sent, notes] = [[], []];
  let ask = 1;
  const known: Record<string, Conversation> = { "room main": main, "person bob": bob };
  const stub = {
    link: {},
    name: "ann",
    current: undefined as Conversation | undefined,
    nextAsk: () => ask++,
    send: (header: string, content: object) => void sent.push([header, content]),
    note: (text: string) => void notes.push(text),
    find: (kind: string, name: string) => known[`${kind} ${name}`],
    open: (conversation: Conversation) => (stub.current = conversation),
    changes: { tell() {} },
    reading: { read() {} },
  };
  classroom = stub;
  past = new Past(stub as unknown as Classroom);
});

/** The answer to what was asked last, with these messages. */
function answer(ask: number, ids: readonly number[]): void {
  for (const id of ids) past.hear(said(id));
  past.end({ ask, number: 1, before: 0, count: ids.length });
}

test("older ones are asked for once, and stand before what is here", () => {
  past.askOlder(main);
  past.askOlder(main);
  expect(sent).toEqual([["history", { ask: 1, number: 1, before: 900, count: 50 }]]);
  answer(1, [898, 899]);
  expect([main.messages[0]!.id, main.mayHaveOlder]).toEqual([898, false]);
});

test("an answer that nobody asked for, or that was asked for over another connection, changes nothing", () => {
  answer(7, [1, 2]);
  past.askOlder(main);
  past.hear(said(5));
  past.forget();
  answer(1, [3]);
  expect(main.messages).toHaveLength(51);
  // It may be asked for again, and what came of the first answer is not in the second.
  past.askOlder(main);
  answer(2, [899]);
  expect(main.messages.map(({ id }) => id).slice(0, 2)).toEqual([899, 900]);
});

test("a refusal is told, and one may ask again", () => {
  past.askOlder(main);
  expect(past.refused(9, "no")).toBe(false);
  expect(past.refused(1, "You are not in this room.")).toBe(true);
  expect(notes).toEqual(["You are not in this room."]);
  past.askOlder(main);
  expect(sent).toHaveLength(2);
});

test("what was found is gone to: where it is here, where it has to come, and where it is kept no more", () => {
  past.goTo(found(920));
  expect([sent, past.sought]).toEqual([[], { conversation: main, id: 920 }]);
  past.goTo(found(300));
  expect(sent).toEqual([["history", { ask: 1, number: 1, before: 341, count: 500 }]]);
  answer(
    1,
    Array.from({ length: 90 }, (_, at) => 251 + at),
  );
  expect(main.past?.messages.some(({ id }) => id === 300)).toBe(true);
  expect(past.sought?.id).toBe(300);
  past.showLatest();
  expect(main.past).toBeUndefined();
  past.goTo(found(200));
  answer(2, []);
  expect([past.sought, notes]).toEqual([undefined, ["That message is not kept any more."]]);
});

test("a private message can be gone to where it is here; a room that one has left, and a stranger, cannot", () => {
  const alone = found(5, { to: "ann" });
  expect(past.canGoTo(alone)).toBe(false);
  bob.add(said(5));
  expect(past.canGoTo(alone)).toBe(true);
  expect(past.canGoTo(found(6, { from: "ann", to: "eve" }))).toBe(false);
  expect(past.canGoTo(found(6, { room: "Physics" }))).toBe(false);
  past.goTo(found(6, { room: "Physics" }));
  main.number = undefined;
  expect(past.canGoTo(found(920))).toBe(false);
  expect([sent, past.sought]).toEqual([[], undefined]);
});

test("without a connection a search fails at once, and so does one that waits when it goes", () => {
  past.findWords("x", undefined);
  expect(past.search.state).toBe("asking");
  past.forget();
  expect(past.search.state).toBe("failed");
  classroom.link = undefined;
  past.findWords("x", undefined);
  expect([past.search.state, sent.length]).toEqual(["failed", 1]);
});
