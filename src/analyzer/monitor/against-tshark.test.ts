/** Recognition and flows of a large capture, held against what tshark finds in it. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCaptureFile } from "../capture/open-capture.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { protocolNames } from "../packet/protocols.ts";
import { Traffic } from "../traffic/traffic.ts";

const mix = join(resolve(import.meta.dir, "../../.."), "../shared/captures/mix/mix.pcap.gz");
const separately = ["-o", "tcp.desegment_tcp_streams:FALSE", "-o", "ip.defragment:FALSE"];

/** What tshark calls the protocols that pcs recognises; the names on the right are those of pcs. */
const tsharkNames = new Map([
  ["dns", "dns"],
  ["tls", "tls"],
  ["http", "http"],
  ["ssh", "ssh"],
  ["quic", "quic"],
  ["dhcp", "dhcp"],
]);

/** Names of applications in tshark's list of layers that say nothing against the name pcs gives. */
const undecided = new Set(["data", "tcp", "udp", "ip", "ipv6", "eth", "ethertype", "vlan", "ipv6.fraghdr"]);

async function readMix() {
  const source = await openCaptureFile(mix);
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

function tshark(...options: string[]): string[] {
  const run = Bun.spawnSync(["tshark", "-r", mix, ...separately, ...options]);
  return run.stdout.toString().split("\n");
}

describe("mix", () => {
  if (!existsSync(mix) || Bun.which("tshark") === null) {
    process.stderr.write("skipped: tshark and ../shared/captures/mix are needed to compare with\n");
    return;
  }

  test("95 % of what tshark recognises, and less than 1 % under another name", async () => {
    const { protocols } = await readMix();
    const layersOfPacket = tshark("-T", "fields", "-e", "frame.protocols").map((line) => line.split(":"));
    const found = new Map(Array.from(tsharkNames.values(), (name) => [name, { tshark: 0, pcs: 0 }]));
    let named = 0;
    let wrong = 0;
    for (const [i, protocol] of protocols.entries()) {
      const layers = layersOfPacket[i]!;
      if (layers.includes("icmp") || layers.includes("icmpv6")) continue;
      const names = new Set(layers.flatMap((layer) => tsharkNames.get(layer) ?? []));
      for (const name of names) {
        const counts = found.get(name)!;
        counts.tshark++;
        if (names.has(protocol)) counts.pcs++;
      }
      if (!found.has(protocol)) continue;
      named++;
      if (!names.has(protocol) && !undecided.has(layers.at(-1)!)) wrong++;
    }
    for (const [name, { tshark, pcs }] of found) expect([name, pcs / tshark > 0.95]).toEqual([name, true]);
    expect(wrong / named).toBeLessThan(0.01);
  }, 60_000);

  // tshark lists 27 pairs of UDP ends twice or more, where a dissector opens a conversation of its own (SNMP, RTP
  // that SIP announced), and one connection to VNC twice, whose sequence numbers go on. 8 segments without payload
  // inside FabricPath it dissects and leaves out of its conversations.
  test("flows of TCP and UDP as conversations of tshark", async () => {
    const { tcp, udp } = (await readMix()).flows.transports;
    const lines = tshark("-q", "-z", "conv,tcp", "-z", "conv,udp");
    const counts = {
      TCP: { flows: 0, pairs: new Set<string>(), packets: 0 },
      UDP: { flows: 0, pairs: new Set<string>(), packets: 0 },
    };
    let current = counts.TCP;
    for (const line of lines) {
      if (/^(TCP|UDP) Conv/.test(line)) current = counts[line.slice(0, 3) as "TCP" | "UDP"];
      const row = /^(\S+:\S+) +<-> +(\S+) +\d+ \d+ \S+ +\d+ \d+ \S+ +(\d+) /.exec(line);
      if (row === null) continue;
      current.flows++;
      const [, a, b] = row;
      current.pairs.add(a! < b! ? `${a} ${b}` : `${b} ${a}`);
      current.packets += Number(row[3]);
    }
    expect([tcp.flows, tcp.packets]).toEqual([counts.TCP.flows - 1, counts.TCP.packets + 8]);
    expect([udp.flows, udp.packets]).toEqual([counts.UDP.pairs.size, counts.UDP.packets]);
  }, 60_000);
});
