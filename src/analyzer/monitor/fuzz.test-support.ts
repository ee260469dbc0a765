/** Captures as nobody should write them, and what must hold of whatever is made of them. */
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import { ExpectedError } from "../../lib/errors.ts";
import { memoryBytes } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { analyzeCapture } from "./analyze-capture.ts";

export interface FuzzCase {
  /** Enough to make it again. */
  name: string;
  content: Uint8Array;
  /** Bytes handed out at once. */
  step: number;
}

export interface FuzzPlan {
  files: readonly string[];
  seed: number;
  /** Random changes a file. */
  changes: number;
  /** Every how many of the planned cases one is made: 1 for all. */
  every: number;
}

const smallBytes = 64 * 1024;
const cutEvery = 64;
const randomCuts = 500;

/** Each file whole, cut, and changed. The same plan gives the same cases. */
export function* fuzzCases({ files, seed, changes, every }: FuzzPlan): Generator<FuzzCase> {
  let planned = 0;
  for (const [index, file] of files.entries()) {
    const whole = readFileSync(file);
    const random = randomNumbers(seed * 1_000_003 + index);
    const isSmall = whole.length <= smallBytes;
    const cuts = isSmall ? Math.ceil(whole.length / cutEvery) : randomCuts;
    for (let i = 0; i < 1 + cuts + changes; i++) {
      const at = isSmall ? (i - 1) * cutEvery : random(whole.length);
      const ownSeed = random(2 ** 31);
      if (planned++ % every !== 0) continue;
      // Small steps find faults at their edges, but take ages over a large file.
      const step = isSmall && ownSeed % 3 === 0 ? 1 + (ownSeed % 1000) : 1 << 16;
      if (i === 0) yield { name: `${file} whole`, content: whole, step };
      else if (i <= cuts) yield { name: `${file} cut at ${at}`, content: whole.subarray(0, at), step };
      else yield { name: `${file} changed by ${ownSeed}`, content: changed(whole, ownSeed), step };
    }
  }
}

/**
 * Runs a case through reader, decoder and report.
 * @returns what is wrong about the outcome, or undefined
 */
export async function faultOf({ content, step }: FuzzCase): Promise<string | undefined> {
  try {
    const source = checkedSource(await openCapture("file", "fuzz", memoryBytes(content, step)));
    const { report, text } = await analyzeCapture(source);
    JSON.parse(text);
    const counted = Object.values(report.protocols).reduce((sum, { packets }) => sum + packets, 0);
    if (counted !== report.packets) return `${counted} packets by protocol, and ${report.packets} in all`;
    if (!/^[\d.e+-]+$/.test(String(report.bytes))) return `${report.bytes} bytes`;
    return report.warnings.find((warning) => !/^[^\n]+\.$/.test(warning));
  } catch (error) {
    if (!(error instanceof ExpectedError)) return error instanceof Error ? error.stack : String(error);
    return /^[^\n]+\.$/.test(error.message) ? undefined : `no sentence: ${error.message}`;
  }
}

/** Throws where a batch breaks what packet-batch.ts promises. */
function checkedSource(source: PacketSource): PacketSource {
  const next = source.next.bind(source);
  return Object.assign(source, {
    async next(): Promise<PacketBatch | undefined> {
      const batch = await next();
      if (batch === undefined) return undefined;
      const { count, bytes, offset, captured, seconds, nanos } = batch;
      if (count < 1 || count > offset.length) throw new Error(`a batch of ${count} packets`);
      for (let i = 0; i < count; i++) {
        if (offset[i]! + captured[i]! > bytes.length) throw new Error(`packet ${i} lies beyond its batch`);
        if (nanos[i]! >= 1e9) throw new Error(`packet ${i} has ${nanos[i]} nanoseconds`);
        const second = seconds[i]!;
        if (!Number.isNaN(second) && !Number.isInteger(second)) throw new Error(`packet ${i} at ${second} s`);
      }
      return batch;
    },
  });
}

/** Numbers that look wrong wherever they stand: lengths of nothing, of too much, times of 1970 and 2106. */
const oddWords = [
  0, 1, 2, 3, 0x7f, 0xff, 0xffff, 0x10000, 0x40000, 0x40001, 0x7fffffff, 0x80000000, 0xffffffff,
];

/** A few bytes or words changed, bytes taken out or put in; sometimes compressed, before or after that. */
function changed(whole: Uint8Array, seed: number): Uint8Array {
  const random = randomNumbers(seed);
  let bytes: Uint8Array = new Uint8Array(whole.subarray(0, 4 << 20));
  if (bytes.length === 0) return bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && random(2) === 0) bytes = inflated(whole);
  const packing = random(8);
  if (packing === 0) bytes = gzipSync(bytes);
  if (packing === 1) bytes = zstdCompressSync(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let left = 1 + random(12); left > 0; left--) {
    // Headers are at the front, so half of the changes are there.
    const at = random(random(2) === 0 ? Math.min(bytes.length, 256) : bytes.length);
    if (random(3) === 0 && at + 4 <= bytes.length)
      view.setUint32(at, oddWords[random(oddWords.length)]!, random(2) === 0);
    else bytes[at] = random(256);
  }
  if (random(4) > 0) return bytes;
  const [from, until] = [random(bytes.length), random(bytes.length)];
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)]);
}

function inflated(gzip: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(gzip).subarray(0, 1 << 20));
  } catch {
    return new Uint8Array(gzip);
  }
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
