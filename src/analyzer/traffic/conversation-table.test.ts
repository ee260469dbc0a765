import { expect, test } from "bun:test";
import { ConversationTable } from "./conversation-table.ts";

test("a pair is made once, and says so", () => {
  const conversations = new ConversationTable();
  const words = new Uint32Array([0, 0, 0, 1, 0, 0, 0, 2]);
  const made = conversations.rowOf(4, words, 0, 4, 0xffffffff);
  expect(made).toBeLessThan(0);
  const row = -1 - made;
  expect([conversations.rowOf(4, words, 0, 4, 0xffffffff), conversations.rowOf(4, words, 0, 4, row)]).toEqual(
    [row, row],
  );
  conversations.add(row, 1, 2, 30, 40, 5, 6);
  conversations.addFlow(row);
  expect(conversations.read(row)).toEqual({
    version: 4,
    packetsUp: 1,
    packetsDown: 2,
    bytesUp: 30,
    bytesDown: 40,
    first: 5,
    last: 6,
    flows: 1,
  });
  expect(conversations.bytesOf(row)).toBe(70);
});
