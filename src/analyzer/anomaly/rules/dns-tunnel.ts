/**
 * Data in DNS names (iodine, dnscat2, DNS exfiltration): a client asks, of one domain, for many different names
 * that are long and look like noise (Born and Gustafson 2010; Farnham 2013, "Detecting DNS Tunneling").
 *
 *      0 … 12                                          registered domain
 *     | header | 63 label | 40 label | … | 6 tunnel | 3 com | 0 | type | class |
 *                \______ what may carry data ______/
 *
 * A name counts if it carries enough beside the domain: 75 bits, as its length times the entropy of its
 * characters (Shannon 1948), or 40 where the type asked for lets much come back (NULL, TXT, and those nobody
 * asks for). Names of content networks have half of that. Addresses written as names do not count: reverse
 * lookups and block lists, which have digits alone. The domain is the last two labels, or three below a country
 * whose second level is one of the usual (`co.uk`).
 */
import { counted } from "../../../lib/counted.ts";
import { Context } from "../features/context.ts";
import { hashWord } from "../features/hash-bytes.ts";
import type { PacketEnds } from "../features/packet-ends.ts";
import { maxLabels, tunnelDomains } from "./limits.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const spanSeconds = 30;
/** Different names of late that count, of one client and domain. */
const leastNames = 15;
const carriedBits = { usual: 75, roomy: 40 } as const;
/** Characters below which a name cannot carry that much. */
const leastCharacters = 10;
/** A, NS, CNAME, SOA, PTR, MX, AAAA, SRV, NAPTR, DS, DNSKEY, SVCB, HTTPS: the rest is seldom asked for. */
const usualTypes = new Set([1, 2, 5, 6, 12, 15, 28, 33, 35, 43, 48, 64, 65]);
const secondLevels = new Set(["co", "com", "net", "org", "gov", "edu", "ac", "ne", "or", "go"]);

export class DnsTunnel {
  private readonly domains = new Context({
    slots: tunnelDomains,
    sums: 0,
    sets: 1,
    timeConstant: spanSeconds,
  });
  private readonly labels = new Uint32Array(maxLabels);
  private readonly counts = new Uint16Array(256);
  private readonly told = { names: 0, bits: 0, domain: 0, end: 0 };

  get evicted(): number {
    return this.domains.table.evicted;
  }

  /** A message `bytes[start .. end)` to or from DNS's port; the client is its sender, or its receiver. */
  see(
    bytes: Uint8Array,
    start: number,
    end: number,
    ends: PacketEnds,
    isQuestion: boolean,
    time: number,
  ): number {
    if (start + 12 > end || bytes[start + 4] !== 0 || bytes[start + 5] !== 1) return 0;
    const count = this.readLabels(bytes, start + 12, end);
    const domainAt = count < 3 ? -1 : this.domainLabel(bytes, count);
    if (domainAt <= 0) return 0;
    const [from, until] = [start + 12, this.labels[domainAt]!];
    const nameEnd = this.labels[count]!;
    if (until - from - domainAt < leastCharacters || nameEnd + 3 > end) return 0;
    const isRoomy = !usualTypes.has((bytes[nameEnd + 1]! << 8) | bytes[nameEnd + 2]!);
    const bits = this.carriedBits(bytes, from, until);
    if (bits < (isRoomy ? carriedBits.roomy : carriedBits.usual)) return 0;

    const domain = hashLower(bytes, until, nameEnd, isQuestion ? ends.sourceHigh : ends.destinationHigh);
    const slot = this.domains.touch(domain, hashWord(domain, 1), time);
    this.domains.note(slot, 0, hashLower(bytes, from, until, 2), time);
    const { told } = this;
    told.names = this.domains.different(slot, 0, time);
    told.bits = bits;
    told.domain = until;
    told.end = nameEnd;
    return told.names >= leastNames ? ruleNumber.dnsTunnel : 0;
  }

  describe(bytes: Uint8Array): RuleReason {
    const { domain, end, bits } = this.told;
    const names = Math.round(this.told.names);
    let text = "";
    for (let at = domain; at < end; at += bytes[at]! + 1) {
      const label = Array.from(bytes.subarray(at + 1, at + 1 + bytes[at]!), printable).join("");
      text += text === "" ? label : `.${label}`;
    }
    return ruleReason(
      ruleNumber.dnsTunnel,
      names,
      "1 to 5",
      `is about one of ${counted(names, "different name")} below ${text} within a minute that look like data (this one: ${Math.round(bits)} bits)`,
    );
  }

  /** Notes where each label of the name begins, and where the name ends, its last byte not included; 0 if broken. */
  private readLabels(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let count = 0;
    while (at < end && count < maxLabels - 1) {
      this.labels[count] = at;
      const length = bytes[at]!;
      if (length === 0) return count;
      if (length > 63) return 0;
      at += length + 1;
      count++;
    }
    return 0;
  }

  /** The place of the first label of the registered domain; -1 for addresses written as names. */
  private domainLabel(bytes: Uint8Array, count: number): number {
    const { labels } = this;
    const last = labels[count - 1]!;
    if (isLabel(bytes, last, "arpa") || isLabel(bytes, last, "local")) return -1;
    const isCountry = bytes[last] === 2;
    const second = labels[count - 2]!;
    const length = bytes[second]!;
    if (!isCountry || length > 3) return count - 2;
    return secondLevels.has(lower(bytes, second + 1, second + 1 + length)) ? count - 3 : count - 2;
  }

  /** Length times entropy of the labels in `bytes[from .. until)`, without their lengths; 0 for digits alone. */
  private carriedBits(bytes: Uint8Array, from: number, until: number): number {
    const { counts } = this;
    let total = 0;
    let others = 0;
    for (let at = from; at < until; at += bytes[at]! + 1) {
      for (let i = at + 1; i <= at + bytes[at]!; i++) {
        const character = toLower(bytes[i]!);
        counts[character]!++;
        total++;
        if (!(character >= 0x30 && character <= 0x39) && character !== 0x2d) others++;
      }
    }
    let bits = 0;
    for (let at = from; at < until; at += bytes[at]! + 1) {
      for (let i = at + 1; i <= at + bytes[at]!; i++) {
        const character = toLower(bytes[i]!);
        const times = counts[character]!;
        if (times > 0) bits += times * Math.log2(total / times);
        counts[character] = 0;
      }
    }
    return others === 0 ? 0 : bits;
  }
}

/** FNV-1a over letters without case: resolvers vary the case of what they ask (draft-vixie-dnsext-dns0x20). */
function hashLower(bytes: Uint8Array, from: number, until: number, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = from; i < until; i++) hash = Math.imul(hash ^ toLower(bytes[i]!), 0x01000193);
  return hashWord(hash, seed);
}

function toLower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

function isLabel(bytes: Uint8Array, at: number, text: string): boolean {
  return bytes[at] === text.length && lower(bytes, at + 1, at + 1 + text.length) === text;
}

function lower(bytes: Uint8Array, from: number, until: number): string {
  let text = "";
  for (let i = from; i < until; i++) text += String.fromCharCode(toLower(bytes[i]!));
  return text;
}

function printable(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "?";
}
