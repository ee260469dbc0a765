/**
 * SYN and ACK to a host that opened nothing: someone opens connections in the victim's name, and servers
 * answer it, several times each (Kührer, Hupperich, Rossow and Holz 2014, "Hell of a Handshake").
 *
 *     attacker ──SYN "from" the victim──> server ──SYN, ACK──> victim
 *
 * Openings are remembered by their addresses and ports. A capture that begins amid a handshake has a few
 * answers without openings, not dozens.
 */
import { counted } from "../../../lib/counted.ts";
import type { DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import { hashWord } from "../features/hash-bytes.ts";
import type { PacketEnds } from "../features/packet-ends.ts";
import { KeySet } from "./key-set.ts";
import { answeredHosts, rememberedQuestions } from "./limits.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const spanSeconds = 10;
/** Unopened connections accepted of late, from which on they are told. */
const leastAccepted = 15;

export class Handshakes {
  private readonly openings = new KeySet(rememberedQuestions);
  private readonly receivers = new Context({
    slots: answeredHosts,
    sums: 1,
    sets: 1,
    timeConstant: spanSeconds,
  });
  private readonly told = { accepted: 0, servers: 0 };

  get evicted(): number {
    return this.receivers.table.evicted;
  }

  /** A segment with SYN and without ACK. */
  open(columns: DecodedColumns, row: number, ends: PacketEnds): void {
    const ports = (columns.sourcePort[row]! << 16) | columns.destinationPort[row]!;
    this.openings.add(hashWord(ports, hashWord(ends.sourceHigh, ends.destinationHigh)));
  }

  /** A segment with SYN and ACK. */
  accept(columns: DecodedColumns, row: number, ends: PacketEnds, time: number): number {
    const ports = (columns.destinationPort[row]! << 16) | columns.sourcePort[row]!;
    if (this.openings.has(hashWord(ports, hashWord(ends.destinationHigh, ends.sourceHigh)))) return 0;
    const { receivers, told } = this;
    const slot = receivers.touch(ends.destinationHigh, ends.destinationLow, time);
    receivers.addTo(slot, 0, 1);
    receivers.note(slot, 0, ends.sourceHigh, time);
    told.accepted = receivers.sum(slot, 0);
    told.servers = receivers.different(slot, 0, time);
    return told.accepted >= leastAccepted ? ruleNumber.synAckReflection : 0;
  }

  describe(): RuleReason {
    const [count, servers] = [Math.round(this.told.accepted), Math.max(1, Math.round(this.told.servers))];
    const text = `is among ${counted(count, "connection")} accepted in ${spanSeconds} s by about ${counted(servers, "server")} that the receiver did not open`;
    return ruleReason(ruleNumber.synAckReflection, count, 0, text);
  }
}
