/** What chance is asked for where traffic is made up: numbers of a range, gaps in time, bytes, names, addresses. */
import type { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";

/** A whole number from `low` to `high`, both among them. */
export function between(random: SeededRandom, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

export function pick<T>(random: SeededRandom, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

/** A gap whose length nobody planned: exponential, with this mean. */
export function gap(random: SeededRandom, mean: number): number {
  return -Math.log(1 - random.fraction()) * mean;
}

/** About `value`, up to `share` of it more or less. */
export function about(random: SeededRandom, value: number, share: number): number {
  return value * (1 + share * (2 * random.fraction() - 1));
}

export function randomBytes(random: SeededRandom, length: number): Buffer {
  const bytes = Buffer.alloc(length + 3);
  for (let i = 0; i < length; i += 4) bytes.writeInt32LE(random.bits(), i & ~3);
  return bytes.subarray(0, length);
}

export function randomText(
  random: SeededRandom,
  length: number,
  letters = "abcdefghijklmnopqrstuvwxyz",
): string {
  return Array.from({ length }, () => letters[random.below(letters.length)]!).join("");
}

/** Of the ports that a system gives to who asks for any. */
export function ephemeralPort(random: SeededRandom): number {
  return between(random, 32_768, 60_999);
}

/** An address that is routed in the internet; not one of a private, looped, documented or multicast network. */
export function outsideIp(random: SeededRandom): number {
  for (;;) {
    const ip = random.bits() >>> 0;
    const first = ip >>> 24;
    const second = (ip >>> 16) & 255;
    const isSpecial =
      first === 0 || first === 10 || first === 127 || first >= 224 || (first === 100 && second >> 6 === 1);
    const isPrivate = (first === 172 && second >> 4 === 1) || (first === 192 && [0, 2, 168].includes(second));
    const isOdd = (first === 169 && second === 254) || first === 198 || first === 203;
    if (!isSpecial && !isPrivate && !isOdd && (ip & 255) !== 0 && (ip & 255) !== 255) return ip;
  }
}

const vendors = [0x3c970e, 0xf8b156, 0x001b21, 0x9cb654, 0xb827eb, 0xa4bb6d, 0x48ba4e, 0x001a4b];

/** Of a card that is sold. */
export function cardMac(random: SeededRandom): number {
  return pick(random, vendors) * 0x1000000 + random.below(0x1000000);
}
