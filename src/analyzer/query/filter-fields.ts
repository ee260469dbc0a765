/** The fields of the display filter: what each is compared with, what it looks at, and how it is explained. */
import { packetFlag } from "../packet/decoded-columns.ts";
import { layerBit, layerNames, type LayerName } from "../packet/layers.ts";
import { protocolId, protocolNames, type ProtocolName } from "../packet/protocols.ts";
import type { End, FilterNode, NumberColumn } from "./filter-node.ts";

/** A field of the display filter, for completion. */
export interface FilterField {
  name: string;
  /** What it is compared with. */
  takes: "nothing" | "address" | "port" | "number" | "text" | "name";
  /** For `name`: those there are. */
  values?: readonly string[];
  help: string;
}

/** What a field means to the parser. */
export type FieldMeaning =
  | { kind: "bare"; node: FilterNode }
  | { kind: "name" }
  | { kind: "address"; end: End }
  | { kind: "port"; end: End; transport: number }
  | { kind: "number"; column: NumberColumn }
  | { kind: "time" };

interface Field extends FilterField {
  meaning: FieldMeaning;
}

const tcp = 6;
const udp = 17;

/** What is true of a packet that bears a name: a layer wherever it occurs, else what was recognised in it. */
export function nodeOfName(name: string): FilterNode | undefined {
  if (Object.hasOwn(layerBit, name)) return { kind: "layer", value: layerBit[name as LayerName] };
  if (Object.hasOwn(protocolId, name)) return { kind: "protocol", value: protocolId[name as ProtocolName] };
  return undefined;
}

/** Every name of layers and protocols. */
export const kindNames: readonly string[] = [...new Set<string>([...layerNames, ...protocolNames])];

const comparedFields: readonly Field[] = [
  address("src", "source", "who sent it: an address or a range like 10.0.0.0/8"),
  address("dst", "destination", "whom it was sent to: an address or a range"),
  address("host", "any", "who sent it or whom it was sent to"),
  port("port", "any", 0, "the port of either end"),
  port("sport", "source", 0, "the sender's port"),
  port("dport", "destination", 0, "the receiver's port"),
  port("tcp.port", "any", tcp, "the port of either end of a TCP segment"),
  port("udp.port", "any", udp, "the port of either end of a UDP datagram"),
  port("tcp.srcport", "source", tcp, "the sender's port of a TCP segment"),
  port("tcp.dstport", "destination", tcp, "the receiver's port of a TCP segment"),
  port("udp.srcport", "source", udp, "the sender's port of a UDP datagram"),
  port("udp.dstport", "destination", udp, "the receiver's port of a UDP datagram"),
  number("size", "size", "bytes on the wire"),
  number("len", "size", "bytes on the wire, as size"),
  number("score", "score", "how abnormal it is, from 0 to 1"),
  number("number", "number", "the packet's number, counted from 1"),
  number("flow", "flow", "the number of its flow"),
  { name: "time", takes: "number", help: "seconds since 1970, with fractions", meaning: { kind: "time" } },
  {
    name: "protocol",
    takes: "name",
    values: kindNames,
    help: "a layer or a recognised protocol, as its bare name",
    meaning: { kind: "name" },
  },
];

const bareFields: readonly Field[] = [
  bare("flagged", { kind: "flagged" }, "found abnormal, and not marked as expected"),
  bare("truncated", { kind: "flag", value: packetFlag.truncated }, "cut by the snapshot length"),
  bare("malformed", { kind: "flag", value: packetFlag.malformed }, "has a header that contradicts itself"),
  bare("fragment", { kind: "flag", value: packetFlag.fragment }, "a piece of a fragmented IP packet"),
  bare("tunnelled", { kind: "flag", value: packetFlag.tunnelled }, "an IP packet inside another one"),
  ...kindNames.map((name) =>
    bare(
      name,
      nodeOfName(name)!,
      Object.hasOwn(layerBit, name) ? "has such a header, also inside a tunnel" : "recognised as this",
    ),
  ),
];

const fields = new Map([...comparedFields, ...bareFields].map((field) => [field.name, field]));

/** Names that Wireshark's display filter has for the same. */
const otherNames: Readonly<Record<string, string>> = {
  "ip.src": "src",
  "ip.dst": "dst",
  "ip.addr": "host",
  "ipv6.src": "src",
  "ipv6.dst": "dst",
  "ipv6.addr": "host",
  "frame.len": "size",
  "frame.number": "number",
  "frame.time_epoch": "time",
  eth: "ethernet",
  ip: "ipv4",
};

/** The meaning of a field by its name, or by what Wireshark calls it. */
export function fieldMeaning(name: string): FieldMeaning | undefined {
  return fields.get(Object.hasOwn(otherNames, name) ? otherNames[name]! : name)?.meaning;
}

/** Every field with what it takes, in the order to offer them. */
export const filterFields: readonly FilterField[] = [...fields.values()].map(
  ({ name, takes, values, help }) =>
    values === undefined ? { name, takes, help } : { name, takes, values, help },
);

function address(name: string, end: End, help: string): Field {
  return { name, takes: "address", help, meaning: { kind: "address", end } };
}

function port(name: string, end: End, transport: number, help: string): Field {
  return { name, takes: "port", help, meaning: { kind: "port", end, transport } };
}

function number(name: string, column: NumberColumn, help: string): Field {
  return { name, takes: "number", help, meaning: { kind: "number", column } };
}

function bare(name: string, node: FilterNode, help: string): Field {
  return { name, takes: "nothing", help, meaning: { kind: "bare", node } };
}
