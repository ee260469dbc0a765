/**
 * The rules, by number. A rule that speaks raises the score of a packet to its own: what no honest machine
 * sends gets more than what one might, and a hint gets least.
 */
export interface Rule {
  /** From 1 on; 0 stands for no rule. */
  readonly number: number;
  readonly name: string;
  readonly title: string;
  /** From 0 to 1: what a packet's score is raised to. */
  readonly score: number;
  /** Whose doing it is, or whom it befalls. */
  readonly focus: "source" | "destination" | "pair";
}

/** Numbers of the rules. Those about single packets and their history come first, then those about features. */
export const ruleNumber = {
  arpMove: 1,
  arpClaims: 2,
  arpRelay: 3,
  dhcpStarvation: 4,
  dhcpRogue: 5,
  ipv6Chain: 6,
  fragmentOverlap: 7,
  fragmentBeyond: 8,
  fragmentTiny: 9,
  tcpFlags: 10,
  land: 11,
  impossibleSource: 12,
  smurf: 13,
  dnsTunnel: 14,
  amplification: 15,
  amplifierRequest: 16,
  synAckReflection: 17,
  loginAttempts: 18,
  portScan: 19,
  hostScan: 20,
  synFlood: 21,
  flood: 22,
  fragmentsUnfinished: 23,
  echoFlood: 24,
  echoAnswers: 25,
} as const;

export const rules: readonly Rule[] = [
  rule(ruleNumber.arpMove, "arp-move", "An address moves to another card", 0.97, "source"),
  rule(ruleNumber.arpClaims, "arp-claims", "One card claims several addresses unasked", 0.93, "source"),
  rule(
    ruleNumber.arpRelay,
    "arp-relay",
    "Traffic goes through a card that just claimed an address",
    0.92,
    "pair",
  ),
  rule(
    ruleNumber.dhcpStarvation,
    "dhcp-starvation",
    "More questions for an address than a network has",
    0.95,
    "destination",
  ),
  rule(ruleNumber.dhcpRogue, "dhcp-rogue", "A second server offers an address", 0.7, "source"),
  rule(ruleNumber.ipv6Chain, "ipv6-chain", "Extension headers that none should send", 0.93, "source"),
  rule(ruleNumber.fragmentOverlap, "fragment-overlap", "Fragments that overlap", 0.97, "pair"),
  rule(
    ruleNumber.fragmentBeyond,
    "fragment-beyond",
    "A fragment that ends beyond the longest packet",
    0.97,
    "pair",
  ),
  rule(
    ruleNumber.fragmentTiny,
    "fragment-tiny",
    "A fragment that hides the header of its transport",
    0.88,
    "pair",
  ),
  rule(ruleNumber.tcpFlags, "tcp-flags", "TCP flags that no connection has", 0.95, "source"),
  rule(ruleNumber.land, "land", "A packet from its own destination", 0.97, "destination"),
  rule(ruleNumber.impossibleSource, "impossible-source", "A source that no machine can have", 0.85, "source"),
  rule(ruleNumber.smurf, "smurf", "Echo requests to everyone", 0.9, "source"),
  rule(ruleNumber.dnsTunnel, "dns-tunnel", "Data in the names of a domain", 0.92, "pair"),
  rule(ruleNumber.amplification, "amplification", "Answers that were not asked for", 0.95, "destination"),
  rule(ruleNumber.amplifierRequest, "amplifier-request", "Questions whose answers are huge", 0.85, "source"),
  rule(
    ruleNumber.synAckReflection,
    "synack-reflection",
    "Connections accepted that were not opened",
    0.95,
    "destination",
  ),
  rule(ruleNumber.loginAttempts, "login-attempts", "Logins tried one after the other", 0.93, "pair"),
  rule(ruleNumber.portScan, "port-scan", "Many ports of a host are tried", 0.95, "source"),
  rule(ruleNumber.hostScan, "host-scan", "Many hosts are tried", 0.92, "source"),
  rule(ruleNumber.synFlood, "syn-flood", "Connections opened and never used", 0.95, "destination"),
  rule(
    ruleNumber.flood,
    "flood",
    "More packets than the receiver answers, and all alike",
    0.9,
    "destination",
  ),
  rule(
    ruleNumber.fragmentsUnfinished,
    "fragments-unfinished",
    "Packets begun and never finished",
    0.93,
    "pair",
  ),
  rule(ruleNumber.echoFlood, "echo-flood", "More echo requests than anyone needs", 0.9, "destination"),
  rule(ruleNumber.echoAnswers, "echo-answers", "Answers to a flood of echo requests", 0.85, "source"),
];

/** Of rule numbers, the one whose rule raises the score higher; 0 where both are. */
export function graver(one: number, other: number): number {
  if (one === 0 || other === 0) return one + other;
  return rules[one - 1]!.score >= rules[other - 1]!.score ? one : other;
}

function rule(number: number, name: string, title: string, score: number, focus: Rule["focus"]): Rule {
  return { number, name, title, score, focus };
}
