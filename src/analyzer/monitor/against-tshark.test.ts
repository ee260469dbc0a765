/** Recognition and flows of captures, held against what tshark finds in them. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  comparedNames,
  compareRecognition,
  knownMisses,
  linesOfTshark,
  protocolsOfPcs,
} from "./recognition-of-tshark.test-support.ts";

const captures = join(resolve(import.meta.dir, "../../.."), "../shared/captures");
const mix = join(captures, "mix/mix.pcap.gz");
const sharedSets = ["tcpdump", "libpcap", "gopacket", "scapy", "pcapng-test-generator"];

describe("mix", () => {
  if (!existsSync(mix) || Bun.which("tshark") === null) {
    process.stderr.write("skipped: tshark and ../shared/captures/mix are needed to compare with\n");
    return;
  }

  test("95 % of what tshark recognises, and less than 1 % under another name", async () => {
    const { protocols } = (await protocolsOfPcs(mix))!;
    const { found, named, wrong } = await compareRecognition(mix, protocols);
    for (const [name, { tshark, pcs }] of found) expect([name, pcs / tshark > 0.95]).toEqual([name, true]);
    expect(wrong / named).toBeLessThan(0.01);
  }, 60_000);

  // tshark lists 27 pairs of UDP ends twice or more, where a dissector opens a conversation of its own (SNMP, RTP
  // that SIP announced), and one connection to VNC twice, whose sequence numbers go on. 8 segments without payload
  // inside FabricPath it dissects and leaves out of its conversations.
  test("flows of TCP and UDP as conversations of tshark", async () => {
    const { tcp, udp } = (await protocolsOfPcs(mix))!.flows.transports;
    const lines = await linesOfTshark(mix, "-q", "-z", "conv,tcp", "-z", "conv,udp");
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

describe("the shared sets", () => {
  const folders = sharedSets.map((name) => join(captures, name)).filter((folder) => existsSync(folder));
  if (folders.length < sharedSets.length || Bun.which("tshark") === null) {
    process.stderr.write("skipped: tshark and ../shared/captures are needed to compare with\n");
    return;
  }

  // Of the files in which pcs names a packet, and those of the known misses: tshark takes a second for each.
  test("all that tshark recognises but the known misses, and nothing under another name", async () => {
    const misses = new Set<string>();
    const counts = new Map(comparedNames.map((name) => [name, 0]));
    let named = 0;
    let wrong = 0;
    for (const file of folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))) {
      const protocols = (await protocolsOfPcs(file).catch(() => undefined))?.protocols ?? [];
      const isMissed = comparedNames.some((name) => `${basename(file)} ${name}` in knownMisses);
      if (!isMissed && !comparedNames.some((name) => protocols.includes(name))) continue;
      const comparison = await compareRecognition(file, protocols);
      named += comparison.named;
      wrong += comparison.wrong;
      for (const [name, { tshark, pcs }] of comparison.found) {
        counts.set(name, counts.get(name)! + tshark);
        if (pcs < tshark) misses.add(`${basename(file)} ${name}`);
      }
    }
    expect([...misses].toSorted()).toEqual(Object.keys(knownMisses).toSorted());
    expect([wrong, named > 800]).toEqual([0, true]);
    for (const [name, count] of counts) expect([name, count > 30]).toEqual([name, true]);
  }, 600_000);
});
