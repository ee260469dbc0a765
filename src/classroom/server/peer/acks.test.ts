import { expect, test } from "bun:test";
import { PeerAcks } from "./acks.ts";

test("of several messages the last is told, and a later tag beside it; what was told is not told again", () => {
  const acks = new PeerAcks();
  expect(acks.take()).toEqual([]);
  acks.acknowledge(1, 40);
  acks.acknowledge(2, 41);
  expect(acks.take()).toEqual([{ tag: 2, id: 41 }]);
  acks.acknowledge(3, 42);
  acks.acknowledge(4, 0);
  expect(acks.take()).toEqual([
    { tag: 3, id: 42 },
    { tag: 4, id: 0 },
  ]);
  acks.acknowledge(5, 0);
  expect([acks.take(), acks.take()]).toEqual([[{ tag: 5, id: 0 }], []]);
});
