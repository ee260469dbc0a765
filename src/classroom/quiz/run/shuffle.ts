/** Each student's own order of questions and options, out of a seed that is kept, so that it is the same again. */

/** A seed of a student in a run: 32 bits (FNV-1a over the run's seed and the name's key). */
export function studentSeed(runSeed: number, studentKey: string): number {
  let hash = 0x811c9dc5 ^ runSeed;
  for (const byte of Buffer.from(studentKey)) hash = Math.imul(hash ^ byte, 0x01000193);
  return mixed(hash);
}

/**
 * The numbers from 0 to `count` - 1 in an order that follows from the seed (Fisher and Yates).
 * @param stream what is put in order: other streams of the same seed are independent
 */
export function shuffledOrder(count: number, seed: number, stream: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = mixed(seed ^ Math.imul(stream + 1, 0x9e3779b1));
  for (let last = count - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0;
    const other = Math.floor((mixed(state) / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Murmur3's finaliser: each bit of the input changes half of the output's. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
