/** The inspector against the hot path, header by header, and on bytes of any kind. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { openCaptureFile } from "../../capture/open-capture.ts";
import { decodeBatch } from "../decode-batch.ts";
import { createDecodedColumns, noOffset } from "../decoded-columns.ts";
import { layerNames } from "../layers.ts";
import { ethernet, icmp, ipv4, ipv6, tcp, udp, vlan } from "../packet-builder.test-support.ts";
import { inspectPacket } from "./inspect-packet.ts";
import type { InspectedField, InspectedLayer } from "./inspected-layer.ts";

const captures = resolve(import.meta.dir, "../../../../../shared/captures");

function outline(packet: Uint8Array, linkType = 1): string[] {
  return inspectPacket(packet, packet.length, linkType).map(
    ({ name, start, length }) => `${name} ${start}+${length}`,
  );
}

function valueOf(layer: InspectedLayer | undefined, name: string): string | undefined {
  return layer?.fields.find((field) => field.name === name)?.value;
}

test("headers from the outside in, and the rest as data", () => {
  const packet = ethernet(0x8100, vlan(7, 0x0800, bytes(ipv4(6, tcp(bytes("68690a"))), "0000")));
  expect(outline(packet)).toEqual([
    "ethernet 0+14",
    "vlan 14+4",
    "ipv4 18+20",
    "tcp 38+20",
    "data 58+3",
    "trailer 61+2",
  ]);
});

test("values as people write them, with the bytes they come from", () => {
  const [link, network, transport] = inspectPacket(ethernet(0x0800, ipv4(6, tcp())), 54, 1);
  expect(valueOf(link, "Source")).toBe("0a:00:00:00:00:02");
  expect(valueOf(link, "Type")).toBe("0x0800 (IPv4)");
  expect(valueOf(network, "Source")).toBe("10.0.0.1");
  expect(valueOf(network, "Protocol")).toBe("6 (TCP)");
  expect(transport?.fields.find(({ name }) => name === "Flags")).toEqual({
    name: "Flags",
    value: "PSH, ACK",
    start: 46,
    length: 2,
  });
});

test("what an ICMP error quotes is marked", () => {
  const packet = ethernet(0x0800, ipv4(1, icmp(3, ipv4(17, udp()))));
  expect(inspectPacket(packet, packet.length, 1).map(({ name, quoted }) => [name, quoted])).toEqual([
    ["ethernet", false],
    ["ipv4", false],
    ["icmp", false],
    ["ipv4", true],
    ["udp", true],
  ]);
});

test("extension headers stand in one layer, each a field", () => {
  const packet = ipv6(0, bytes([43, 0], new Uint8Array(6), [17, 0], new Uint8Array(6), udp()));
  const layer = inspectPacket(packet, packet.length, 101)[1];
  expect(layer).toMatchObject({ name: "extension", start: 40, length: 16 });
  expect(layer?.fields.map(({ name }) => name)).toEqual(["0 (hop-by-hop options)", "43 (routing)"]);
});

test("a link type that is not decoded is data", () => {
  expect(outline(bytes("010203"), 147)).toEqual(["data 0+3"]);
});

/** What is wrong between the two decoders about one packet; empty where nothing is. */
function disagreements(packet: Uint8Array, wire: number, linkType: number): string[] {
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data: packet, wire }], linkType), columns);
  const layers = inspectPacket(packet, wire, linkType);
  const wrong: string[] = [];
  const counted = layerNames.filter((_, i) => columns.layers[0]! & (1 << i));
  const shown = new Set(layers.map(({ name }) => name));
  // An sFlow report quotes packets of its own, which the inspector leaves in the report.
  const isReport = shown.has("sflow");
  for (const { name } of layers)
    if ((layerNames as readonly string[]).includes(name) && !(counted as readonly string[]).includes(name))
      wrong.push(`${name} is shown and not counted`);
  for (const name of counted)
    if (!shown.has(name) && packet.length > 0 && !isReport && !isEmptyAtEnd(layers, packet))
      wrong.push(`${name} is counted and not shown`);
  const own = layers.filter(({ quoted }) => !quoted);
  const networkStart = columns.networkStart[0]!;
  if (networkStart !== noOffset) {
    const network = own.findLast(({ name }) => name === "ipv4" || name === "ipv6");
    if (network?.start !== networkStart) wrong.push(`network at ${networkStart} and ${network?.start}`);
  }
  const transportStart = columns.transportStart[0]!;
  if (transportStart !== noOffset && [6, 17, 132].includes(columns.transport[0]!)) {
    const transport = own.findLast(({ name }) => ["tcp", "udp", "sctp"].includes(name));
    if (transport?.start !== transportStart) wrong.push(`transport at ${transportStart}`);
    const ports = [valueOf(transport, "Source port"), valueOf(transport, "Destination port")].join(" ");
    const expected = `${columns.sourcePort[0]} ${columns.destinationPort[0]}`;
    if (ports !== expected) wrong.push(`ports ${ports} and ${expected}`);
  }
  wrong.push(...layers.flatMap((layer) => outside(layer.fields, layer, packet.length)));
  for (const [i, layer] of layers.entries()) {
    const following = layers[i + 1];
    if (following !== undefined && following.start < layer.start + layer.length)
      wrong.push(`${following.name} begins inside ${layer.name}`);
  }
  return wrong;
}

/** A header that was reached where the captured bytes end is counted, and has nothing to show. */
function isEmptyAtEnd(layers: InspectedLayer[], packet: Uint8Array): boolean {
  const last = layers.at(-1);
  return last === undefined || last.start + last.length >= packet.length || last.name === "trailer";
}

function outside(fields: InspectedField[], layer: InspectedLayer, length: number): string[] {
  return fields.flatMap((field) => [
    ...(field.start < layer.start || field.start + field.length > length || field.length < 1
      ? [`${layer.name}: ${field.name} lies outside`]
      : []),
    ...outside(field.fields ?? [], layer, length),
  ]);
}

test("arbitrary bytes: nothing thrown, no field outside, both agree", () => {
  const samples = [
    ethernet(0x0800, ipv4(6, tcp(bytes("00")))),
    ethernet(0x86dd, ipv6(17, udp())),
    ethernet(0x8847, bytes("00001140", ipv4(17, udp()))),
    ethernet(0x0800, ipv4(47, bytes("20006558 00000001", ethernet(0x0800, ipv4(6, tcp()))))),
    bytes(""),
  ];
  const links = fc.constantFrom(0, 1, 9, 101, 104, 105, 107, 113, 127, 192, 239, 258, 276, 147);
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.uint8Array({ maxLength: 100 }),
      fc.nat(70),
      links,
      (sample, tail, keep, link) => {
        const packet = bytes(sample.subarray(0, keep), tail);
        expect(disagreements(packet, packet.length, link)).toEqual([]);
      },
    ),
    { numRuns: 3000 },
  );
});

describe("shared captures", () => {
  if (!existsSync(captures)) {
    process.stderr.write("skipped: there is no ../shared/captures\n");
    return;
  }
  for (const set of ["tcpdump", "libpcap", "gopacket", "scapy", "mix"])
    test(
      set,
      async () => {
        const wrong: string[] = [];
        for (const name of readdirSync(join(captures, set))) {
          if (name.endsWith(".csv.gz")) continue;
          let seen = 0;
          const source = await openCaptureFile(join(captures, set, name)).catch(() => undefined);
          for (let batch = await source?.next(); batch !== undefined; batch = await source?.next()) {
            // Every packet of the small files, every eleventh of the large one.
            for (let i = 0; i < batch.count; i += set === "mix" ? 11 : 1) {
              const from = batch.offset[i]!;
              const packet = batch.bytes.subarray(from, from + batch.captured[i]!);
              for (const text of disagreements(packet, batch.wire[i]!, batch.linkType[i]!))
                wrong.push(`${name} #${seen + i + 1}: ${text}`);
            }
            seen += batch.count;
          }
          await source?.close();
        }
        expect(wrong.slice(0, 20)).toEqual([]);
      },
      60_000,
    );
});
