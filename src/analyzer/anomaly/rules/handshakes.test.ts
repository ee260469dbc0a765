import { expect, test } from "bun:test";
import { answeredHosts } from "./limits.ts";
import {
  countsOf,
  host,
  overIpv4,
  reasonsOf,
  segment,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

const [syn, synAck] = [0x02, 0x12];
const victim = host(9);

function accepted(from: number, port: number, to = victim): Uint8Array {
  return overIpv4(6, segment(80, port, synAck), { from, to });
}

test("connections accepted that the victim did not open", () => {
  const packets = times(100, (i): TimedPacket => ({ data: accepted(host(20 + i), 4000 + i), at: i / 100 }));
  expect(countsOf(packets)).toEqual({ "synack-reflection": 85 });
  expect(reasonsOf(packets).at(-1)!.text).toMatch(
    /^is among 9\d connections accepted in 10 s by about \d+ servers/,
  );
});

test("those that it opened, and a few without, as a capture begins with", () => {
  const opened = times(100, (i): TimedPacket[] => [
    { data: overIpv4(6, segment(4000 + i, 80, syn), { from: victim, to: host(20 + i) }), at: i / 100 },
    { data: accepted(host(20 + i), 4000 + i), at: i / 100 + 0.001 },
  ]);
  expect(countsOf(opened.flat())).toEqual({});
  expect(countsOf(times(10, (i) => ({ data: accepted(host(20 + i), 4000 + i) })))).toEqual({});
});

test("ever new victims give way to each other", () => {
  const flood = times(answeredHosts * 3, (i) => ({ data: accepted(host(1), 4000, host(100 + i)) }));
  expect(reasonsOf(flood).at(-1)!.evicted).toBeGreaterThan(answeredHosts);
});
