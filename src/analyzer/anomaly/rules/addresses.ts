/**
 * Addresses that a packet cannot honestly have.
 *
 * - It comes from its own destination, port and all (the land attack, 1997): such a connection answers itself.
 * - Its source is a group, everyone, or the machine itself (RFC 1122, section 3.2.1.3; RFC 4291, section 2.7).
 * - It asks everyone for an echo, again and again (smurf, 1997): the answers go to the source it names.
 *
 * What a machine tells itself does pass its loopback interface, which captures show as Ethernet with cards of
 * zeros, or without a link header.
 */
import { counted } from "../../../lib/counted.ts";
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import type { PacketEnds, PacketRows } from "../features/packet-ends.ts";
import { destinationText, sourceText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const echoRequest = 8;
/** Echo requests to everyone within the time constant: `ping -b` sends one a second. */
const maxEchoes = 20;
const spanSeconds = 10;
const callers = 64;
/** Protocols with ports. */
const tcp = 6;
const udp = 17;

export class Addresses {
  private readonly callers = new Context({ slots: callers, sums: 1, sets: 0, timeConstant: spanSeconds });
  private echoes = 0;

  get evicted(): number {
    return this.callers.table.evicted;
  }

  /** A packet whose source and destination are the same. */
  seeSame(packets: PacketRows, columns: DecodedColumns, row: number): number {
    if (isLoopback(packets.bytes, columns.linkStart[row]!)) return 0;
    const { networkStart, networkVersion, transport, sourcePort, destinationPort } = columns;
    const isIpv4 = networkVersion[row] === 4;
    const at = networkStart[row]! + (isIpv4 ? 12 : 8);
    if (isZero(packets.bytes, at, isIpv4 ? 4 : 16)) return 0;
    const hasPorts = transport[row] === tcp || transport[row] === udp;
    return hasPorts && sourcePort[row] === destinationPort[row] ? ruleNumber.land : 0;
  }

  /** A packet whose source is a group, everyone, or the machine itself. */
  seeImpossible(packets: PacketRows, columns: DecodedColumns, row: number): number {
    return isLoopback(packets.bytes, columns.linkStart[row]!) ? 0 : ruleNumber.impossibleSource;
  }

  /** An ICMP packet over IPv4. */
  seeIcmp(packets: PacketRows, columns: DecodedColumns, row: number, ends: PacketEnds, time: number): number {
    const { bytes } = packets;
    const link = columns.linkStart[row]!;
    const header = columns.transportStart[row]!;
    if (header === noOffset || bytes[header] !== echoRequest || !isToEveryone(bytes, link)) return 0;
    ends.read(packets, columns, row);
    const slot = this.callers.touch(ends.sourceHigh, ends.sourceLow, time);
    this.callers.addTo(slot, 0, 1);
    this.echoes = Math.round(this.callers.sum(slot, 0));
    return this.echoes >= maxEchoes ? ruleNumber.smurf : 0;
  }

  describe(number: number, packets: PacketRows, columns: DecodedColumns, row: number): RuleReason {
    const from = sourceText(packets, columns, row);
    const to = destinationText(packets, columns, row);
    if (number === ruleNumber.land)
      return ruleReason(number, from, "another address", `claims to come from ${to}, where it goes to`);
    if (number === ruleNumber.impossibleSource)
      return ruleReason(number, from, "an address of one machine", `claims to come from ${from}`);
    const text = `asks everyone (${to}) for an echo, ${counted(this.echoes, "time")} in ${spanSeconds} s`;
    return ruleReason(number, this.echoes, "up to one a second", text);
  }
}

function isLoopback(bytes: Uint8Array, link: number): boolean {
  return link === noOffset || isZero(bytes, link, 12);
}

function isToEveryone(bytes: Uint8Array, link: number): boolean {
  if (link === noOffset) return false;
  for (let i = 0; i < 6; i++) if (bytes[link + i] !== 0xff) return false;
  return true;
}

function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[at + i] !== 0) return false;
  return true;
}
