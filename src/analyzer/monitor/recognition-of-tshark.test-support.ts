/** Names the applications of a capture's packets as pcs and as tshark do, and knows why they differ where they do. */
import { openCaptureFile } from "../capture/open-capture.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { protocolNames } from "../packet/protocols.ts";
import { Traffic } from "../traffic/traffic.ts";

/** The applications compared, which pcs and tshark call the same. */
export const comparedNames = ["dns", "tls", "http", "ssh", "quic", "dhcp"] as const;

type ComparedName = (typeof comparedNames)[number];

/** Names at the end of tshark's list of layers that say nothing against the name pcs gives. */
const undecided = new Set(["data", "tcp", "udp", "ip", "ipv6", "eth", "ethertype", "vlan", "ipv6.fraghdr"]);

const options = ["-o", "tcp.desegment_tcp_streams:FALSE", "-o", "ip.defragment:FALSE"];

/** Files and names of the shared sets of which packets are missed, with the reason. */
export const knownMisses: Readonly<Record<string, string>> = {
  "tests_filter_AH-IPcomp-IPv4.pcap http": "inside IPComp, which tshark inflates",
  "tests_filter_AH-IPcomp-IPv6.pcap http": "inside IPComp, which tshark inflates",
  "tests_nfs-write-verf-cookie.pcapng tls":
    "NFS, that tshark takes for SSL 2 because the client's port is 993",
  "tests_sflow_expanded.pcap ssh": "the sample that an sFlow report quotes",
  "tests_someip1.pcap dns": "SOME/IP between ports 30490 and 31490",
  "tests_dns-badlabel.pcap dns": "not DNS but by its port: 64,259 questions, and 64 KB that are no names",
  "tests_dns_fwdptr.pcap dns": "the same bytes, changed in a few places",
  "tests_bootp_asan.pcap dhcp": "not DHCP but by its port: begins with zeros, and 48 bytes of it are there",
  "tests_bootp_asan-2.pcap dhcp": "not DHCP but by its port: begins with zeros, and 11 bytes of it are there",
  "tests_rx_serviceid_oobr.pcap dhcp": "not DHCP but by its port: 29 bytes of AFS",
};

export interface RecognitionComparison {
  /** Packets that tshark names, and those of them that pcs names so too. */
  found: Map<ComparedName, { tshark: number; pcs: number }>;
  /** Packets that pcs gives one of these names, and those for which tshark has another. */
  named: number;
  wrong: number;
}

/** What pcs calls each packet of a file; undefined where it cannot read it. */
export async function protocolsOfPcs(file: string) {
  const source = await openCaptureFile(file).catch(() => undefined);
  if (source === undefined) return undefined;
  const columns = createDecodedColumns();
  const traffic = new Traffic();
  const protocols: string[] = [];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    traffic.add(batch, columns);
    for (let i = 0; i < batch.count; i++) protocols.push(protocolNames[columns.protocol[i]!]!);
  }
  await source.close();
  return { protocols, flows: traffic.snapshot().flows };
}

/** The lines tshark prints about a file, its packets taken one by one. */
export async function linesOfTshark(file: string, ...more: string[]): Promise<string[]> {
  const run = Bun.spawn(["tshark", "-n", "-r", file, ...options, ...more], { stderr: "ignore" });
  return (await run.stdout.text()).split("\n");
}

/** Compares the names of one file, packet by packet; packets that ICMP quotes are left out. */
export async function compareRecognition(
  file: string,
  protocols: readonly string[],
): Promise<RecognitionComparison> {
  const lines = await linesOfTshark(file, "-T", "fields", "-e", "frame.protocols");
  // Blocks of pcapng that hold no packet are listed too.
  const packets = file.endsWith(".pcapng") ? lines.filter((line) => line !== "data") : lines;
  const found = new Map(comparedNames.map((name) => [name, { tshark: 0, pcs: 0 }]));
  const comparison = { found, named: 0, wrong: 0 };
  for (const [i, protocol] of protocols.entries()) {
    const layers = packets[i]?.split(":") ?? [];
    if (!layers.includes("icmp") && !layers.includes("icmpv6")) comparePacket(comparison, protocol, layers);
  }
  return comparison;
}

function comparePacket(comparison: RecognitionComparison, protocol: string, layers: string[]): void {
  const names = comparedNames.filter((name) => layers.includes(name));
  const isFound = names.some((name) => name === protocol);
  for (const name of names) {
    const counts = comparison.found.get(name)!;
    counts.tshark++;
    if (isFound) counts.pcs++;
  }
  if (!comparedNames.some((name) => name === protocol)) return;
  comparison.named++;
  if (!isFound && !undecided.has(layers.at(-1) ?? "data")) comparison.wrong++;
}
