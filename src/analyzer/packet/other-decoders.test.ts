/** Addresses and ports as tshark and cap's decoders find them, on the packets of mix. */
import { expect, test } from "bun:test";
import { Ethernet, IPV4, IPV6, TCP, UDP } from "cap/lib/Decoders";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openCaptureFile } from "../capture/open-capture.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns, noOffset } from "./decoded-columns.ts";
import { formatIpv4, formatIpv6 } from "./inspector/format-values.ts";

const mix = resolve(import.meta.dir, "../../../../shared/captures/mix/mix.pcap.gz");
const sample = 15_000;

interface Found {
  source: string;
  destination: string;
  transport: number;
  ports: string;
  packet: Uint8Array;
  /** Where the innermost IP header starts in the packet. */
  networkAt: number;
  isFragment: boolean;
}

/** What the columns say about the first `count` packets. */
async function findEach(count: number): Promise<Found[]> {
  const source = await openCaptureFile(mix);
  const columns = createDecodedColumns();
  const found: Found[] = [];
  for (
    let batch = await source.next();
    batch !== undefined && found.length < count;
    batch = await source.next()
  ) {
    decodeBatch(batch, columns);
    for (let row = 0; row < batch.count && found.length < count; row++) {
      const at = columns.networkStart[row]!;
      const isSix = columns.networkVersion[row] === 6;
      const [from, size] = isSix ? [at + 8, 16] : [at + 12, 4];
      const format = isSix ? formatIpv6 : formatIpv4;
      const address = (start: number): string =>
        at === noOffset ? "" : format(batch.bytes.subarray(start, start + size));
      found.push({
        source: address(from),
        destination: address(from + size),
        transport: columns.transport[row]!,
        ports: `${columns.sourcePort[row]} ${columns.destinationPort[row]}`,
        packet: batch.bytes.slice(batch.offset[row], batch.offset[row]! + batch.captured[row]!),
        networkAt: at - batch.offset[row]!,
        isFragment: (columns.flags[row]! & 8) !== 0,
      });
    }
  }
  await source.close();
  return found;
}

const fields = ["frame.protocols", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"].concat(
  ["tcp", "udp", "sctp"].flatMap((name) => [`${name}.srcport`, `${name}.dstport`]),
);
const columnOfTransport: Readonly<Record<number, number>> = { 6: 5, 17: 7, 132: 9 };

test.skipIf(!existsSync(mix) || Bun.which("tshark") === null)(
  "tshark finds the same innermost addresses and ports",
  async () => {
    const run = Bun.spawn(
      ["tshark", "-n", "-r", mix, "-c", String(sample)]
        .concat("-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-T", "fields")
        .concat(fields.flatMap((field) => ["-e", field])),
      { stderr: "ignore" },
    );
    const [rows, found] = await Promise.all([
      run.stdout.text().then((text) => text.trimEnd().split("\n")),
      findEach(sample),
    ]);
    const different: string[] = [];
    let compared = 0;
    for (const [i, row] of rows.entries()) {
      const cells = row.split("\t");
      const last = (column: number): string => cells[column]?.split(",").at(-1) ?? "";
      const own = found[i]!;
      // What an ICMP error or a report of sFlow quotes is no part of the packet.
      if (own.source === "" || /:icmp|:sflow|^icmp/.test(cells[0]!)) continue;
      compared++;
      const first = own.source.includes(":") ? 3 : 1;
      const addresses = `${last(first)} ${last(first + 1)}`;
      if (addresses !== `${own.source} ${own.destination}`)
        different.push(`#${i + 1}: ${own.source} ${own.destination}, tshark ${addresses}`);
      const column = columnOfTransport[own.transport];
      if (column !== undefined && `${last(column)} ${last(column + 1)}` !== own.ports)
        different.push(`#${i + 1}: ${own.ports}, tshark ${last(column)} ${last(column + 1)}`);
    }
    expect(different.slice(0, 20)).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  },
  60_000,
);

test.skipIf(!existsSync(mix))(
  "cap's decoders find the same, as far as they decode",
  async () => {
    let compared = 0;
    for (const own of await findEach(40_000)) {
      const buffer = Buffer.from(own.packet);
      const { transport } = own;
      if (buffer.length < 64 || own.isFragment || (transport !== 6 && transport !== 17)) continue;
      const link = Ethernet(buffer);
      const { type } = link.info;
      // cap decodes no further than the outer packet, and no tags.
      if ((type !== 0x0800 && type !== 0x86dd) || own.networkAt !== link.offset) continue;
      const ip = type === 0x0800 ? IPV4(buffer, link.offset) : IPV6(buffer, link.offset);
      if (ip.info.protocol !== transport) continue;
      const { info } = (transport === 6 ? TCP : UDP)(buffer, ip.offset);
      compared++;
      expect(`${info.srcport} ${info.dstport}`).toBe(own.ports);
      if (type === 0x0800) expect([ip.info.srcaddr, ip.info.dstaddr]).toEqual([own.source, own.destination]);
    }
    expect(compared).toBeGreaterThan(20_000);
  },
  30_000,
);

if (!existsSync(mix)) process.stderr.write("skipped: there is no ../shared/captures/mix\n");
if (Bun.which("tshark") === null)
  process.stderr.write("skipped: tshark is not installed, nothing to compare addresses with\n");
