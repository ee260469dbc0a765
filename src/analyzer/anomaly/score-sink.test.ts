import { expect, test } from "bun:test";
import { leastFlagged } from "../store/store-chunk.ts";
import { PacketLog } from "./packet-log.ts";
import { tellSink } from "./score-sink.ts";

test("runs of packets are told at once; a flagged packet's score never rounds to that of one that is not", () => {
  const log = new PacketLog();
  for (const number of [1, 2, 5, 6, 7]) log.push(number, 1, 2, number, number, 60);
  const told: unknown[] = [];
  const sink = {
    setScores: (first: number, scores: Uint16Array, vectors: Uint32Array, count: number) =>
      told.push([first, [...scores.subarray(0, count)], [...vectors.subarray(0, count)]]),
    expectEpisodes: () => {},
    forgetVectors: () => {},
  };
  const threshold = 0.65432;
  const scores = Float32Array.of(0.5, 0.65431, 0.65433, 1, 0);
  tellSink(sink, log.chunks[0]!, scores, threshold);
  expect(leastFlagged(threshold)).toBe(6544);
  expect(told).toEqual([
    [1, [5000, 6543], [1, 2]],
    [5, [6544, 10_000, 0], [5, 6, 7]],
  ]);
});
