import { expect, test } from "bun:test";
import { featureColumn, featureCount, type FeatureName } from "./feature-list.ts";
import { ReceiverContexts } from "./receiver-contexts.ts";
import { SenderContexts } from "./sender-contexts.ts";

function receiverOf(arrived: number, sent: number): (name: FeatureName) => number {
  const senders = new SenderContexts();
  const receivers = new ReceiverContexts(senders);
  const own = senders.touch(7, 8, 0);
  for (let i = 0; i < sent; i++) senders.add(own, 1, 60, false, 0);
  const record = receivers.touch(7, 8, 0);
  for (let i = 0; i < arrived; i++) receivers.add(record, 1, i % 2 === 0, Number(i < 5), 0);
  receivers.note(record, 1, 2, 0);
  receivers.add(record, 1, false, 0, 0);
  const row = new Float64Array(featureCount);
  receivers.write(record, row, 0);
  return (name) => row[featureColumn[name]]!;
}

test("what a receiver gets, and whether it answers", () => {
  const silent = receiverOf(99, 0);
  expect(silent("destination.packets")).toBe(100);
  expect(silent("destination.openings")).toBe(50);
  expect(silent("destination.small")).toBe(5);
  expect(silent("destination.unanswered")).toBe(101);
  expect(silent("destination.peers")).toBeCloseTo(1, 1);
  expect(receiverOf(99, 100)("destination.unanswered")).toBe(1);
});
