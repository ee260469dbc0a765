import { expect, test } from "bun:test";
import { JudgedEnds } from "./judged-ends.ts";
import { maxJudgedFlows } from "./limits.ts";
import { PacketLog } from "./packet-log.ts";

/** Of feature rows 1 to 4. */
const scores = Float64Array.of(0, 0.3, 0.5, 0.9, 0.7);
const threshold = 0.6;

function judged(
  ends: JudgedEnds,
  packets: [row: number, from: number, to: number, flow: number][],
  hosts = 10,
) {
  const log = new PacketLog();
  packets.forEach(([row, from, to], i) => log.push(row, from, to, 0, i + 1, 60));
  log.noteFlows(
    Uint32Array.from(packets, ([, , , flow]) => flow),
    packets.length,
  );
  for (const chunk of log.chunks) ends.add(chunk, scores, threshold, hosts);
  return ends;
}

test("hosts and flows have their highest score, and how many packets were flagged", () => {
  const ends = judged(new JudgedEnds(), [
    [1, 1, 2, 7],
    [3, 2, 1, 7],
    [4, 2, 3, 8],
    [2, 4, 4, 0],
    [3, 5, 5, 9],
  ]);
  expect([1, 2, 3, 4, 5].map((id) => ends.host(id))).toEqual([
    { score: 0.9, flagged: 1 },
    { score: 0.9, flagged: 2 },
    { score: 0.7, flagged: 1 },
    { score: 0.5, flagged: 0 },
    { score: 0.9, flagged: 1 },
  ]);
  expect(ends.flow(7)).toEqual({ score: 0.9, flagged: 1 });
  expect(ends.flow(8)).toEqual({ score: 0.7, flagged: 1 });
});

test("nothing is known of the id 0, of no flow, and of what was not judged", () => {
  const ends = judged(new JudgedEnds(), [[3, 0, 0, 0]]);
  expect([ends.host(0), ends.host(3), ends.host(1e6), ends.flow(0), ends.flow(3)]).toEqual(
    Array(5).fill(null),
  );
});

test("many hosts, and in each of several calls", () => {
  const ends = judged(new JudgedEnds(), [[3, 5, 6, 0]]);
  judged(ends, [[4, 5, 70_000, 0]], 70_001);
  expect([ends.host(5), ends.host(70_000)]).toEqual([
    { score: 0.9, flagged: 2 },
    { score: 0.7, flagged: 1 },
  ]);
});

test("a newer flow takes an older one's place, not the other way round, and each is counted", () => {
  const newer = maxJudgedFlows + 7;
  const ends = judged(new JudgedEnds(), [
    [3, 1, 2, 7],
    [4, 1, 2, newer],
    [3, 1, 2, 7],
  ]);
  expect([ends.flow(7), ends.flow(newer), ends.displaced]).toEqual([null, { score: 0.7, flagged: 1 }, 2]);
});
