/**
 * More echo requests to one host than anyone needs: `ping -f` and its like. The victim answers every one, so that
 * by its numbers it is a dialogue; its answers are told too. People's pings come once a second, of monitors in
 * series of some dozens.
 *
 *     ICMP (RFC 792):      | 8   | 0 | checksum | …  request      | 0   | 0 | checksum | …  answer
 *     ICMPv6 (RFC 4443):   | 128 | 0 | checksum | …               | 129 | 0 | checksum | …
 */
import { counted } from "../../../lib/counted.ts";
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import type { PacketEnds, PacketRows } from "../features/packet-ends.ts";
import { echoedHosts } from "./limits.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

const icmp = 1;
const request = { icmp: 8, icmpv6: 128 } as const;
const answer = { icmp: 0, icmpv6: 129 } as const;
const spanSeconds = 10;
const maxRequests = 200;

export class EchoFlood {
  private readonly receivers = new Context({
    slots: echoedHosts,
    sums: 1,
    sets: 0,
    timeConstant: spanSeconds,
  });
  private requests = 0;

  get evicted(): number {
    return this.receivers.table.evicted;
  }

  /** A packet of ICMP or ICMPv6. */
  see(packets: PacketRows, columns: DecodedColumns, row: number, ends: PacketEnds, time: number): number {
    const header = columns.transportStart[row]!;
    if (header === noOffset) return 0;
    const kind = columns.transport[row] === icmp ? "icmp" : "icmpv6";
    const type = packets.bytes[header];
    if (type !== request[kind] && type !== answer[kind]) return 0;
    ends.read(packets, columns, row);
    if (type === answer[kind]) return this.seeAnswer(ends, time);
    const slot = this.receivers.touch(ends.destinationHigh, ends.destinationLow, time);
    this.receivers.addTo(slot, 0, 1);
    this.requests = Math.round(this.receivers.sum(slot, 0));
    return this.requests >= maxRequests ? ruleNumber.echoFlood : 0;
  }

  /** @param number of the rule that spoke last */
  describe(number: number): RuleReason {
    const text =
      number === ruleNumber.echoFlood
        ? `is among ${counted(this.requests, "echo request")} in ${spanSeconds} s to the receiver`
        : `answers ${counted(this.requests, "echo request")} in ${spanSeconds} s`;
    return ruleReason(number, this.requests, "one a second", text);
  }

  private seeAnswer(ends: PacketEnds, time: number): number {
    this.requests = Math.round(this.receivers.sumOf(ends.sourceHigh, ends.sourceLow, time, 0));
    return this.requests >= maxRequests ? ruleNumber.echoAnswers : 0;
  }
}
