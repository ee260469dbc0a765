import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { PacketLog } from "./packet-log.ts";
import { suspectScores } from "./suspicion.ts";

const threshold = 0.7;
/** Of an ordinary row and of a flagged one. */
const scores = Float64Array.of(0, 0.4, 0.9);

interface Packet {
  source: number;
  destination: number;
  seconds: number;
  flagged?: boolean;
}

function scoresOf(packets: Packet[]): number[] {
  const log = new PacketLog();
  packets.forEach(({ source, destination, seconds, flagged }, i) =>
    log.push(flagged ? 2 : 1, source, destination, seconds, i + 1, 60),
  );
  return Array.from(suspectScores(log.chunks, scores, threshold, 100));
}

function many(count: number, each: (i: number) => Packet): Packet[] {
  return Array.from({ length: count }, (_, i) => each(i));
}

describe("a packet between what is flagged", () => {
  test("of the same two hosts is suspect, before and after, and no more as time goes by", () => {
    const attack = many(100, (i) => ({ source: 1, destination: 2, seconds: 100 + i / 100, flagged: true }));
    const [before, soon, late] = [99.5, 101.5, 400].map((seconds) => ({
      source: 2,
      destination: 1,
      seconds,
    }));
    const all = scoresOf([before!, ...attack, soon!, late!]);
    expect(all[0]).toBeGreaterThan(0.6);
    expect(all[101]).toBeGreaterThan(0.6);
    expect(all[102]).toBeLessThan(0.45);
    expect(all.slice(1, 101).every((score) => score >= threshold)).toBe(true);
  });

  test("of a busy server is not, and of others least of all", () => {
    const busy = many(5000, (i) => ({ source: 10 + (i % 80), destination: 3, seconds: i / 100 }));
    const attack = many(20, (i) => ({ source: 1, destination: 3, seconds: i * 2, flagged: true }));
    const others = many(50, (i) => ({ source: 5, destination: 6, seconds: i }));
    const sorted = [...busy, ...attack, ...others].toSorted((a, b) => a.seconds - b.seconds);
    const all = scoresOf(sorted);
    sorted.forEach(({ source, destination, flagged }, i) => {
      if (source === 5) expect(all[i]).toBeCloseTo(0.4, 6);
      else if (destination === 3 && !flagged) expect(all[i]).toBeLessThan(0.42);
    });
  });
});

test("raised scores stay below the threshold, those of flagged packets stay what they are, and none is NaN", () => {
  const packet = fc.record({
    source: fc.nat(4),
    destination: fc.nat(4),
    seconds: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Number.NaN)),
    flagged: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 60 }), (packets) => {
      scoresOf(packets).forEach((score, i) => {
        if (packets[i]!.flagged) expect(score).toBeCloseTo(0.9, 5);
        else {
          expect(score).toBeGreaterThan(0.399);
          expect(score).toBeLessThan(threshold);
        }
      });
    }),
  );
});
