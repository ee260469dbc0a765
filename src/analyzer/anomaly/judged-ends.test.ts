import { expect, test } from "bun:test";
import { u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { AddressIds } from "../store/address-ids.ts";
import { JudgedEnds } from "./judged-ends.ts";
import { maxJudgedFlows } from "./limits.ts";
import { PacketLog } from "./packet-log.ts";

/** Of feature rows 1 to 4. */
const scores = Float64Array.of(0, 0.3, 0.5, 0.9, 0.7);
const threshold = 0.6;

/** Packets of UDP by feature row, hosts by their last byte (0 for none) and ports. */
type Packet = [row: number, from: number, fromPort: number, to: number, toPort: number];

function judge(ends: JudgedEnds, ids: AddressIds, packets: Packet[]): JudgedEnds {
  const log = new PacketLog();
  const columns = createDecodedColumns(packets.length);
  packets.forEach(([row, from, fromPort, to, toPort], i) => {
    const [source, destination] = [from, to].map((host) => (host === 0 ? 0 : ids.idOf(4, u32(host), 0)));
    log.push(row, source!, destination!, 0, i + 1, 60);
    columns.transport[i] = 17;
    columns.sourcePort[i] = fromPort;
    columns.destinationPort[i] = toPort;
  });
  log.noteFlows(columns, packets.length);
  for (const chunk of log.chunks) ends.add(chunk, scores, threshold);
  return ends;
}

function judged(...packets: Packet[]): JudgedEnds {
  const ids = new AddressIds();
  return judge(new JudgedEnds(ids), ids, packets);
}

const host = (ends: JudgedEnds, number: number) => ends.scoreOfHost(4, Uint32Array.of(0, 0, 0, number), 0);
const flow = (ends: JudgedEnds, a: number, aPort: number, b: number, bPort: number) =>
  ends.scoreOfFlow(4, Uint32Array.of(0, 0, 0, a, 0, 0, 0, b), 0, 4, ((aPort << 16) | bPort) >>> 0, 17);

const some: Packet[] = [
  [1, 1, 50_000, 2, 53],
  [3, 2, 53, 1, 50_000],
  [4, 2, 53, 3, 6000],
  [2, 4, 1, 4, 1],
  [3, 5, 1, 5, 2],
];

test("hosts and flows have their highest score, and how many packets were flagged", () => {
  const ends = judged(...some);
  expect([1, 2, 3, 4, 5].map((number) => host(ends, number))).toEqual([
    { score: 0.9, flagged: 1 },
    { score: 0.9, flagged: 2 },
    { score: 0.7, flagged: 1 },
    { score: 0.5, flagged: 0 },
    { score: 0.9, flagged: 1 },
  ]);
  expect(flow(ends, 1, 50_000, 2, 53)).toEqual({ score: 0.9, flagged: 1 });
  expect(flow(ends, 2, 53, 1, 50_000)).toEqual({ score: 0.9, flagged: 1 });
  expect(flow(ends, 2, 53, 3, 6000)).toEqual({ score: 0.7, flagged: 1 });
});

test("packets of episodes that are expected are not among the flagged ones", () => {
  const ids = new AddressIds();
  const log = new PacketLog();
  const columns = createDecodedColumns(4);
  for (const [i, to] of [2, 2, 3, 1].entries()) {
    log.push(3, ids.idOf(4, u32(1), 0), ids.idOf(4, u32(to), 0), 0, i + 1, 60);
    columns.transport[i] = 17;
    columns.sourcePort[i] = 40;
    columns.destinationPort[i] = to;
  }
  log.noteFlows(columns, 4);
  const ends = new JudgedEnds(ids);
  ends.add(log.chunks[0]!, scores, threshold);
  log.chunks[0]!.episode.set([1, 2, 2, 0]);
  ends.addEpisodes(log.chunks[0]!);
  const flagged = (expected: number[]) => {
    ends.expected = expected;
    return [
      host(ends, 1),
      host(ends, 2),
      host(ends, 3),
      flow(ends, 1, 40, 2, 2),
      flow(ends, 1, 40, 3, 3),
    ].map((told) => told?.flagged);
  };
  expect([flagged([]), flagged([2]), flagged([1, 2])]).toEqual([
    [4, 2, 1, 2, 1],
    [2, 1, 0, 1, 0],
    [1, 0, 0, 0, 0],
  ]);
  expect(host(ends, 3)?.score).toBe(0.9);
});

test("nothing is known of what was not judged, and of the id that many share", () => {
  const ends = judged([3, 0, 0, 1, 0]);
  expect([host(ends, 1), host(ends, 2), flow(ends, 1, 0, 2, 0)]).toEqual([
    { score: 0.9, flagged: 1 },
    null,
    null,
  ]);
});

test("many hosts, in several calls", () => {
  const ids = new AddressIds();
  const ends = judge(new JudgedEnds(ids), ids, [[3, 5, 0, 6, 0]]);
  judge(
    ends,
    ids,
    Array.from({ length: 5000 }, (_, i): Packet => [4, 5, i, 1000 + i, 80]),
  );
  expect([host(ends, 5), host(ends, 5999)]).toEqual([
    { score: 0.9, flagged: 5001 },
    { score: 0.7, flagged: 1 },
  ]);
  expect(flow(ends, 5, 4999, 5999, 80)).toEqual({ score: 0.7, flagged: 1 });
});

test("where there are too many flows the least strange give way, and are counted", () => {
  const ids = new AddressIds();
  const ends = judge(new JudgedEnds(ids), ids, [[3, 1, 1, 2, 2]]);
  const more = 2 * maxJudgedFlows;
  for (let first = 0; first < more; first += 8192) {
    const packets = Array.from({ length: 8192 }, (_, i): Packet => [
      1,
      3,
      (first + i) % 65_521,
      100 + ((first + i) >> 12),
      9,
    ]);
    judge(ends, ids, packets);
  }
  expect(flow(ends, 1, 1, 2, 2)).toEqual({ score: 0.9, flagged: 1 });
  expect(ends.displaced).toBeGreaterThan(more - maxJudgedFlows);
});

test("version 6", () => {
  const ids = new AddressIds();
  const address = new Uint8Array([...u16(0x2001), ...new Uint8Array(13), 9]);
  const log = new PacketLog();
  log.push(3, ids.idOf(16, address, 0), 0, 0, 1, 60);
  const ends = new JudgedEnds(ids);
  ends.add(log.chunks[0]!, scores, threshold);
  expect(ends.scoreOfHost(6, Uint32Array.of(0x20010000, 0, 0, 9), 0)).toEqual({ score: 0.9, flagged: 1 });
});
