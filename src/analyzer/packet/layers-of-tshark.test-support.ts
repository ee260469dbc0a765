/** Counts the layers of a capture as pcs and as tshark do, and knows why they differ where they do. */
import { openCaptureFile } from "../capture/open-capture.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns } from "./decoded-columns.ts";
import { layerNames, type LayerName } from "./layers.ts";

type LayerCounts = Partial<Record<LayerName, number>>;

/** A layer of a file that the two count differently, by more than 1 %. */
export interface Disagreement {
  layer: LayerName;
  counted: number;
  wanted: number;
}

export interface LayerComparison {
  /** Layers that either of them counts. */
  pairs: number;
  disagreements: Disagreement[];
}

/** tshark's names for what the report counts; 802.1ad is a VLAN too. */
const namesOfTshark: Readonly<Record<string, LayerName>> = {
  eth: "ethernet",
  vlan: "vlan",
  ieee8021ad: "vlan",
  llc: "llc",
  mpls: "mpls",
  pppoed: "pppoe",
  pppoes: "pppoe",
  arp: "arp",
  ip: "ipv4",
  ipv6: "ipv6",
  icmp: "icmp",
  icmpv6: "icmpv6",
  igmp: "igmp",
  tcp: "tcp",
  udp: "udp",
  sctp: "sctp",
  gre: "gre",
  vxlan: "vxlan",
  wlan: "wlan",
  ppp: "ppp",
};

const options = ["ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE"].flatMap(
  (option) => ["-o", option],
);

/** The pairs of file and layer that differ, with the reason. */
export const knownDifferences: Readonly<Record<string, string>> = {
  "tests_filter_AH-IPcomp-IPv4.pcap tcp": "inside IPComp, which tshark inflates",
  "tests_filter_AH-IPcomp-IPv6.pcap tcp": "inside IPComp, which tshark inflates",
  "tests_802_15_4-data.pcap ipv6": "802.15.4 counts as volume only; tshark unpacks 6LoWPAN",
  "tests_icmp6-rfc8335.pcap icmp": "tshark shows the extension of an ICMPv6 extended echo as icmp",
  "tests_lwapp-data.pcap wlan": "4 bytes behind LWAPP, which tshark does not take for a frame",
  "tests_nhrp-trace.pcap icmp": "quoted in an error of NHRP, which pcs does not decode",
  "tests_nsh-over-vxlan-gpe.pcap vxlan":
    "tshark drops VXLAN's name where NSH follows, not where Ethernet does",
  "tests_of10_s4810.pcap llc": "a frame inside an OpenFlow message inside TCP",
  "tests_of13_ericsson.pcapng udp": "a packet inside an OpenFlow message inside TCP",
};

/** Compares the counts of one file; undefined where pcs or tshark cannot read it. */
export async function compareLayers(file: string): Promise<LayerComparison | undefined> {
  const [counted, wanted] = await Promise.all([layersOfPcs(file), layersOfTshark(file)]);
  if (counted === undefined || wanted === undefined) return undefined;
  const occurring = layerNames.filter((layer) => counted[layer] ?? wanted[layer]);
  const pairs = occurring.map((layer) => ({
    layer,
    counted: counted[layer] ?? 0,
    wanted: wanted[layer] ?? 0,
  }));
  const disagreements = pairs.filter(({ counted, wanted }) => Math.abs(counted - wanted) > 0.01 * wanted);
  return { pairs: pairs.length, disagreements };
}

async function layersOfPcs(file: string): Promise<LayerCounts | undefined> {
  const source = await openCaptureFile(file).catch(() => undefined);
  if (source === undefined) return undefined;
  const columns = createDecodedColumns();
  const counts: LayerCounts = {};
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    for (let row = 0; row < batch.count; row++)
      count(
        counts,
        layerNames.filter((_, i) => columns.layers[row]! & (1 << i)),
      );
  }
  await source.close();
  return counts;
}

async function layersOfTshark(file: string): Promise<LayerCounts | undefined> {
  const run = Bun.spawn(["tshark", "-n", "-r", file, ...options, "-T", "fields", "-e", "frame.protocols"], {
    stderr: "pipe",
    timeout: 120_000,
  });
  const [text, problems] = await Promise.all([run.stdout.text(), run.stderr.text(), run.exited]);
  if (/doesn't support|isn't a capture file/.test(problems)) return undefined;
  const counts: LayerCounts = {};
  for (const line of text.split("\n"))
    count(counts, new Set(line.split(":").flatMap((name) => namesOfTshark[name] ?? [])));
  return counts;
}

function count(counts: LayerCounts, layers: Iterable<LayerName>): void {
  for (const layer of layers) counts[layer] = (counts[layer] ?? 0) + 1;
}
