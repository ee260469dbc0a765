/** Packets for tests of rules, and what the rules say about each. */
import { bytes, u16, u32 } from "../../capture/bytes-builder.test-support.ts";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { PacketRules } from "./packet-rules.ts";
import { rules } from "./rule-list.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface TimedPacket {
  data: Uint8Array;
  /** Seconds; 0 unless told. */
  at?: number;
  /** Length on the wire; by default that of `data`. */
  wire?: number;
}

/** The rule that speaks about each packet, by name, or "". */
export function rulesOf(packets: TimedPacket[]): string[] {
  return reasonsOf(packets).map(({ name }) => name);
}

/** The rule that speaks about each packet, and why; and what gave way in the rules' tables by then. */
export function reasonsOf(packets: TimedPacket[]): { name: string; text: string; evicted: number }[] {
  const batch = batchOf(packets);
  const columns = createDecodedColumns(packets.length);
  decodeBatch(batch, columns);
  const engine = new PacketRules();
  return packets.map(({ at = 0 }, row) => {
    const number = engine.see(batch, columns, row, at);
    const { evicted } = engine;
    if (number === 0) return { name: "", text: "", evicted };
    return { name: rules[number - 1]!.name, text: engine.describe().text, evicted };
  });
}

/** How many packets each rule speaks about. */
export function countsOf(packets: TimedPacket[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of rulesOf(packets)) if (name !== "") counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

export interface Ipv4Options {
  /** Addresses, as numbers. */
  from?: number;
  to?: number;
  /** The last bytes of the cards. */
  fromCard?: number;
  toCard?: number;
  /** Flags and offset of a fragment. */
  fragment?: number;
  identification?: number;
}

const hostsNet = 0x0a000000;

/** The address 10.0.x.y of a host by its number. */
export function host(number: number): number {
  return hostsNet + number;
}

export function card(number: number): Bytes {
  return bytes("0200", u32(number));
}

/** An IPv4 packet over Ethernet. */
export function overIpv4(protocol: number, payload: Uint8Array, options: Ipv4Options = {}): Bytes {
  const {
    from = host(1),
    to = host(2),
    fromCard = 1,
    toCard = 2,
    fragment = 0,
    identification = 1,
  } = options;
  return bytes(
    card(toCard),
    card(fromCard),
    "0800 4500",
    u16(20 + payload.length),
    u16(identification),
    u16(fragment),
    [64, protocol, 0, 0],
    u32(from),
    u32(to),
    payload,
  );
}

export function segment(sourcePort: number, port: number, flags: number, payload = new Uint8Array(0)): Bytes {
  return bytes(u16(sourcePort), u16(port), u32(1), u32(1), [0x50, flags], "1000 0000 0000", payload);
}

export function datagram(sourcePort: number, port: number, payload: Uint8Array): Bytes {
  return bytes(u16(sourcePort), u16(port), u16(8 + payload.length), u16(0), payload);
}

function ipv6Host(last: number): Bytes {
  return bytes("20010db8 00000000 00000000", u32(last));
}

/** An IPv6 packet over Ethernet, between two fixed hosts. */
export function overIpv6(next: number, payload: Uint8Array, source = 1): Bytes {
  return bytes(
    card(2),
    card(1),
    "86dd 60000000",
    u16(payload.length),
    [next, 64],
    ipv6Host(source),
    ipv6Host(0x10000),
    payload,
  );
}

/** ARP over Ethernet: `owner` says to have `address`, and asks for or answers to `target`. */
export function arpOf(operation: number, owner: number, address: number, target: number): Bytes {
  const targetCard = operation === 1 ? new Uint8Array(6) : card(9);
  return bytes(
    operation === 1 ? "ffffffffffff" : card(9),
    card(owner),
    "0806 0001 0800 06 04",
    u16(operation),
    card(owner),
    u32(address),
    targetCard,
    u32(target),
  );
}

/** Text in ASCII. */
export function ascii(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** A DNS question. */
export function dnsQuestion(name: string, type = 1): Bytes {
  const labels = name.split(".").flatMap((label) => [new Uint8Array([label.length]), ascii(label)]);
  return bytes("0001 0100 0001 0000 0000 0000", ...labels, [0], u16(type), u16(1));
}

export function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
