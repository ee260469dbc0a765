/** IPv4 (RFC 791) and the authentication header (RFC 4302); the drawings stand at their decoders. */
import { describeOptions } from "./describe-options.ts";
import { bitNames, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";
import { ipProtocols } from "./names.ts";

const optionNames: Readonly<Record<number, string>> = {
  0: "End",
  1: "Nothing",
  7: "Record route",
  68: "Timestamp",
  130: "Security",
  131: "Loose source route",
  137: "Strict source route",
  148: "Router alert",
};

export function describeIpv4(r: HeaderReader): number {
  r.bits("Version", 0, 1, 4, 15);
  const length = r.bits("Header length", 0, 1, 0, 15, (words) => `${words * 4} bytes`) * 4;
  r.bits("Differentiated services", 1, 1, 2, 63);
  r.bits("Congestion", 1, 1, 0, 3);
  r.uint("Total length", 2, 2);
  r.hex("Identification", 4, 2);
  r.bits("Flags", 6, 2, 13, 7, bitNames(["more fragments", "do not fragment", "reserved"]));
  r.bits("Fragment offset", 6, 2, 0, 0x1fff, (words) => String(words * 8));
  r.uint("Time to live", 8, 1);
  r.uint("Protocol", 9, 1, named(ipProtocols));
  r.hex("Checksum", 10, 2);
  r.ipv4("Source", 12);
  r.ipv4("Destination", 16);
  if (length > 20)
    r.group("Options", 20, length - 20, () =>
      describeOptions(r, length, (kind, at, size) => r.raw(optionNames[kind] ?? `Option ${kind}`, at, size)),
    );
  return Math.max(20, length);
}

export function describeAuthentication(r: HeaderReader): number {
  r.uint("Next header", 0, 1, named(ipProtocols));
  const length = (r.uint("Length", 1, 1) + 2) * 4;
  r.hex("Security parameters", 4, 4);
  r.uint("Sequence", 8, 4);
  r.raw("Check value", 12, length - 12);
  return length;
}
