/** Packets by chance, and filters by chance with what they mean, told packet by packet in the simplest way. */
import * as fc from "fast-check";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { bytes, u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import type { PacketStore } from "../store/packet-store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** An IP header of a packet, wherever it stands in it. */
interface Header {
  /** In hex: 8 digits or 32. */
  source: string;
  destination: string;
  transport: number;
  ports: [number, number] | undefined;
}

export interface ChancePacket {
  data: Bytes;
  seconds: number;
  /** Nanoseconds. */
  fraction: number;
  headers: Header[];
  flow: number;
  /** As in the store's column; undefined where it was not judged. */
  score: number | undefined;
}

const addresses4 = ["0a000001", "0a000002", "0a010001", "c0a80001", "c0a80002"];
const addresses6 = ["20010db8000000000000000000000001", "20010db8000000010000000000000001"];
const ports = [0, 53, 80, 443, 65_535];

const ends = fc.oneof(
  fc.tuple(fc.constantFrom(...addresses4), fc.constantFrom(...addresses4)),
  fc.tuple(fc.constantFrom(...addresses6), fc.constantFrom(...addresses6)),
);
const portPair = fc.tuple(fc.constantFrom(...ports), fc.constantFrom(...ports));

const inner = fc
  .tuple(ends, portPair, fc.constantFrom(6, 17, 89))
  .map(([[source, destination], pair, transport]) => {
    const header = { source, destination, transport, ports: transport === 89 ? undefined : pair };
    return { packet: ipPacket(header, contentOf(header)), headers: [header] };
  });

/** Alone, inside a tunnel and perhaps cut, or quoted by an error. */
const wrapped = fc
  .tuple(inner, ends, fc.constantFrom("alone", "alone", "tunnel", "cut", "quote"))
  .map(([{ packet, headers }, [source, destination], around]) => {
    const is6 = source.length === 32;
    const isInner6 = headers[0]!.source.length === 32;
    if (around === "alone" || (around === "quote" && is6 !== isInner6)) return { packet, headers };
    const transport = around !== "quote" ? (isInner6 ? 41 : 4) : is6 ? 58 : 1;
    const header: Header = { source, destination, transport, ports: undefined };
    // Of a tunnel's packet that is cut inside its header, the tunnel is all there is.
    if (around === "cut") return { packet: ipPacket(header, packet.subarray(0, 12)), headers: [header] };
    const content = around === "tunnel" ? packet : bytes([is6 ? 1 : 3, 0], u16(0), u32(0), packet);
    return { packet: ipPacket(header, content), headers: [header, ...headers] };
  });

export const chancePackets: fc.Arbitrary<ChancePacket[]> = fc.array(
  fc
    .tuple(
      wrapped,
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(0, 1, 500_000_000, 999_999_999),
      fc.integer({ min: 0, max: 4 }),
      fc.option(fc.constantFrom(0, 1, 4999, 5000, 5001, 10_000), { nil: undefined }),
      fc.boolean(),
    )
    .map(([{ packet, headers }, seconds, fraction, flow, score, isIp]) => {
      const type = headers[0]!.source.length === 32 ? 0x86dd : 0x0800;
      const hasIp = isIp || flow > 0;
      const front = bytes("0a0000000001 0a0000000002", u16(hasIp ? type : 0x88cc));
      const data = bytes(front, hasIp ? packet : u32(0));
      return { data, seconds, fraction, headers: hasIp ? headers : [], flow, score };
    }),
  { maxLength: 40 },
);

/** Adds packets to a store, a few at a time. */
export function storeChance(store: PacketStore, packets: readonly ChancePacket[], batchRows: number): void {
  const columns = createDecodedColumns(batchRows);
  for (let from = 0; from < packets.length; from += batchRows) {
    const part = packets.slice(from, from + batchRows);
    const batch = batchOf(part);
    decodeBatch(batch, columns);
    const first = store.last + 1;
    store.add(
      batch,
      columns,
      Uint32Array.from(part, ({ flow }) => flow),
    );
    const scores = Uint16Array.from(part, ({ score }) => score ?? 65_535);
    store.setScores(first, scores, new Uint32Array(part.length), part.length);
  }
}

export interface ChanceFilter {
  text: string;
  holds: (packet: ChancePacket, number: number) => boolean;
}

type Comparison = (a: number, b: number) => boolean;
const comparisons: [text: string, holds: Comparison][] = [
  ["=", (a, b) => a === b],
  ["==", (a, b) => a === b],
  ["<", (a, b) => a < b],
  ["<=", (a, b) => a <= b],
  [">", (a, b) => a > b],
  [">=", (a, b) => a >= b],
];

const ranges: [text: string, holds: (hex: string) => boolean][] = [
  ["10.0.0.1", (hex) => hex === "0a000001"],
  ["10.0.0.0/8", (hex) => hex.length === 8 && hex.startsWith("0a")],
  ["10.0.0.0/15", (hex) => hex.startsWith("0a00") || (hex.length === 8 && hex.startsWith("0a01"))],
  ["0.0.0.0/0", (hex) => hex.length === 8],
  ["::/0", (hex) => hex.length === 32],
  ["2001:db8::/48", (hex) => hex.startsWith("20010db80000")],
  ["9.9.9.9", () => false],
];

function addressesOf(packet: ChancePacket, field: string): string[] {
  return packet.headers.flatMap(({ source, destination }) =>
    field === "src" ? [source] : field === "dst" ? [destination] : [source, destination],
  );
}

const addressTerm = fc
  .tuple(fc.constantFrom("src", "dst", "host"), fc.constantFrom(...ranges), fc.boolean())
  .map(([field, [range, isIn], isEqual]): ChanceFilter => ({
    text: `${field} ${isEqual ? "" : "!= "}${range}`,
    holds: (packet) => {
      const found = addressesOf(packet, field);
      return isEqual ? found.some(isIn) : found.length > 0 && !found.some(isIn);
    },
  }));

const portFields: Record<string, [transport: number, end: number | undefined]> = {
  port: [0, undefined],
  sport: [0, 0],
  dport: [0, 1],
  "tcp.port": [6, undefined],
  "udp.port": [17, undefined],
  "tcp.dstport": [6, 1],
};

const portTerm = fc
  .tuple(
    fc.constantFrom(...Object.keys(portFields)),
    fc.constantFrom(...comparisons, ["!=", (a: number, b: number) => a === b] as [string, Comparison]),
    fc.constantFrom(...ports),
  )
  .map(([field, [sign, compare], value]): ChanceFilter => {
    const [transport, end] = portFields[field]!;
    return {
      text: `${field} ${sign} ${value}`,
      holds: ({ headers }) => {
        const found = headers
          .filter(
            (header) => header.ports !== undefined && (transport === 0 || header.transport === transport),
          )
          .flatMap(({ ports }) => (end === undefined ? ports! : [ports![end]!]));
        const isAny = found.some((port) => compare(port, value));
        return sign === "!=" ? found.length > 0 && !isAny : isAny;
      },
    };
  });

const numberTerm = fc
  .tuple(
    fc.constantFrom("size", "number", "flow", "score", "time"),
    fc.constantFrom(...comparisons),
    fc.constantFrom(0, 0.5, 1, 3, 54, 60.5),
  )
  .map(([field, [sign, compare], asked]): ChanceFilter => {
    const value = field === "score" ? Math.min(asked, 1) : asked;
    return {
      text: `${field} ${sign} ${value}`,
      holds: (packet, number) => {
        if (field === "size") return compare(packet.data.length, value);
        if (field === "number") return compare(number, value);
        if (field === "flow") return packet.flow > 0 && compare(packet.flow, value);
        if (field === "score") return packet.score !== undefined && compare(packet.score, value * 10_000);
        return compare(packet.seconds * 1e9 + packet.fraction, value * 1e9);
      },
    };
  });

/** The threshold of these filters. */
export const chanceThreshold = 0.5;

const bareTerm = fc.constantFrom<ChanceFilter>(
  { text: "flagged", holds: ({ score }) => score !== undefined && score >= 5000 },
  { text: "tcp", holds: ({ headers }) => headers.some(({ transport }) => transport === 6) },
  { text: "udp", holds: ({ headers }) => headers.some(({ transport }) => transport === 17) },
  { text: "icmp", holds: ({ headers }) => headers.some(({ transport }) => transport === 1) },
  // Also one that is cut inside a tunnel.
  {
    text: "ipv6",
    holds: ({ headers }) => headers.some(({ source, transport }) => source.length === 32 || transport === 41),
  },
  { text: "tunnelled", holds: ({ headers }) => [4, 41].includes(headers[0]?.transport ?? 0) },
  {
    text: "malformed",
    holds: ({ headers }) => headers.length === 1 && [4, 41].includes(headers[0]!.transport),
  },
  {
    text: "protocol udp",
    holds: ({ headers }) => headers.some(({ transport }) => transport === 17),
  },
);

const setTerm = fc.constant<ChanceFilter>({
  text: "port in {53, 443}",
  holds: ({ headers }) =>
    headers.some(({ ports }) => ports?.includes(53) === true || ports?.includes(443) === true),
});

/** A term, or several joined, with more parentheses than needed or just as many. */
export const chanceFilters: fc.Arbitrary<ChanceFilter> = fc.letrec<{
  any: ChanceFilter;
  not: ChanceFilter;
  all: ChanceFilter;
}>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie("all"), joined(tie("all"), tie("any"), "or")),
  all: fc.oneof({ maxDepth: 4 }, tie("not"), joined(tie("not"), tie("all"), "and")),
  not: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(addressTerm, portTerm, numberTerm, bareTerm, setTerm),
    tie("not").map(({ text, holds }) => ({
      text: `not ${text}`,
      holds: (p: ChancePacket, n: number) => !holds(p, n),
    })),
    tie("any").map(({ text, holds }) => ({ text: `(${text})`, holds })),
  ),
})).any;

function joined(
  first: fc.Arbitrary<ChanceFilter>,
  second: fc.Arbitrary<ChanceFilter>,
  word: "and" | "or",
): fc.Arbitrary<ChanceFilter> {
  return fc.tuple(first, second, fc.boolean()).map(([a, b, isSign]) => ({
    text: `${a.text} ${isSign ? (word === "and" ? "&&" : "||") : word} ${b.text}`,
    holds: (p, n) => (word === "and" ? a.holds(p, n) && b.holds(p, n) : a.holds(p, n) || b.holds(p, n)),
  }));
}

function contentOf({ transport, ports }: Header): Bytes {
  if (ports === undefined) return new Uint8Array(8);
  const [source, destination] = ports;
  return transport === 6
    ? bytes(u16(source), u16(destination), u32(1), u32(1), "5010", u16(512), u32(0))
    : bytes(u16(source), u16(destination), u16(8), u16(0));
}

function ipPacket({ source, destination, transport }: Header, content: Uint8Array): Bytes {
  if (source.length === 32)
    return bytes(u32(0x60000000), u16(content.length), [transport, 64], source, destination, content);
  const front = bytes("4500", u16(20 + content.length), u32(0), [64, transport], u16(0));
  return bytes(front, source, destination, content);
}
