/**
 * ARP that gives an IPv4 address to another card than the one known to have it: ARP poisoning. ARP (RFC 826)
 * believes whoever speaks last; RFC 5227, section 2.4 calls what contradicts a conflict.
 *
 *      0            2          4    5    6           8              14           18             24
 *     | HW type    | 0800     | 6  | 4  | operation | sender's MAC | sender's IP | target's MAC | target's IP |
 *
 * Requests (1) claim the sender's address as answers (2) do. A claim is believed, and not told, where
 * - the owner was not heard by ARP for five minutes: addresses are given to others when their lease ends;
 * - DHCP gave the address to the new card;
 * - one of the two is the card of a virtual router (VRRP, CARP, HSRP, GLBP) or a group of cards.
 * Everything else is a conflict. While it lasts each claim of the challenger is told, and none of the owner's.
 *
 * Where the owner was never heard, a second sign serves: a card that answers without being asked for one
 * address and then claims another too.
 */
import { ContextTable } from "../features/context-table.ts";
import { hashWord } from "../features/hash-bytes.ts";
import { formatMac } from "../../traffic/address.ts";
import type { ArpCards } from "./arp-cards.ts";
import { ownedAddresses } from "./limits.ts";
import { addressText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** Seconds without ARP after which an address may have a new owner. Stacks ask again every minute or so. */
const silenceSeconds = 300;
/** Seconds for which a conflict lasts after the last claim of the challenger. */
const conflictSeconds = 60;
/** Seconds within which an answer belongs to a question. */
const answerSeconds = 5;

export class ArpMove {
  private readonly cards: ArpCards;
  private readonly table = new ContextTable(ownedAddresses, silenceSeconds);
  private readonly highs = new Uint16Array(ownedAddresses);
  private readonly lows = new Int32Array(ownedAddresses);
  private readonly heard = new Float64Array(ownedAddresses);
  private readonly challenged = new Float64Array(ownedAddresses);
  private readonly askedFor = new Int32Array(ownedAddresses);
  private readonly askedAt = new Float64Array(ownedAddresses).fill(-Infinity);
  /** Of the claim told last: the owner, or the first address of the card. */
  private readonly told = { high: 0, low: 0, address: 0, arp: 0 };

  constructor(cards: ArpCards) {
    this.cards = cards;
  }

  get evicted(): number {
    return this.table.evicted;
  }

  /** @param arp where its 28 bytes start, which were captured */
  see(bytes: Uint8Array, arp: number, time: number): number {
    // Cards of six bytes and addresses of four.
    if (bytes[arp + 2] !== 0x08 || bytes[arp + 3] !== 0 || bytes[arp + 4] !== 6 || bytes[arp + 5] !== 4)
      return 0;
    const operation = (bytes[arp + 6]! << 8) | bytes[arp + 7]!;
    if (operation !== 1 && operation !== 2) return 0;
    const address = word(bytes, arp + 14);
    const target = word(bytes, arp + 24);
    const place = hashWord(target, 1) & (ownedAddresses - 1);
    if (operation === 1 && target !== address) {
      this.askedFor[place] = target;
      this.askedAt[place] = time;
    }
    // A probe claims nothing yet (RFC 5227, section 1.1).
    if (address === 0) return 0;
    const high = (bytes[arp + 8]! << 8) | bytes[arp + 9]!;
    const low = word(bytes, arp + 10);
    this.told.arp = arp;

    const isMove = this.claim(address, high, low, time);
    const isUnasked = operation === 2 && address !== target && !this.wasAsked(address, time);
    const isSecond = this.cards.claimsSeveral(high, low, address, time);
    if (isSecond) this.told.address = this.cards.otherAddress(high, low, address);
    if ((isMove || isUnasked) && !isShared(high, low)) this.cards.suspect(high, low, address, time);
    if (isMove) return ruleNumber.arpMove;
    return isSecond ? ruleNumber.arpClaims : 0;
  }

  /** DHCP gave an address to a card: from now on it is the owner's. */
  assign(address: number, high: number, low: number, time: number): void {
    if (address !== 0) this.own(this.slotOf(address, time), high, low, time);
  }

  /** About the claim seen last. */
  describe(number: number, bytes: Uint8Array): RuleReason {
    const { arp, high, low, address } = this.told;
    const claimed = addressText(bytes, arp + 14, 4);
    const card = formatMac(word(bytes, arp + 8) >>> 0, (bytes[arp + 12]! << 8) | bytes[arp + 13]!);
    if (number === ruleNumber.arpMove) {
      const owner = formatMac(((high << 16) | (low >>> 16)) >>> 0, low & 0xffff);
      return ruleReason(number, card, owner, `gives ${claimed} to ${card}, which ${owner} had until now`);
    }
    const first = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
    return ruleReason(
      number,
      2,
      1,
      `claims ${claimed} for ${card}, which claimed ${first} unasked a moment ago`,
    );
  }

  /** @returns whether the claim takes the address from its owner */
  private claim(address: number, high: number, low: number, time: number): boolean {
    const slot = this.slotOf(address, time);
    const [ownerHigh, ownerLow] = [this.highs[slot]!, this.lows[slot]!];
    const isOwners = ownerHigh === high && ownerLow === low;
    if (this.table.isFresh || isOwners || isShared(high, low) || isShared(ownerHigh, ownerLow)) {
      this.heard[slot] = time;
      if (!isOwners) this.own(slot, high, low, time);
      return false;
    }
    const isConflict = time - this.challenged[slot]! <= conflictSeconds;
    if (!isConflict && time - this.heard[slot]! > silenceSeconds) {
      this.own(slot, high, low, time);
      return false;
    }
    this.challenged[slot] = time;
    this.told.high = ownerHigh;
    this.told.low = ownerLow;
    return true;
  }

  private slotOf(address: number, time: number): number {
    return this.table.touch(hashWord(address, 2), hashWord(address, 3), time);
  }

  private own(slot: number, high: number, low: number, time: number): void {
    this.highs[slot] = high;
    this.lows[slot] = low;
    this.heard[slot] = time;
    this.challenged[slot] = -Infinity;
  }

  private wasAsked(address: number, time: number): boolean {
    const place = hashWord(address, 1) & (ownedAddresses - 1);
    return this.askedFor[place] === address && Math.abs(time - this.askedAt[place]!) <= answerSeconds;
  }
}

/** Cards that more than one machine may have: groups, VRRP and CARP (RFC 9568), HSRP and GLBP (RFC 2281). */
function isShared(high: number, low: number): boolean {
  if ((high & 0x0100) !== 0) return true;
  const middle = low >>> 16;
  if (high === 0x0000) return middle === 0x5e00 || middle === 0x0c07 || middle === 0x0c9f;
  return high === 0x0007 && middle >>> 8 === 0xb4;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
