/** Packets with their times and labels, out of a capture file of any format and into one of pcap with microseconds. */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseLabels } from "../../../src/analyzer/anomaly/labels.ts";
import { openCaptureFile } from "../../../src/analyzer/capture/open-capture.ts";

export interface TimedPacket {
  /** Microseconds since 1970. */
  atUs: number;
  data: Uint8Array;
  /** Bytes on the wire. */
  wire: number;
  /** The attack it belongs to, if any. */
  attack?: string | undefined;
}

/** @param labelsPath CSV of labels, or "none" where all is ordinary */
export async function readPackets(path: string, labelsPath: string): Promise<TimedPacket[]> {
  const labels = labelsPath === "none" ? undefined : parseLabels(readText(labelsPath));
  const source = await openCaptureFile(path);
  const packets: TimedPacket[] = [];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    const { count, bytes, offset, captured, wire, seconds, nanos } = batch;
    for (let i = 0; i < count; i++) {
      const attack = labels?.attack[packets.length] ?? 0;
      packets.push({
        atUs: seconds[i]! * 1e6 + Math.floor(nanos[i]! / 1000),
        data: bytes.slice(offset[i], offset[i]! + captured[i]!),
        wire: wire[i]!,
        attack: attack === 0 ? undefined : labels!.attackNames[attack - 1],
      });
    }
  }
  await source.close();
  return packets;
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** In order of time; packets of one time stay as they are. */
export function inTimeOrder(packets: readonly TimedPacket[]): TimedPacket[] {
  return packets.toSorted((a, b) => a.atUs - b.atUs);
}

const flushBytes = 1 << 20;

/** Ethernet, microseconds, little-endian. */
export function writePackets(path: string, packets: readonly TimedPacket[]): void {
  const file = openSync(path, "w");
  const header = Buffer.from("d4c3b2a10200040000000000000000000000040001000000", "hex");
  let parts: Uint8Array[] = [header];
  let waiting = 0;
  const flush = () => {
    const bytes = Buffer.concat(parts);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    parts = [];
    waiting = 0;
  };
  for (const { atUs, data, wire } of packets) {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(atUs / 1e6), 0);
    record.writeUInt32LE(Math.floor(atUs % 1e6), 4);
    record.writeUInt32LE(data.length, 8);
    record.writeUInt32LE(wire, 12);
    parts.push(record, data);
    waiting += data.length + 16;
    if (waiting > flushBytes) flush();
  }
  flush();
  closeSync(file);
}

export function writeLabels(path: string, packets: readonly TimedPacket[]): void {
  const lines = packets.map(
    ({ attack }, i) => `${i + 1},${attack === undefined ? "0,normal" : `1,${attack}`}`,
  );
  writeFileSync(path, `${["packet,label,attack", ...lines].join("\n")}\n`);
}

/** How many packets each attack has, and how many are ordinary. */
export function countAttacks(packets: readonly TimedPacket[]): Map<string, number> {
  const counts = new Map<string, number>([["normal", 0]]);
  for (const { attack = "normal" } of packets) counts.set(attack, (counts.get(attack) ?? 0) + 1);
  return counts;
}

/** The table that the programs print. */
export function attackTable(packets: readonly TimedPacket[]): string {
  const counts = countAttacks(packets);
  const rows = Array.from(counts, ([name, count]) => {
    const own = packets.filter(({ attack = "normal" }) => attack === name);
    const seconds = own.length < 2 ? 0 : (own.at(-1)!.atUs - own[0]!.atUs) / 1e6;
    return `${name.padEnd(26)}${String(count).padStart(8)}${seconds.toFixed(1).padStart(9)} s`;
  });
  const attacks = packets.length - counts.get("normal")!;
  const share = (100 * attacks) / Math.max(1, packets.length);
  return [...rows, `${packets.length} packets, ${share.toFixed(2)} % of attacks`].join("\n");
}
