/** What of a conversation is new, and what a search comes to: the parts of the page that need no browser. */
import { describe, expect, test } from "bun:test";
import { markFound } from "../../../public/classroom/chat/marked-text.ts";
import { SearchModel } from "../../../public/classroom/chat/search-model.ts";
import { Conversation, type Said } from "../../../public/classroom/conversation.ts";
import { Reading } from "../../../public/classroom/reading.ts";

const said = (id: number, sender = "bob"): Said => ({ id, timeMs: 0, sender, text: `said ${id}` });

function heard(conversation: Conversation, messages: readonly Said[], isRead = false): void {
  for (const message of messages) {
    conversation.add(message);
    conversation.hear(message, isRead);
  }
}

const from = (first: number, last: number): Said[] =>
  Array.from({ length: last - first + 1 }, (_, at) => said(first + at));

const found = (id: number) => ({ id, timeMs: 0, from: "bob", room: "main", text: "x" });

const marked = (text: string, words: string): string =>
  markFound(text, words)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join("");

/** With a main room, one of nobody's, and two people; what is sent is kept. */
function open() {
  const main = new Conversation("room", "main");
  main.number = 1;
  const [bob, eve] = [new Conversation("person", "bob"), new Conversation("person", "eve")];
  const sent: [string, object][] = [];
  const classroom = {
    link: {},
    current: main,
    memory: { seen: 0 },
    conversations: new Map([main, bob, eve].map((each) => [each.name, each])),
    changes: { tell() {} },
    send: (header: string, content: object) => void sent.push([header, content]),
  };
  const reading = new Reading(classroom as unknown as ConstructorParameters<typeof Reading>[0]);
  reading.begin(0);
  reading.look(true);
  const hear = (conversation: Conversation, id: number): void => {
    heard(conversation, [said(id, conversation.name)], reading.isBeforeEyes(conversation));
    if (conversation !== main) classroom.memory.seen = id;
  };
  const told = (): [string, object][] => {
    reading.tell();
    return sent.splice(0);
  };
  return { classroom, reading, main, bob, eve, hear, told };
}

describe("what is new in a conversation", () => {
  test("who comes back finds new what the server says, older that is not shown among it", () => {
    const conversation = new Conversation("room", "main");
    conversation.welcome({ read: 10, unread: 5, missed: 3 });
    heard(conversation, [said(13), said(14), said(15)]);
    expect([conversation.unread, conversation.firstNew("ann")?.id]).toEqual([5, 13]);
    conversation.read();
    expect([conversation.unread, conversation.readId, conversation.firstNew("ann")?.id]).toEqual([0, 15, 13]);
  });

  test("what was read before is not new, though it is shown again", () => {
    const conversation = new Conversation("room", "main");
    conversation.welcome({ read: 14, unread: 1, missed: 3 });
    heard(conversation, [said(13), said(14), said(15)]);
    expect([conversation.unread, conversation.firstNew("ann")?.id]).toEqual([1, 15]);
  });

  test("to whoever was never here nothing of before is new, and what comes then is", () => {
    const conversation = new Conversation("room", "main");
    conversation.welcome({ missed: 2 });
    heard(conversation, [said(13), said(14)]);
    expect([conversation.unread, conversation.firstNew("ann")]).toEqual([0, undefined]);
    heard(conversation, [said(15)]);
    expect([conversation.unread, conversation.firstNew("ann")?.id]).toEqual([1, 15]);
  });

  test("the line is before the first that came while nobody looked, and own messages and news draw none", () => {
    const conversation = new Conversation("room", "main");
    heard(conversation, [said(3)], true);
    heard(conversation, [said(0, "")]);
    expect(conversation.unread).toBe(0);
    conversation.add(said(4, "ann"));
    heard(conversation, [said(5), said(6)]);
    expect([conversation.unread, conversation.firstNew("ann")?.id]).toEqual([2, 5]);
  });

  test("read elsewhere meanwhile, it is new no more", () => {
    const conversation = new Conversation("room", "main");
    heard(conversation, [said(3)], true);
    heard(conversation, [said(4), said(5), said(6)]);
    conversation.welcome({ read: 5, unread: 1, missed: 0 });
    expect(conversation.unread).toBe(1);
    // A mark that is behind what was read here takes nothing back.
    conversation.welcome({ read: 2, unread: 4, missed: 0 });
    expect([conversation.unread, conversation.readId]).toEqual([1, 5]);
  });
});

describe("what the server is told of it", () => {
  test("a room up to what was before the eyes, once", () => {
    const { reading, main, hear, told } = open();
    hear(main, 3);
    expect(told()).toEqual([["read", { number: 1, id: 3 }]]);
    expect(told()).toEqual([]);
    reading.look(false);
    hear(main, 4);
    expect(told()).toEqual([]);
    reading.look(true);
    expect(told()).toEqual([["read", { number: 1, id: 4 }]]);
    // Over another connection it may have been lost.
    reading.begin(0);
    expect(told()).toEqual([["read", { number: 1, id: 4 }]]);
  });

  test("the past is before the eyes, and not what comes", () => {
    const { reading, main } = open();
    main.past = { messages: [said(1)], mayHaveOlder: false };
    expect(reading.isBeforeEyes(main)).toBe(false);
  });

  test("private messages up to the first that is unread, whoever sent it", () => {
    const { classroom, reading, bob, eve, hear, told } = open();
    hear(bob, 5);
    hear(eve, 6);
    hear(bob, 7);
    expect(told()).toEqual([["seen", { id: 4 }]]);
    classroom.current = bob;
    reading.read();
    expect(told()).toEqual([["seen", { id: 5 }]]);
    classroom.current = eve;
    reading.read();
    expect(told()).toEqual([["seen", { id: 7 }]]);
  });

  test("of more than may wait all are told as seen, as nothing new would come", () => {
    const { bob, hear, told } = open();
    for (let id = 5; id < 105; id++) hear(bob, id);
    expect(told()).toEqual([["seen", { id: 4 }]]);
    hear(bob, 105);
    expect(told()).toEqual([["seen", { id: 105 }]]);
  });

  test("without a connection nothing", () => {
    const { classroom, main, hear, told } = open();
    Object.assign(classroom, { link: undefined });
    hear(main, 3);
    expect(told()).toEqual([]);
  });
});

describe("the place of a message that was found", () => {
  test("far from the latest it is shown with what is around it, and the latest stay as they are", () => {
    const conversation = new Conversation("room", "main");
    heard(conversation, from(900, 950), true);
    expect(conversation.showAround(300, from(100, 400), true)).toBe(true);
    expect(conversation.shown.map(({ id }) => id)).toEqual(from(260, 340).map(({ id }) => id));
    expect([conversation.oldestId, conversation.showsOlder]).toEqual([260, true]);
    conversation.addOlder(from(210, 259), false);
    expect([conversation.oldestId, conversation.showsOlder]).toEqual([210, false]);
    conversation.past = undefined;
    expect(conversation.shown).toHaveLength(51);
  });

  test("near the latest it becomes one with them, each message once", () => {
    const conversation = new Conversation("room", "main");
    heard(conversation, from(900, 950), true);
    expect(conversation.showAround(890, from(600, 920), true)).toBe(true);
    expect(conversation.past).toBeUndefined();
    expect(conversation.shown.map(({ id }) => id)).toEqual(from(600, 950).map(({ id }) => id));
  });

  test("from one place in the past to another, and back to what is near the latest", () => {
    const conversation = new Conversation("room", "main");
    heard(conversation, from(900, 950), true);
    conversation.showAround(300, from(100, 341), true);
    conversation.showAround(500, from(100, 541), true);
    expect(conversation.shown.map(({ id }) => id)).toEqual(from(460, 540).map(({ id }) => id));
    conversation.showAround(880, from(500, 921), true);
    expect(conversation.shown.map(({ id }) => id)).toEqual(from(500, 950).map(({ id }) => id));
  });

  test("one that is not kept any more is nowhere", () => {
    const conversation = new Conversation("room", "main");
    expect(conversation.showAround(5, [], false)).toBe(false);
    expect(conversation.showAround(5, from(6, 9), false)).toBe(false);
    expect(conversation.shown).toHaveLength(0);
  });
});

describe("a search", () => {
  test("goes on behind what it has, and an answer to another is passed over", () => {
    const search = new SearchModel();
    expect(search.begin(7, "layer homew*", 1)).toEqual({
      ask: 7,
      words: "layer homew*",
      count: 20,
      number: 1,
    });
    search.answered({ ask: 6, found: [found(99)], more: true });
    expect([search.state, search.found]).toEqual(["asking", []]);
    search.answered({ ask: 7, found: [found(9), found(4)], more: true, behind: true });
    expect([search.state, search.hasMore, search.isBehind]).toEqual(["answered", true, true]);
    expect(search.goOn(8)).toMatchObject({ ask: 8, words: "layer homew*", number: 1, before: 4 });
    search.answered({ ask: 8, found: [found(2)], more: false });
    expect([search.found.map(({ id }) => id), search.hasMore]).toEqual([[9, 4, 2], false]);
    expect(search.begin(9, "x", undefined)).toEqual({ ask: 9, words: "x", count: 20 });
  });

  test("fails with the server's sentence, or with the connection, and answers that come too late do nothing", () => {
    const search = new SearchModel();
    search.lost();
    expect(search.state).toBe("none");
    search.begin(7, "x", undefined);
    expect(search.failed(6, "no")).toBe(false);
    expect(search.failed(7, "no")).toBe(true);
    expect([search.state, search.problem]).toEqual(["failed", "no"]);
    search.begin(8, "x", undefined);
    search.lost();
    expect(search.problem).toStartWith("The connection is lost.");
    search.answered({ ask: 8, found: [found(1)] });
    expect([search.state, search.found]).toEqual(["failed", []]);
    // "More" without anything would go on for ever.
    search.begin(9, "x", undefined);
    search.answered({ ask: 9, more: true });
    expect(search.hasMore).toBe(false);
  });
});

test("words that were searched for are marked as the server finds them", () => {
  for (const [text, words, expected] of [
    ["The Layers of homework", "layers homew*", "The [Layers] of [homework]"],
    ["Ecole, école, écoles", "ÉCOLE", "[Ecole], [école], écoles"],
    ["in any case", '"any case"', "in [any] [case]"],
    ["e-mail, mail", "e-mail", "[e]-[mail], [mail]"],
    ["<b>bold</b>", "b", "<[b]>bold</[b]>"],
    ["nothing", '* ** ""', "nothing"],
    ["", "x", ""],
    ["a+b", "(a+", "[a]+b"],
  ] as const)
    expect(marked(text, words)).toBe(expected);
});
