/**
 * Chains of IPv6 extension headers that no honest stack sends (RFC 8200, section 4.1): a hop-by-hop header
 * that is not the first, one that comes twice (destination options may, before and after routing), source
 * routing that was abolished (type 0, RFC 5095), or options too long to be for anything. They are sent to get
 * past filters and to tire routers.
 *
 *      0      1                              2
 *     | next | length in 8 bytes, less one  | …     hop-by-hop 0, routing 43, destination options 60, …
 *     | next | reserved                     | offset 13, more 1 | identification      fragment 44
 *     | next | length in 4 bytes, less two  | …     authentication 51
 */
import { maxChainHeaders } from "./limits.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const header = { hopByHop: 0, routing: 43, fragment: 44, authentication: 51, destination: 60 } as const;
/** Bytes of options in one header: the longest in use are far below (RFC 8504, section 5.3 lets hosts drop). */
const maxOptionBytes = 256;

export class Ipv6Chain {
  private what = "";
  private headers = 0;

  /**
   * @param start of the IPv6 header, whose 40 bytes are there
   * @param end of what was captured
   */
  see(bytes: Uint8Array, start: number, end: number): number {
    let next = bytes[start + 6]!;
    let at = start + 40;
    let seen = 0;
    let options = 0;
    this.headers = 0;
    while (isExtension(next) && this.headers < maxChainHeaders) {
      const kind = next;
      const bit = bitOf(kind);
      if (kind === header.hopByHop && this.headers > 0)
        return this.tell("a hop-by-hop header that is not the first");
      if (kind === header.destination) options++;
      else if ((seen & bit) !== 0) return this.tell("the same header twice");
      seen |= bit;
      this.headers++;
      if (options > 2) return this.tell("destination options more than twice");
      if (at + 8 > end) break;
      if (kind === header.routing && bytes[at + 2] === 0 && bytes[at + 3]! > 0)
        return this.tell("source routing of type 0");
      const length = lengthOf(bytes, at, kind);
      if (kind !== header.routing && kind !== header.authentication && length > maxOptionBytes)
        return this.tell("options of more than 256 bytes");
      // What follows the header of a later fragment is data.
      if (kind === header.fragment && (((bytes[at + 2]! << 8) | bytes[at + 3]!) & 0xfff8) !== 0) break;
      next = bytes[at]!;
      at += length;
    }
    return 0;
  }

  describe(): RuleReason {
    const { headers, what } = this;
    const text = `has ${what} in a chain of ${headers} IPv6 extension headers`;
    return ruleReason(ruleNumber.ipv6Chain, headers, "0 to 2", text);
  }

  private tell(what: string): number {
    this.what = what;
    return ruleNumber.ipv6Chain;
  }
}

function lengthOf(bytes: Uint8Array, at: number, kind: number): number {
  if (kind === header.fragment) return 8;
  return kind === header.authentication ? (bytes[at + 1]! + 2) * 4 : (bytes[at + 1]! + 1) * 8;
}

function isExtension(kind: number): boolean {
  return bitOf(kind) !== 0;
}

function bitOf(kind: number): number {
  switch (kind) {
    case header.hopByHop:
      return 1;
    case header.routing:
      return 2;
    case header.fragment:
      return 4;
    case header.authentication:
      return 8;
    case header.destination:
      return 16;
    default:
      return 0;
  }
}
