/** Ethernet, VLAN tags, LLC and ARP. The drawings of the bytes stand at the decoders of the same names. */
import { formatHex, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";
import { etherTypes } from "./names.ts";

const largestLength = 1500;

function typeOrLength(r: HeaderReader, offset: number): void {
  const isLength = r.peek(offset, 2) <= largestLength;
  if (isLength) r.uint("Length", offset, 2);
  else r.uint("Type", offset, 2, named(etherTypes, 2));
}

export function describeEthernet(r: HeaderReader): number {
  r.mac("Destination", 0);
  r.mac("Source", 6);
  typeOrLength(r, 12);
  return 14;
}

export function describeVlan(r: HeaderReader): number {
  r.bits("Priority", 0, 2, 13, 7);
  r.bits("Drop eligible", 0, 2, 12, 1);
  r.bits("VLAN", 0, 2, 0, 0xfff);
  typeOrLength(r, 2);
  return 4;
}

export function describeLlc(r: HeaderReader): number {
  r.hex("Destination SAP", 0, 1);
  r.hex("Source SAP", 1, 1);
  const controlBytes = (r.peek(2, 1) & 3) === 3 ? 1 : 2;
  r.hex("Control", 2, controlBytes);
  if (r.peek(0, 2) !== 0xaaaa) return 2 + controlBytes;
  r.hex("Organisation", 2 + controlBytes, 3);
  r.uint("Type", 5 + controlBytes, 2, named(etherTypes, 2));
  return 7 + controlBytes;
}

const operations = named({ 1: "request", 2: "reply", 3: "reverse request", 4: "reverse reply" });

export function describeArp(r: HeaderReader): number {
  r.uint("Hardware type", 0, 2, named({ 1: "Ethernet" }));
  r.uint("Protocol type", 2, 2, named(etherTypes, 2));
  const hardware = r.uint("Hardware address length", 4, 1);
  const protocol = r.uint("Protocol address length", 5, 1);
  r.uint("Operation", 6, 2, operations);
  const address = (name: string, offset: number, length: number): void => {
    if (length === 6) r.mac(name, offset);
    else if (length === 4) r.ipv4(name, offset);
    else r.raw(name, offset, length);
  };
  address("Sender hardware address", 8, hardware);
  address("Sender address", 8 + hardware, protocol);
  address("Target hardware address", 8 + hardware + protocol, hardware);
  address("Target address", 8 + 2 * hardware + protocol, protocol);
  return 8 + 2 * (hardware + protocol);
}

/** 4 bytes of address family, in either byte order. */
export function describeLoopback(r: HeaderReader): number {
  const isBig = r.peek(0, 2) === 0;
  const format = named({ 2: "IPv4", 24: "IPv6", 28: "IPv6", 30: "IPv6" });
  if (isBig) r.uint("Family", 0, 4, format);
  else r.uintLittle("Family", 0, 4, format);
  return 4;
}

const directions = named({ 0: "to us", 1: "broadcast", 2: "multicast", 3: "to another host", 4: "from us" });

export function describeSll(r: HeaderReader): number {
  r.uint("Packet type", 0, 2, directions);
  r.uint("Hardware type", 2, 2);
  const length = r.uint("Address length", 4, 2);
  r.raw("Source", 6, Math.min(8, length));
  r.uint("Protocol", 14, 2, named(etherTypes, 2));
  return 16;
}

export function describeSll2(r: HeaderReader): number {
  r.uint("Protocol", 0, 2, named(etherTypes, 2));
  r.uint("Interface", 4, 4);
  r.uint("Hardware type", 8, 2);
  r.uint("Packet type", 10, 1, directions);
  const length = r.uint("Address length", 11, 1);
  r.raw("Source", 12, Math.min(8, length));
  return 20;
}

export function describeNflog(r: HeaderReader): number {
  r.uint("Family", 0, 1, named({ 2: "IPv4", 10: "IPv6" }));
  r.uint("Version", 1, 1);
  r.uint("Resource", 2, 2);
  let at = 4;
  while (r.has(at, 4)) {
    const isLittle = r.peek(at + 3, 1) === 0;
    const length = isLittle ? r.peekLittle(at, 2) : r.peek(at, 2);
    const type = (isLittle ? r.peekLittle(at + 2, 2) : r.peek(at + 2, 2)) & 0x7fff;
    if (length < 4) break;
    if (type === 9) return at + 4;
    r.raw(`Value ${type}`, at + 4, length - 4);
    at += (length + 3) & ~3;
  }
  return at;
}

export function describePktap(r: HeaderReader): number {
  const length = r.uintLittle("Length", 0, 4);
  r.uintLittle("Record type", 4, 4);
  r.uintLittle("Link type", 8, 4);
  r.raw("Interface", 12, 24);
  return length;
}

export function describeRadiotap(r: HeaderReader): number {
  r.uint("Version", 0, 1);
  const length = r.uintLittle("Length", 2, 2);
  r.uintLittle("Present", 4, 4, (value) => formatHex(value, 4));
  r.raw("Values", 8, length - 8);
  return length;
}
