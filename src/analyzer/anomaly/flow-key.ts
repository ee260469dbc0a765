/**
 * A flow by the ids of its ends' addresses, their ports and the transport, as one word that is the same in both
 * directions. Of 10,000 flows two share one with a chance of about 1 %. Never 0.
 */
export function flowKey(a: number, aPort: number, b: number, bPort: number, transport: number): number {
  const one = mix(a, aPort);
  const other = mix(b, bPort);
  const both = mix(one + other, (one ^ other) + transport);
  return both === 0 ? 1 : both;
}

function mix(a: number, b: number): number {
  let mixed = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
