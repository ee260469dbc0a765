/** How even the bytes of a payload's beginning are: near 0 for filling, 4 to 5 for text, near 6 for secrets. */

/** Bytes that are looked at. */
const headBytes = 64;
/** Fewer bytes say nothing. */
export const leastEntropyBytes = 16;

const counts = new Uint8Array(256);
/** n log2 n. */
const terms = Float64Array.from({ length: headBytes + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)));

/** Shannon's entropy of the first 64 bytes from `start`, in bits a byte: 0 to 6. */
export function payloadEntropy(bytes: Uint8Array, start: number, end: number): number {
  const length = Math.min(headBytes, end - start);
  counts.fill(0);
  for (let i = start; i < start + length; i++) counts[bytes[i]!]!++;
  let sum = 0;
  for (let i = start; i < start + length; i++) {
    sum += terms[counts[bytes[i]!]!]!;
    counts[bytes[i]!] = 0;
  }
  return length === 0 ? 0 : Math.log2(length) - sum / length;
}
