/**
 * The rules that look at packets: what a forest of numbers cannot see, because it is in the bytes or in what
 * came before.
 *
 *     packet ─> version, addresses ─┬─ ARP ───────────> moves and claims
 *                                   ├─ IPv4 ──────────> impossible addresses, the card that carries it
 *                                   ├─ IPv6 ──────────> chain of extension headers
 *                                   ├─ fragment ──────> overlap, length
 *                                   ├─ ICMP ──────────> echo requests
 *                                   ├─ TCP ── flags ──> impossible ones, handshakes, logins
 *                                   └─ UDP ── ports ──> DHCP, DNS, answers unasked
 *
 * Most packets are TCP or UDP with nothing to look at, and pass with a few comparisons of columns. Nothing here
 * grows with the capture. `see` answers at once; why is told only when asked.
 */
import { noOffset, packetFlag, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { layerBit } from "../../packet/layers.ts";
import { findArp, PacketEnds, type PacketRows } from "../features/packet-ends.ts";
import { Addresses } from "./addresses.ts";
import { ArpCards } from "./arp-cards.ts";
import { ArpMove } from "./arp-move.ts";
import { ArpRelay } from "./arp-relay.ts";
import { DhcpRules } from "./dhcp-rules.ts";
import { DnsTunnel } from "./dns-tunnel.ts";
import { EchoFlood } from "./echo-flood.ts";
import { Fragments } from "./fragments.ts";
import { Handshakes } from "./handshakes.ts";
import { Ipv6Chain } from "./ipv6-chain.ts";
import { LoginAttempts, loginPorts } from "./login-attempts.ts";
import { graver, ruleNumber } from "./rule-list.ts";
import type { RuleReason } from "./rule-reason.ts";
import { describeFlags, isImpossible, tcpFlag } from "./tcp-flags.ts";
import { amplifierPorts, UnaskedAnswers } from "./unasked-answers.ts";

const [icmp, tcp, udp, icmpv6] = [1, 6, 17, 58];

/** What a port is to the rules, as bits. */
const portBit = { dns: 1, dhcp: 2, amplifier: 4, login: 8 } as const;
const portBits = new Uint8Array(65_536);
for (const port of amplifierPorts) portBits[port]! |= portBit.amplifier;
for (const port of loginPorts) portBits[port]! |= portBit.login;
portBits[53]! |= portBit.dns;
for (const port of [67, 68]) portBits[port]! |= portBit.dhcp;

/** What a set of TCP flags is to the rules. */
const flagKind = { usual: 0, opening: 1, accepting: 2, impossible: 3 } as const;
const flagKinds = Uint8Array.from({ length: 64 }, (_, flags) => {
  if (isImpossible(flags)) return flagKind.impossible;
  if ((flags & tcpFlag.syn) === 0) return flagKind.usual;
  return (flags & tcpFlag.ack) === 0 ? flagKind.opening : flagKind.accepting;
});

export class PacketRules {
  private readonly ends = new PacketEnds();
  private readonly cards = new ArpCards();
  private readonly arpMove = new ArpMove(this.cards);
  private readonly arpRelay = new ArpRelay(this.cards);
  private readonly dhcp = new DhcpRules(this.arpMove);
  private readonly chain = new Ipv6Chain();
  private readonly fragments = new Fragments();
  private readonly addresses = new Addresses();
  private readonly dnsTunnel = new DnsTunnel();
  private readonly unasked = new UnaskedAnswers();
  private readonly handshakes = new Handshakes();
  private readonly logins = new LoginAttempts();
  private readonly echoFlood = new EchoFlood();
  /** What spoke last, about what. */
  private last: { packets: PacketRows; columns: DecodedColumns } | undefined;
  private lastNumber = 0;
  private lastRow = 0;

  /** What gave way in the tables of the rules. */
  get evicted(): number {
    const { arpMove, dhcp, fragments, addresses, dnsTunnel, unasked, handshakes, logins, echoFlood } = this;
    const owners = [arpMove, dhcp, fragments, addresses, dnsTunnel, unasked, handshakes, logins, echoFlood];
    return owners.reduce((sum, { evicted }) => sum + evicted, 0);
  }

  /**
   * @param time seconds; that of the packet before where it has none
   * @returns the number of the gravest rule that speaks about the packet, or 0
   */
  see(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const version = columns.networkVersion[row]!;
    let number = 0;
    if (version === 4) number = this.seeIpv4(packets, columns, row, time);
    else if (version === 6) number = this.seeIpv6(packets, columns, row, time);
    else if ((columns.layers[row]! & layerBit.arp) !== 0) number = this.seeArp(packets, columns, row, time);
    if (number !== 0) this.note(packets, columns, row, number);
    return number;
  }

  /** Why a rule spoke about the packet seen last; only if one did. */
  describe(): RuleReason {
    const { last, lastNumber: number, lastRow: row } = this;
    if (last === undefined) throw new Error("no rule has spoken yet");
    const { packets, columns } = last;
    switch (number) {
      case ruleNumber.arpMove:
      case ruleNumber.arpClaims:
        return this.arpMove.describe(number, packets.bytes);
      case ruleNumber.arpRelay:
        return this.arpRelay.describe(packets, columns, row);
      case ruleNumber.dhcpStarvation:
      case ruleNumber.dhcpRogue:
        return this.dhcp.describe(number, packets.bytes);
      case ruleNumber.ipv6Chain:
        return this.chain.describe();
      case ruleNumber.fragmentOverlap:
      case ruleNumber.fragmentBeyond:
      case ruleNumber.fragmentTiny:
      case ruleNumber.fragmentsUnfinished:
        return this.fragments.describe(number, packets, columns, row);
      case ruleNumber.tcpFlags:
        return describeFlags(flagsOf(packets, columns, row));
      case ruleNumber.dnsTunnel:
        return this.dnsTunnel.describe(packets.bytes);
      case ruleNumber.amplification:
      case ruleNumber.amplifierRequest:
        return this.unasked.describe(number);
      case ruleNumber.synAckReflection:
        return this.handshakes.describe();
      case ruleNumber.loginAttempts:
        return this.logins.describe(packets, columns, row);
      case ruleNumber.echoFlood:
      case ruleNumber.echoAnswers:
        return this.echoFlood.describe(number);
      default:
        return this.addresses.describe(number, packets, columns, row);
    }
  }

  private note(packets: PacketRows, columns: DecodedColumns, row: number, number: number): void {
    if (this.last === undefined) this.last = { packets, columns };
    this.last.packets = packets;
    this.last.columns = columns;
    this.lastNumber = number;
    this.lastRow = row;
  }

  private seeIpv4(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const { bytes } = packets;
    const at = columns.networkStart[row]!;
    const first = bytes[at + 12]!;
    const source = (first << 24) | (bytes[at + 13]! << 16) | (bytes[at + 14]! << 8) | bytes[at + 15]!;
    let number = this.arpRelay.see(packets, columns, row, source, time);
    // Groups, everyone, and the machine itself; 240.0.0.0/4 serves inside some networks, reserved as it is.
    if ((first & 0xf0) === 224 || first === 127 || source === -1)
      number = graver(number, this.addresses.seeImpossible(packets, columns, row));
    if (bytes[at + 19] === bytes[at + 15] && isSame(bytes, at + 12, at + 16, 4))
      number = graver(number, this.addresses.seeSame(packets, columns, row));
    return graver(number, this.seeInside(packets, columns, row, time));
  }

  private seeIpv6(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const { bytes } = packets;
    const at = columns.networkStart[row]!;
    let number = 0;
    if (columns.transportStart[row] !== at + 40)
      number = this.chain.see(bytes, at, packets.offset[row]! + packets.captured[row]!);
    if (bytes[at + 8] === 0xff) number = graver(number, this.addresses.seeImpossible(packets, columns, row));
    if (bytes[at + 23] === bytes[at + 39] && isSame(bytes, at + 8, at + 24, 16))
      number = graver(number, this.addresses.seeSame(packets, columns, row));
    return graver(number, this.seeInside(packets, columns, row, time));
  }

  private seeInside(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const transport = columns.transport[row]!;
    let number = 0;
    if ((columns.flags[row]! & packetFlag.fragment) !== 0)
      number = this.seeFragment(packets, columns, row, time);
    if (columns.transportStart[row] === noOffset) return number;
    if (transport === tcp) return graver(number, this.seeTcp(packets, columns, row, time));
    if (transport === udp) return graver(number, this.seeUdp(packets, columns, row, time));
    if (transport !== icmp && transport !== icmpv6) return number;
    number = graver(number, this.echoFlood.see(packets, columns, row, this.ends, time));
    if (transport !== icmp) return number;
    return graver(number, this.addresses.seeIcmp(packets, columns, row, this.ends, time));
  }

  private seeArp(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const link = columns.linkStart[row]!;
    if (link === noOffset) return 0;
    const end = packets.offset[row]! + packets.captured[row]!;
    const arp = findArp(packets.bytes, link, end);
    return arp === noOffset || arp + 28 > end ? 0 : this.arpMove.see(packets.bytes, arp, time);
  }

  private seeFragment(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const { ends } = this;
    ends.read(packets, columns, row);
    const number = this.fragments.see(packets, columns, row, ends, time);
    if (columns.transportStart[row] !== noOffset) return number;
    return graver(number, this.unasked.seeFragment(ends, time));
  }

  private seeTcp(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const kind = flagKinds[flagsOf(packets, columns, row)]!;
    const isToService = (portBits[columns.destinationPort[row]!]! & portBit.login) !== 0;
    const isLogin = isToService || (portBits[columns.sourcePort[row]!]! & portBit.login) !== 0;
    if (kind === flagKind.usual && !isLogin) return 0;
    if (kind === flagKind.impossible) {
      // What does not hold together elsewhere is damage, or no TCP at all.
      return (columns.flags[row]! & packetFlag.malformed) === 0 ? ruleNumber.tcpFlags : 0;
    }
    const { ends } = this;
    ends.read(packets, columns, row);
    let number = 0;
    if (kind === flagKind.opening) this.handshakes.open(columns, row, ends);
    if (kind === flagKind.accepting) number = this.handshakes.accept(columns, row, ends, time);
    if (!isLogin) return number;
    const isAccepted = kind === flagKind.accepting;
    return graver(number, this.logins.see(packets, columns, row, ends, isToService, isAccepted, time));
  }

  private seeUdp(packets: PacketRows, columns: DecodedColumns, row: number, time: number): number {
    const to = portBits[columns.destinationPort[row]!]!;
    const from = portBits[columns.sourcePort[row]!]!;
    const bits = (to | from) & ~portBit.login;
    if (bits === 0) return 0;
    const { bytes } = packets;
    const [start, end] = [columns.payloadStart[row]!, columns.payloadEnd[row]!];
    if ((bits & portBit.dhcp) !== 0) return this.dhcp.see(bytes, start, end, time);
    const { ends } = this;
    ends.read(packets, columns, row);
    let number = 0;
    if ((to & portBit.amplifier) !== 0) number = this.unasked.seeQuestion(packets, columns, row, ends, time);
    if ((from & portBit.amplifier) !== 0)
      number = graver(number, this.unasked.seeAnswer(packets, columns, row, ends, time));
    if ((bits & portBit.dns) === 0) return number;
    const isQuestion = (to & portBit.dns) !== 0;
    return graver(number, this.dnsTunnel.see(bytes, start, end, ends, isQuestion, time));
  }
}

function flagsOf({ bytes }: PacketRows, columns: DecodedColumns, row: number): number {
  return bytes[columns.transportStart[row]! + 13]! & 0x3f;
}

function isSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}
