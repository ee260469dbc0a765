/** Damages captures, decodes what is left of them in both ways, and collects what should not happen. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { memoryBytes } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns, noOffset, type DecodedColumns } from "./decoded-columns.ts";
import { inspectPacket } from "./inspector/inspect-packet.ts";

export interface Attack {
  /** 1 for every file, 20 for every twentieth. */
  everyFile: number;
  /** Bytes between two cuts. */
  cutStep: number;
  /** Copies of each file with bytes changed at random. */
  changes: number;
  seed: number;
}

/** Files are attacked up to this length; what lies behind is left away. */
const attackedBytes = 65_536;
/** A case that takes longer hangs. */
const longestCaseMs = 2000;
/** Packets of a case that the inspector is given too. */
const inspectedPackets = 40;

export async function attackCaptures(folder: string, attack: Attack) {
  const random = randomNumbers(attack.seed);
  const faults: string[] = [];
  let files = 0;
  let cases = 0;
  const check = async (name: string, content: Uint8Array): Promise<void> => {
    cases++;
    const problem = await faultOf(content);
    if (problem !== undefined) faults.push(`${name}: ${problem}`);
  };
  for (const [i, path] of capturesIn(folder).entries()) {
    if (i % attack.everyFile !== 0) continue;
    files++;
    const content = contentOf(path);
    await check(path, content);
    for (let length = attack.cutStep; length < content.length; length += attack.cutStep)
      await check(`${path} cut at ${length}`, content.subarray(0, length));
    for (let copy = 0; copy < attack.changes; copy++)
      await check(`${path} changed, copy ${copy}`, changed(content, random));
  }
  return { files, cases, faults };
}

function capturesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.csv\.gz$|README/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function contentOf(path: string): Uint8Array {
  const content = readFileSync(path);
  return new Uint8Array(path.endsWith(".gz") ? gunzipSync(content) : content).subarray(0, attackedBytes);
}

/** One to sixteen bytes behind the file header have another value. */
function changed(content: Uint8Array, random: () => number): Uint8Array {
  const copy = content.slice();
  const header = Math.min(24, copy.length - 1);
  for (let left = 1 + Math.floor(random() * 16); left > 0; left--)
    copy[header + Math.floor(random() * (copy.length - header))] = Math.floor(random() * 256);
  return copy;
}

async function faultOf(content: Uint8Array): Promise<string | undefined> {
  const started = performance.now();
  try {
    const source = await openCapture("file", "fixture", memoryBytes(content));
    const columns = createDecodedColumns();
    let inspected = 0;
    for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
      decodeBatch(batch, columns);
      for (let row = 0; row < batch.count; row++) {
        if (!pointsInside(batch, columns, row)) return `row ${row} points outside its packet`;
        if (inspected++ < inspectedPackets) inspect(batch, row);
      }
    }
    await source.close();
  } catch (error) {
    if (!(error instanceof ExpectedError)) return reasonOf(error);
  }
  return performance.now() - started > longestCaseMs ? "takes too long" : undefined;
}

function inspect({ bytes, offset, captured, wire, linkType }: PacketBatch, row: number): void {
  const from = offset[row]!;
  inspectPacket(bytes.subarray(from, from + captured[row]!), wire[row]!, linkType[row]!);
}

/** Whether what the columns point at lies within the packet's captured bytes. */
function pointsInside({ offset, captured }: PacketBatch, columns: DecodedColumns, row: number): boolean {
  const start = offset[row]!;
  const end = start + captured[row]!;
  const isInside = (at: number, length: number): boolean =>
    at === noOffset || (at >= start && at + length <= end);
  const version = columns.networkVersion[row]!;
  const [from, until] = [columns.payloadStart[row]!, columns.payloadEnd[row]!];
  return (
    isInside(columns.linkStart[row]!, 12) &&
    isInside(columns.networkStart[row]!, version === 6 ? 40 : 20) &&
    isInside(columns.transportStart[row]!, columns.transport[row] === 6 ? 20 : 0) &&
    from <= until &&
    (from === until || (from >= start && until <= end))
  );
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
