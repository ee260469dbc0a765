/** What tshark says of each packet of a capture, and how many it counts for filters: all in one run. */

/** Packets one by one, as pcs takes them. */
const options = ["tcp.desegment_tcp_streams", "ip.defragment", "ipv6.defragment"].flatMap((name) => [
  "-o",
  `${name}:FALSE`,
]);

/** Told of every packet; a field may be there several times, in headers around each other or quoted. */
export const tsharkFields = [
  "frame.number",
  "frame.time_epoch",
  "frame.len",
  "frame.protocols",
  "eth.src",
  "eth.dst",
  "eth.type",
  "ip.src",
  "ip.dst",
  "ip.len",
  "ip.ttl",
  "ip.proto",
  "ip.id",
  "ip.flags",
  "ipv6.src",
  "ipv6.dst",
  "ipv6.plen",
  "ipv6.hlim",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.seq_raw",
  "tcp.ack_raw",
  "tcp.window_size_value",
  "tcp.flags",
  "udp.srcport",
  "udp.dstport",
  "udp.length",
  "icmp.type",
  "icmp.code",
  "icmpv6.type",
  "icmpv6.code",
  "arp.opcode",
  "arp.src.proto_ipv4",
  "arp.dst.proto_ipv4",
] as const;

export type TsharkField = (typeof tsharkFields)[number];

export interface TsharkPacket {
  /** Counted from 1. */
  number: number;
  /** Seconds since 1970. */
  time: number;
  /** Bytes on the wire. */
  size: number;
  /** `eth`, `ip`, …: each once, however often it is there. */
  protocols: ReadonlySet<string>;
  /** Every value of a field, the outermost first. */
  all: (field: TsharkField) => string[];
}

export interface TsharkAnswer {
  packets: TsharkPacket[];
  /** Packets and bytes for each filter. */
  counted: { packets: number; bytes: number }[];
}

/** @param filters of which none may hold a comma */
export async function askTshark(file: string, filters: readonly string[]): Promise<TsharkAnswer> {
  const fields = tsharkFields.flatMap((name) => ["-e", name]);
  const statistics = ["-z", `io,stat,0,${filters.join(",")}`];
  const words = ["tshark", "-n", "-r", file, ...options, ...statistics, "-T", "fields", ...fields];
  const run = Bun.spawn(words, { stdout: "pipe", stderr: "ignore" });
  const lines = (await run.stdout.text()).split("\n");
  const packets = lines.filter((line) => /^\d+\t/.test(line)).map(packetOf);
  // | 0.0 <> 660.0 | frames | bytes | frames | bytes |
  const row = lines.find((line) => line.includes("<>"));
  const cells = row?.split("|").slice(2, -1).map(Number) ?? [];
  const counted = filters.map((_, i) => ({ packets: cells[2 * i]!, bytes: cells[2 * i + 1]! }));
  return { packets, counted };
}

function packetOf(line: string): TsharkPacket {
  const cells = line.split("\t");
  const cell = (field: TsharkField): string => cells[tsharkFields.indexOf(field)] ?? "";
  return {
    number: Number(cell("frame.number")),
    time: Number(cell("frame.time_epoch")),
    size: Number(cell("frame.len")),
    protocols: new Set(cell("frame.protocols").split(":")),
    all: (field) => (cell(field) === "" ? [] : cell(field).split(",")),
  };
}

/** Both ends of each IP header, the outermost first. */
export function endsOf({ all }: TsharkPacket): [source: string, destination: string][] {
  return (["ip", "ipv6"] as const).flatMap((version) => {
    const destinations = all(`${version}.dst`);
    return all(`${version}.src`).map((source, i): [string, string] => [source, destinations[i] ?? ""]);
  });
}

/** The ports of each header of TCP and UDP. */
export function portsOf({ all }: TsharkPacket): [source: string, destination: string][] {
  return (["tcp", "udp"] as const).flatMap((transport) => {
    const destinations = all(`${transport}.dstport`);
    return all(`${transport}.srcport`).map((source, i): [string, string] => [source, destinations[i] ?? ""]);
  });
}
