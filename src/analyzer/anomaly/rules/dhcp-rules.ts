/**
 * DHCP (RFC 2131): starvation, in which one machine asks as many clients, or again and again, until no address
 * is left; and a second server that answers the same question.
 *
 *      0    1      2        3      4     8 … 16          16             20       24      28
 *     | op | type | length | hops | xid | … | client IP | your address | server | relay | client's card 16 |
 *     … cookie 63825363 at 236 | options: code, length, data |
 *
 * Questions are what differs in the client's card or in the transaction's number (xid), which a client keeps
 * from its first message to the last. They are counted behind each relay by itself (0 where there is none). A
 * dozen within ten seconds are more than a network brings at once, but after a blackout.
 */
import { counted } from "../../../lib/counted.ts";
import { formatMac } from "../../traffic/address.ts";
import { Context } from "../features/context.ts";
import { hashBytes, hashWord } from "../features/hash-bytes.ts";
import type { ArpMove } from "./arp-move.ts";
import { dhcpTransactions } from "./limits.ts";
import { addressText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** Different questions of a network within a window. */
const maxQuestions = 12;
const windowSeconds = 10;
/** Relays that are counted for apart. */
const relays = 64;
/** The fixed part up to the client's card, and where options begin. */
const fixedBytes = 44;
const optionsAt = 240;
const option = { messageType: 53, server: 54, end: 255 } as const;
const message = { offer: 2, acknowledge: 5 } as const;
/** Options looked at. */
const maxOptions = 64;

export class DhcpRules {
  private readonly owners: ArpMove;
  private readonly networks = new Context({ slots: relays, sums: 0, sets: 1, timeConstant: windowSeconds });
  private readonly transactions = new Int32Array(dhcpTransactions);
  private readonly servers = new Int32Array(dhcpTransactions);
  private readonly told = { questions: 0, start: 0, server: 0 };

  constructor(owners: ArpMove) {
    this.owners = owners;
  }

  get evicted(): number {
    return this.networks.table.evicted;
  }

  /** A message to one of DHCP's ports, `bytes[start .. end)`. */
  see(bytes: Uint8Array, start: number, end: number, time: number): number {
    if (start + fixedBytes > end || bytes[start + 2]! > 16) return 0;
    this.told.start = start;
    if (bytes[start] === 1) return this.seeClient(bytes, start, time);
    return bytes[start] === 2 ? this.seeServer(bytes, start, end, time) : 0;
  }

  describe(number: number, bytes: Uint8Array): RuleReason {
    const { questions, start, server } = this.told;
    const card = formatMac(word(bytes, start + 28) >>> 0, (bytes[start + 32]! << 8) | bytes[start + 33]!);
    if (number === ruleNumber.dhcpStarvation) {
      const text = `asks for an address as ${card}, one of about ${counted(questions, "different question")} in ${windowSeconds} s`;
      return ruleReason(number, questions, `below ${maxQuestions}`, text);
    }
    const offered = addressText(bytes, start + 16, 4);
    const other = [server >>> 24, (server >>> 16) & 255, (server >>> 8) & 255, server & 255].join(".");
    return ruleReason(number, 2, 1, `offers ${offered} to ${card}, which ${other} answered already`);
  }

  private seeClient(bytes: Uint8Array, start: number, time: number): number {
    const relay = hashWord(word(bytes, start + 24), 1);
    const slot = this.networks.touch(relay, hashWord(relay, 2), time);
    this.networks.note(slot, 0, transactionOf(bytes, start), time);
    const questions = this.networks.different(slot, 0, time);
    this.told.questions = Math.round(questions);
    return questions >= maxQuestions ? ruleNumber.dhcpStarvation : 0;
  }

  private seeServer(bytes: Uint8Array, start: number, end: number, time: number): number {
    let type = 0;
    let server = 0;
    let at = start + optionsAt;
    for (let left = maxOptions; left > 0 && at + 2 <= end && bytes[at] !== option.end; left--) {
      const length = bytes[at] === 0 ? -1 : bytes[at + 1]!;
      if (at + 2 + length > end) break;
      if (bytes[at] === option.messageType && length === 1) type = bytes[at + 2]!;
      if (bytes[at] === option.server && length === 4) server = word(bytes, at + 2);
      at += 2 + length;
    }
    if (type === message.acknowledge)
      this.owners.assign(
        word(bytes, start + 16),
        (bytes[start + 28]! << 8) | bytes[start + 29]!,
        word(bytes, start + 30),
        time,
      );
    if (type !== message.offer || server === 0) return 0;
    const transaction = transactionOf(bytes, start);
    const place = transaction & (dhcpTransactions - 1);
    const isSecond = this.transactions[place] === transaction && this.servers[place] !== server;
    this.told.server = this.servers[place]!;
    if (isSecond) return ruleNumber.dhcpRogue;
    this.transactions[place] = transaction;
    this.servers[place] = server;
    return 0;
  }
}

/** A hash of the client's card, all sixteen bytes of it, and the transaction's number. */
function transactionOf(bytes: Uint8Array, start: number): number {
  return hashBytes(bytes, start + 4, start + 8, hashBytes(bytes, start + 28, start + 44, 5));
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
