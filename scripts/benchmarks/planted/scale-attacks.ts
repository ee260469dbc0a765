/** Gives the attacks that a labelled capture has of its own other shares, at the places where they are. */
import { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import { inTimeOrder, type TimedPacket } from "./timed-packets.ts";

export interface ScaleOptions {
  /** Of each attack's packets: .1 keeps every tenth by chance at its time, 5 has the attack five times in a row. */
  factor: number;
  /** The attacks that stay; undefined for all. */
  names?: readonly string[] | undefined;
  seed: number;
}

/** Between the end of an attack and the beginning of its next round. */
const roundsApartUs = 1000;

/** @param packets in order of time */
export function scaleAttacks(packets: readonly TimedPacket[], options: ScaleOptions): TimedPacket[] {
  const random = new SeededRandom(options.seed);
  const attacks = Map.groupBy(
    packets.filter(({ attack }) => attack !== undefined),
    ({ attack }) => attack!,
  );
  const scaled = packets.filter(({ attack }) => attack === undefined);
  const lastUs = packets.at(-1)?.atUs ?? 0;
  for (const [name, own] of attacks) {
    if (options.names !== undefined && !options.names.includes(name)) continue;
    const startUs = own[0]!.atUs;
    const roundUs = own.at(-1)!.atUs - startUs + roundsApartUs;
    const rounds = Math.ceil(options.factor);
    // Where there is no time left behind it, earlier.
    const earlierUs = Math.max(0, startUs + rounds * roundUs - lastUs);
    for (let round = 0; round < rounds; round++) {
      const share = Math.min(1, options.factor - round);
      const shiftUs = round * roundUs - (rounds > 1 ? earlierUs : 0);
      for (const packet of own)
        if (share === 1 || random.fraction() < share) scaled.push({ ...packet, atUs: packet.atUs + shiftUs });
    }
  }
  return inTimeOrder(scaled);
}
