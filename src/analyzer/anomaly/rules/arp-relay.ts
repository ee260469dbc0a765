/**
 * Traffic that goes through a card which just claimed an address that is not its own: what ARP poisoning is
 * for. An address whose packets came from one card comes from a suspect one now, or is sent to by it:
 *
 *     before    peer ── gateway's card ──> victim          after    peer ── suspect card ──> victim
 *
 * Each IPv4 packet over Ethernet is remembered by its source address and card, at the cost of a look; only
 * while a card is suspect is there more to do. An address that was carried by several cards before (a tap on
 * both sides of a router, two gateways) says nothing.
 */
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { formatMac } from "../../traffic/address.ts";
import type { PacketRows } from "../features/packet-ends.ts";
import type { ArpCards } from "./arp-cards.ts";
import { carriedAddresses } from "./limits.ts";
import { destinationText, sourceText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const placeShift = 32 - Math.log2(carriedAddresses);
/** What is known of an address beside its card. */
const state = { steady: 0, alternates: 1, relayed: 2 } as const;
/** Ethernet with one VLAN tag: behind it the IP header is a tunnel's, whose hosts have no card here. */
const longestLink = 18;

export class ArpRelay {
  private readonly cards: ArpCards;
  private readonly addresses = new Int32Array(carriedAddresses);
  /** The last 32 bits of the card. */
  private readonly carriers = new Int32Array(carriedAddresses);
  private readonly states = new Uint8Array(carriedAddresses);
  private told = 0;

  constructor(cards: ArpCards) {
    this.cards = cards;
  }

  /** @param source the source address of an IPv4 packet, as a word */
  see(packets: PacketRows, columns: DecodedColumns, row: number, source: number, time: number): number {
    const link = columns.linkStart[row]!;
    if (link === noOffset || columns.networkStart[row]! - link > longestLink) return 0;
    const { bytes } = packets;
    const card =
      (bytes[link + 8]! << 24) | (bytes[link + 9]! << 16) | (bytes[link + 10]! << 8) | bytes[link + 11]!;
    const place = Math.imul(source, 0x9e3779b1) >>> placeShift;
    const isKnown = this.addresses[place] === source;
    if (time <= this.cards.anyUntil)
      return this.whileSuspect(bytes, link, columns.networkStart[row]!, place, time);
    if (isKnown && this.carriers[place] === card) return 0;
    this.learn(place, source, card, isKnown);
    return 0;
  }

  describe(packets: PacketRows, columns: DecodedColumns, row: number): RuleReason {
    const { bytes } = packets;
    const card = columns.linkStart[row]! + this.told;
    const mac = formatMac(word(bytes, card) >>> 0, (bytes[card + 4]! << 8) | bytes[card + 5]!);
    const ends = `${sourceText(packets, columns, row)} to ${destinationText(packets, columns, row)}`;
    const text = `goes from ${ends} through ${mac}, which just claimed an address by ARP`;
    return ruleReason(ruleNumber.arpRelay, mac, "the card used before", text);
  }

  private learn(place: number, source: number, card: number, isKnown: boolean): void {
    this.states[place] = isKnown ? state.alternates : state.steady;
    this.addresses[place] = source;
    this.carriers[place] = card;
  }

  private whileSuspect(
    bytes: Uint8Array,
    link: number,
    network: number,
    place: number,
    time: number,
  ): number {
    const source = word(bytes, network + 12);
    const card = word(bytes, link + 8);
    const isKnown = this.addresses[place] === source;
    if (isKnown && this.carriers[place] !== card && this.states[place] !== state.alternates) {
      // The address keeps the card it had, so that it is told for as long as the card is suspect.
      if (this.cards.isSuspect((bytes[link + 6]! << 8) | bytes[link + 7]!, card, time)) {
        this.states[place] = state.relayed;
        return this.tell(6);
      }
    }
    if (!isKnown || this.carriers[place] !== card) this.learn(place, source, card, isKnown);

    const destination = word(bytes, network + 16);
    const toPlace = Math.imul(destination, 0x9e3779b1) >>> placeShift;
    if (this.addresses[toPlace] !== destination || this.carriers[toPlace] === word(bytes, link + 2)) return 0;
    if (this.states[toPlace] === state.alternates) return 0;
    const isSuspect = this.cards.isSuspect(
      (bytes[link]! << 8) | bytes[link + 1]!,
      word(bytes, link + 2),
      time,
    );
    return isSuspect ? this.tell(0) : 0;
  }

  private tell(card: number): number {
    this.told = card;
    return ruleNumber.arpRelay;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
