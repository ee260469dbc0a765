import { expect, test } from "bun:test";
import { batchRows, liveSlotBytes, liveSlots } from "../../limits.ts";
import { BatchRing, createRingMemory } from "./batch-ring.ts";

test("both sides see the same slots", () => {
  const memory = createRingMemory();
  const [filler, taker] = [new BatchRing(memory), new BatchRing(memory)];
  const slot = filler.nextFree(0)!;
  slot.bytes[liveSlotBytes - 1] = 7;
  for (const column of [slot.seconds, slot.offset, slot.captured, slot.wire, slot.nanos])
    column[batchRows - 1] = 9;
  const same = taker.slots[0]!;
  expect(same.bytes[liveSlotBytes - 1]).toBe(7);
  for (const column of [same.seconds, same.offset, same.captured, same.wire, same.nanos])
    expect(column[batchRows - 1]).toBe(9);
  // The next slot is untouched: nothing overlaps.
  const next = taker.slots[1]!;
  expect([next.seconds[0], next.offset[0], next.bytes[0]]).toEqual([0, 0, 0]);
});

test("a slot is filled again only after it was given back", () => {
  const ring = new BatchRing(createRingMemory());
  for (let filled = 0; filled < liveSlots; filled++) expect(ring.nextFree(filled)).toBe(ring.slots[filled]);
  ring.giveBack();
  expect(ring.nextFree(liveSlots)).toBe(ring.slots[0]);
  ring.stop();
  expect(ring.nextFree(liveSlots + 1)).toBeUndefined();
});

test("one link type for all", () => {
  const ring = new BatchRing(createRingMemory());
  ring.setLinkType(113);
  for (const slot of ring.slots) expect([slot.linkType[0], slot.linkType[batchRows - 1]]).toEqual([113, 113]);
});
