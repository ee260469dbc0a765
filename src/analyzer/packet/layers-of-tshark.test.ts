/** Layers as tshark counts them, on captures that hold each; `scripts/compare-layers.ts` takes all. */
import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { compareLayers, knownDifferences } from "./layers-of-tshark.test-support.ts";

const captures = resolve(import.meta.dir, "../../../../shared/captures");

const files = [
  "802.1ad_QinQ",
  "arista_ether",
  "bfd-lag",
  "e1000g",
  "erspan-type-ii-3",
  "erspan-type-iii-ft-0",
  "frag6_negative_len",
  "geneve",
  "HDLC",
  "icmp-rfc5837",
  "ieee802.11_htc",
  "IGMP_V2",
  "ipoib",
  "ipv6-srh-ipproto-ether",
  "isis-infinite-loop",
  "LINKTYPE_PKTAP",
  "lspping-fec-ldp",
  "lwapp-data",
  "macsec-short-valid",
  "mpls-over-udp",
  "nflog",
  "nsh.pcap",
  "OSPFv3_multipoint",
  "pim-packet-assortment",
  "pppoes",
  "ppp_ip_udp",
  "forces1",
  "sflow_expanded",
  "various_gre",
  "vxlan",
];

test.skipIf(!existsSync(captures) || Bun.which("tshark") === null)(
  "a layer of a file differs only where the table says why",
  async () => {
    const sets = ["tcpdump", "libpcap"].map((set) => join(captures, set));
    const paths = sets.flatMap((set) => readdirSync(set).map((name) => join(set, name)));
    const unexplained: string[] = [];
    let pairs = 0;
    for (const wanted of files) {
      const path = paths.find((path) => path.includes(wanted));
      if (path === undefined) throw new Error(`there is no capture ${wanted}`);
      const comparison = await compareLayers(path);
      pairs += comparison?.pairs ?? 0;
      for (const { layer, counted, wanted } of comparison?.disagreements ?? []) {
        const pair = `${path.split("/").at(-1)} ${layer}`;
        if (knownDifferences[pair] === undefined) unexplained.push(`${pair}: ${counted}, tshark ${wanted}`);
      }
    }
    expect(unexplained).toEqual([]);
    expect(pairs).toBeGreaterThan(100);
  },
  120_000,
);

if (Bun.which("tshark") === null)
  process.stderr.write("skipped: tshark is not installed, nothing to compare layers with\n");
