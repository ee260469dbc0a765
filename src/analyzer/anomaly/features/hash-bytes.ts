/**
 * MurmurHash3 for 32 bits (Appleby 2011): names hosts, pairs and flows by their bytes, a number each. Two
 * seeds give two halves of a key. Not for secrets.
 */

/** @returns the hash of `bytes` from `start` to `end`, signed; `seed` may be a hash, to go on from there */
export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  let place = start;
  for (; place + 4 <= end; place += 4) {
    const word =
      bytes[place]! | (bytes[place + 1]! << 8) | (bytes[place + 2]! << 16) | (bytes[place + 3]! << 24);
    hash = Math.imul(rotate(hash ^ scramble(word), 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let shift = 0; place < end; shift += 8) tail |= bytes[place++]! << shift;
  return finish(hash ^ scramble(tail) ^ (end - start));
}

/** The hash of one 32-bit number, going on from `seed`. */
export function hashWord(word: number, seed: number): number {
  return finish((Math.imul(rotate(seed ^ scramble(word), 13), 5) + 0xe6546b64) ^ 4);
}

function scramble(word: number): number {
  return Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
