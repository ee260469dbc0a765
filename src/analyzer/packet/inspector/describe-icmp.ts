/** ICMP (RFC 792), ICMPv6 (RFC 4443), IGMP (RFC 3376), PIM (RFC 7761). */
import { named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";

const types = named({
  0: "echo reply",
  3: "destination unreachable",
  4: "source quench",
  5: "redirect",
  8: "echo",
  9: "router advertisement",
  10: "router solicitation",
  11: "time exceeded",
  12: "parameter problem",
  13: "timestamp",
  14: "timestamp reply",
});
const types6 = named({
  1: "destination unreachable",
  2: "packet too big",
  3: "time exceeded",
  4: "parameter problem",
  128: "echo",
  129: "echo reply",
  130: "listener query",
  131: "listener report",
  133: "router solicitation",
  134: "router advertisement",
  135: "neighbour solicitation",
  136: "neighbour advertisement",
  137: "redirect",
  143: "listener report, version 2",
});

/** Type, code, checksum, and 4 bytes that depend on the type. */
export function describeIcmp(r: HeaderReader): number {
  const type = r.uint("Type", 0, 1, types);
  return describeRest(r, type === 0 || type === 8);
}

export function describeIcmpv6(r: HeaderReader): number {
  const type = r.uint("Type", 0, 1, types6);
  return describeRest(r, type === 128 || type === 129);
}

function describeRest(r: HeaderReader, isEcho: boolean): number {
  r.uint("Code", 1, 1);
  r.hex("Checksum", 2, 2);
  if (isEcho) {
    r.uint("Identifier", 4, 2);
    r.uint("Sequence", 6, 2);
  } else r.raw("Rest of header", 4, 4);
  return 8;
}

const igmpTypes = named(
  { 0x11: "query", 0x12: "report 1", 0x16: "report 2", 0x17: "leave", 0x22: "report 3" },
  1,
);

export function describeIgmp(r: HeaderReader): number {
  const type = r.uint("Type", 0, 1, igmpTypes);
  r.uint("Longest response time", 1, 1);
  r.hex("Checksum", 2, 2);
  if (type === 0x22) r.uint("Records", 6, 2);
  else r.ipv4("Group", 4);
  return 8;
}

export function describePim(r: HeaderReader): number {
  r.bits("Version", 0, 1, 4, 15);
  const type = r.bits("Type", 0, 1, 0, 15, named({ 0: "hello", 1: "register", 3: "join, prune" }));
  r.hex("Checksum", 2, 2);
  return type === 1 ? 8 : 4;
}
