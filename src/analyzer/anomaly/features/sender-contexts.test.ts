import { expect, test } from "bun:test";
import { featureColumn, featureCount } from "./feature-list.ts";
import { SenderContexts } from "./sender-contexts.ts";

test("what a sender sends, and what comes back as refused", () => {
  const senders = new SenderContexts();
  const record = senders.touch(1, 2, 0);
  for (let i = 0; i < 10; i++) senders.add(record, 1, 100, i < 4, 0);
  senders.refuse(1, 2);
  senders.refuse(9, 9);
  const row = new Float64Array(featureCount);
  senders.write(record, row, 0);
  expect(row[featureColumn["source.bytes"]]).toBe(1000);
  expect(row[featureColumn["source.openings"]]).toBe(4);
  expect(row[featureColumn["source.refusals"]]).toBe(1);
  expect(senders.packetsOf(1, 2, 0)).toBe(10);
  expect(senders.packetsOf(1, 2, 10)).toBeCloseTo(10 / Math.E, 6);
  expect(senders.packetsOf(3, 4, 0)).toBe(0);
});

test("a sender is new for a second", () => {
  const senders = new SenderContexts();
  const record = senders.touch(1, 2, 40);
  expect([40.2, 41.5].map((time) => senders.isNew(record, time))).toEqual([true, false]);
});

test("the usual time to live is that of most packets", () => {
  const senders = new SenderContexts();
  const record = senders.touch(1, 2, 0);
  for (let i = 0; i < 5; i++) expect(senders.hopsOff(record, 64)).toBe(0);
  expect(senders.hopsOff(record, 50)).toBe(14);
  expect(senders.hopsOff(record, 64)).toBe(0);
  for (let i = 0; i < 12; i++) senders.hopsOff(record, 128);
  expect(senders.hopsOff(record, 128)).toBe(0);
});
