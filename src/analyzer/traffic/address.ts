/** Addresses as four words, and as text. IPv4 takes the last word, and the others are 0. */

/** Reads an address of `version` at `at` into four words of `into` from `place` on. */
export function loadAddress(
  bytes: Uint8Array,
  at: number,
  version: number,
  into: Uint32Array,
  place: number,
): void {
  if (version === 4) {
    into[place] = 0;
    into[place + 1] = 0;
    into[place + 2] = 0;
    into[place + 3] = word(bytes, at);
    return;
  }
  into[place] = word(bytes, at);
  into[place + 1] = word(bytes, at + 4);
  into[place + 2] = word(bytes, at + 8);
  into[place + 3] = word(bytes, at + 12);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** The four words at `place` as text: dotted, or as RFC 5952 writes IPv6. */
export function formatAddress(version: number, words: Uint32Array, place: number): string {
  if (version === 4) {
    const v4 = words[place + 3]!;
    return `${v4 >>> 24}.${(v4 >>> 16) & 255}.${(v4 >>> 8) & 255}.${v4 & 255}`;
  }
  const groups: number[] = [];
  for (let i = 0; i < 4; i++) groups.push(words[place + i]! >>> 16, words[place + i]! & 0xffff);
  return formatGroups(groups);
}

/** The longest run of two or more zero groups, the first of equal ones, becomes `::` (RFC 5952, section 4.2). */
function formatGroups(groups: number[]): string {
  let best = -1;
  let bestLength = 1;
  for (let from = 0; from < 8; from++) {
    let until = from;
    while (until < 8 && groups[until] === 0) until++;
    if (until - from > bestLength) {
      best = from;
      bestLength = until - from;
    }
  }
  const text = (from: number, until: number) =>
    groups
      .slice(from, until)
      .map((group) => group.toString(16))
      .join(":");
  return best < 0 ? text(0, 8) : `${text(0, best)}::${text(best + bestLength, 8)}`;
}

/** An Ethernet address out of its first 32 and its last 16 bits. */
export function formatMac(high: number, low: number): string {
  const digits = high.toString(16).padStart(8, "0") + low.toString(16).padStart(4, "0");
  return digits.replaceAll(/(..)(?=.)/g, "$1:");
}

/** Whether an address is one that many machines can have: private, link-local, loopback, or not global. */
export function isLocal(version: number, words: Uint32Array, place: number): boolean {
  if (version === 6) {
    const first = words[place]! >>> 16;
    return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 || first === 0;
  }
  const v4 = words[place + 3]!;
  const [a, b] = [v4 >>> 24, (v4 >>> 16) & 255];
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254)
  );
}
