/** What every store of messages promises, run over each of them. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { KeptMessage, MessageStore } from "../classroom/chat/message-store.ts";

const message = (id: number, over: Partial<KeptMessage> = {}): KeptMessage => ({
  id,
  room: 1,
  sender: "Ann",
  recipient: "",
  text: `text ${id} ü\0\n`,
  timeMs: 1_764_081_584_000 + id,
  ...over,
});

const toBob = (id: number): KeptMessage => message(id, { room: 0, recipient: "Bob" });
const noTags = new Map<string, number>();

/** @param open makes an empty store */
export function testMessageStore(what: string, open: () => MessageStore): void {
  describe(`a store of messages: ${what}`, () => {
    let store: MessageStore;
    beforeEach(() => {
      store = open();
      store.addRoom({ number: 1, name: "main" });
      store.addRoom({ number: 2, name: "Other" });
    });
    afterEach(() => store.close());

    test("an empty one", async () => {
      await store.append([], noTags);
      expect([store.lastId(), store.lastTag("ann"), store.seen("ann")]).toEqual([0, 0, 0]);
      expect(store.inRoom(1, 0, 1e9, 10)).toEqual([]);
      expect(store.toPerson("ann", 0, 10)).toEqual([]);
      expect(store.rooms()).toEqual([
        { number: 1, name: "main" },
        { number: 2, name: "Other" },
      ]);
    });

    test("messages of a room: the latest within the bounds, from old to new, as they were given", async () => {
      const all = [message(3), message(4, { room: 2 }), message(5), message(2 ** 40), toBob(2 ** 40 + 1)];
      await store.append(all, noTags);
      expect(store.inRoom(1, 0, 2 ** 50, 10)).toEqual([all[0]!, all[2]!, all[3]!]);
      expect(store.inRoom(1, 3, 2 ** 40, 10)).toEqual([all[2]!]);
      expect(store.inRoom(1, 0, 2 ** 50, 2)).toEqual([all[2]!, all[3]!]);
      expect(store.inRoom(1, 0, 2 ** 50, 0)).toEqual([]);
      expect(store.inRoom(2, 0, 2 ** 50, 10)).toEqual([all[1]!]);
      expect(store.inRoom(3, 0, 2 ** 50, 10)).toEqual([]);
      expect(store.lastId()).toBe(2 ** 40 + 1);
    });

    test("messages to a person: by the key of the name, the oldest first", async () => {
      await store.append([toBob(1), message(2), toBob(3), toBob(4)], noTags);
      expect(store.toPerson("bob", 0, 2)).toEqual([toBob(1), toBob(3)]);
      expect(store.toPerson("bob", 1, 10)).toEqual([toBob(3), toBob(4)]);
      expect(store.toPerson("Bob", 0, 10)).toEqual([]);
    });

    test("no more bytes of text than are asked for, and one message at least", async () => {
      const text = "é".repeat(50);
      const toRoom = [1, 2, 3].map((id) => message(id, { text }));
      const toPerson = [4, 5].map((id) => message(id, { text, room: 0, recipient: "Bob" }));
      await store.append([...toRoom, ...toPerson], noTags);
      const ids = (mostBytes: number): number[] => store.inRoom(1, 0, 9, 9, mostBytes).map(({ id }) => id);
      expect([ids(300), ids(299), ids(1)]).toEqual([[1, 2, 3], [2, 3], [3]]);
      expect(store.toPerson("bob", 0, 9, 199).map(({ id }) => id)).toEqual([4]);
      expect(store.toPerson("bob", 0, 9, 200).map(({ id }) => id)).toEqual([4, 5]);
    });

    test("tags and what was seen, each by person", async () => {
      await store.append([], new Map([["ann", 7]]));
      await store.append([message(1)], new Map([["bob", 0xffffffff]]));
      store.setSeen("ann", 12);
      expect([store.lastTag("ann"), store.lastTag("bob")]).toEqual([7, 0xffffffff]);
      expect([store.seen("ann"), store.seen("bob")]).toEqual([12, 0]);
      await store.append([], new Map([["ann", 8]]));
      expect([store.lastTag("ann"), store.seen("ann")]).toEqual([8, 12]);
    });

    test("what was read, by person and room, and how much is newer", async () => {
      await store.append([message(1), message(2), message(3, { room: 2 }), message(4)], noTags);
      expect(store.read("ann", 1)).toBeUndefined();
      store.setRead("ann", 1, 2);
      store.setRead("ann", 2, 0);
      expect([store.read("ann", 1), store.read("ann", 2), store.read("bob", 1)]).toEqual([2, 0, undefined]);
      await store.append([], noTags);
      expect([store.read("ann", 1), store.read("ann", 2), store.read("bob", 1)]).toEqual([2, 0, undefined]);
      expect([store.countSince(1, 2, 9), store.countSince(1, 0, 2), store.countSince(9, 0, 2)]).toEqual([
        1, 2, 0,
      ]);
    });

    test("the oldest are taken away in slices, and ids go on upward", async () => {
      const all = Array.from({ length: 10 }, (_, i) => message(i + 1, { room: 1 + (i % 2) }));
      await store.append(all, noTags);
      const bounds = { olderThanMs: all[7]!.timeMs, maxBytes: undefined, most: 4 };
      expect(await store.prune(bounds)).toEqual({ removed: 4, isMore: true });
      expect(await store.prune(bounds)).toEqual({ removed: 3, isMore: false });
      expect(await store.prune(bounds)).toEqual({ removed: 0, isMore: false });
      expect(store.inRoom(1, 0, 99, 99).map(({ id }) => id)).toEqual([9]);
      await store.prune({ ...bounds, olderThanMs: 2 ** 50 });
      expect([store.inRoom(1, 0, 99, 99), store.lastId()]).toEqual([[], 10]);
    });
  });
}
