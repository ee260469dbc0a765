/**
 * Sets of TCP flags that no connection has (RFC 9293, sections 3.5 and 3.10.7): scanners send them, because
 * stacks and filters answer them in different ways.
 *
 *     byte 13:  | CWR | ECE | URG | ACK | PSH | RST | SYN | FIN |
 *
 * Every segment but the first has ACK, or it is a reset; SYN goes with neither FIN nor RST. The two bits of
 * congestion notification (RFC 3168) and those of byte 12 say nothing here. FIN with RST and ACK is let pass:
 * load balancers send it.
 */
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** Bits of the byte. */
export const tcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const;

const names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];

/** @param flags the lower six bits */
export function isImpossible(flags: number): boolean {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  if (has(tcpFlag.syn)) return has(tcpFlag.fin) || has(tcpFlag.rst);
  if (has(tcpFlag.rst)) return has(tcpFlag.fin) && !has(tcpFlag.ack);
  return !has(tcpFlag.ack);
}

export function describeFlags(flags: number): RuleReason {
  const set = names.filter((_, i) => flags & (1 << i)).join(", ");
  const text = set === "" ? "sends TCP without any flag" : `sends TCP with the flags ${set}`;
  return ruleReason(ruleNumber.tcpFlags, set === "" ? "none" : set, "ACK, or SYN alone", text);
}
