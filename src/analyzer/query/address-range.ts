/** Addresses and CIDR prefixes (RFC 4632, RFC 4291, section 2.3) out of text. */

export interface AddressRange {
  /** Bytes of an address: 4 or 16. */
  length: 4 | 16;
  /** Four words, of which IPv4 uses the last; zero behind the prefix. */
  words: Uint32Array;
  /** Bits that count: 32 or 128 for one address. */
  prefix: number;
}

/** @returns the range, or what is wrong, as a sentence */
export function parseAddressRange(text: string): AddressRange | string {
  const [address, bits, ...more] = text.split("/");
  const words = address!.includes(":") ? parseIpv6(address!) : parseIpv4(address!);
  if (words === undefined)
    return `'${text}' is no address: write one like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32.`;
  const length = address!.includes(":") ? 16 : 4;
  const all = length * 8;
  if (bits === undefined) return { length, words, prefix: all };
  if (more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > all)
    return `'${text}' is no range: behind an address of IPv${length === 4 ? 4 : 6} stands / and a number from 0 to ${all}.`;
  return { length, words: cutWords(words, Number(bits) + 128 - all), prefix: Number(bits) };
}

/** The same for the same addresses. */
export function rangeKey({ length, words, prefix }: AddressRange): string {
  return `${length === 4 ? words[3]!.toString(16) : [...words].map((word) => word.toString(16)).join(":")}/${prefix}`;
}

function cutWords(words: Uint32Array, bits: number): Uint32Array {
  return words.map((word, i) => {
    const left = Math.max(0, Math.min(32, bits - i * 32));
    return left === 32 ? word : word & ~(0xffffffff >>> left);
  });
}

function parseIpv4(text: string): Uint32Array | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return Uint32Array.of(0, 0, 0, (parts[0]! << 24) | (parts[1]! << 16) | (parts[2]! << 8) | parts[3]!);
}

/** Eight groups, of which `::` stands for one or more zero ones; the last two may be an IPv4 address. */
function parseIpv6(text: string): Uint32Array | undefined {
  const [front, back, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const before = parseGroups(front!, back === undefined);
  const after = back === undefined ? [] : parseGroups(back, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (back === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return Uint32Array.from({ length: 4 }, (_, i) => (groups[2 * i]! << 16) | groups[2 * i + 1]!);
}

function parseGroups(text: string, isLast: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (isLast && i === parts.length - 1 && part.includes(".")) {
      const v4 = parseIpv4(part)?.[3];
      if (v4 === undefined) return undefined;
      groups.push(v4 >>> 16, v4 & 0xffff);
    } else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
