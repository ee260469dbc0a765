/**
 * The different feature rows there were, a number each: equal rows are scored once, whatever number of packets
 * has them. Of each the first packet is kept as its example.
 *
 *     packet ─codes─> number of its row ──once, at the end──> score
 *
 * A table in typed arrays, found by open addressing. When it is full, a new row counts as one that is there and
 * agrees with it as far as codes halved twice do, else as the row that was asked for last.
 */
import { featureCount } from "./features/feature-list.ts";
import { maxVectors } from "./limits.ts";
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import { isWindowless } from "./rules/pattern-rules.ts";

/** Words of a row of codes, which `ContextFeatures` writes. */
export const codeWords = 6;
/** Each byte without its two lowest bits. */
const coarse = 0xfcfcfcfc | 0;
const firstRows = 4096;

/** The first packet of a row. */
export interface Example {
  /** Counted from 1. */
  number: number;
  seconds: number;
  /** Ids of its ends' addresses. */
  source: number;
  destination: number;
  /** Bytes on the wire. */
  size: number;
  /** A number of `protocolNames`. */
  protocol: number;
  /** Of IP, and the lower of both ports. */
  transport: number;
  port: number;
}

export class FeatureVectors {
  /** Codes, row after row; row 0 is none. */
  words: Int32Array;
  /** Packets of each row. */
  packets: Float64Array;
  /** Rows and one: they are numbered from 1. */
  end = 1;
  /** Packets whose row counts as another one. */
  merged = 0;
  /** Whether the last `numberOf` made a row. */
  isNew = false;
  /** The values of each row's first packet, `featureCount` of them. */
  values: Float32Array;
  private examples: Float64Array;
  private index: Int32Array;
  private coarseIndex: Int32Array | undefined;
  private latest = 0;
  private readonly limit: number;

  constructor(limit = maxVectors) {
    this.limit = limit;
    const rows = Math.min(firstRows, limit + 1);
    this.words = new Int32Array(rows * codeWords);
    this.packets = new Float64Array(rows);
    this.examples = new Float64Array(rows * exampleStride);
    this.values = new Float32Array(rows * featureCount);
    this.index = new Int32Array(2 ** Math.ceil(Math.log2(rows * 4)));
  }

  /** The number of a row, and counts a packet of it. @param codes `codeWords` words */
  numberOf(codes: Int32Array): number {
    const { index } = this;
    const mask = index.length - 1;
    this.isNew = false;
    let slot = hashCodes(codes, -1) & mask;
    for (;;) {
      const row = index[slot]!;
      if (row === 0) break;
      if (this.isSame(row, codes, -1)) {
        this.packets[row]! += 1;
        this.latest = row;
        return row;
      }
      slot = (slot + 1) & mask;
    }
    const row = this.end > this.limit ? this.similar(codes) : this.add(slot, codes);
    this.packets[row]! += 1;
    this.latest = row;
    return row;
  }

  /** Keeps the packet that made the row asked for last. @param values its features */
  keepExample(example: Example, values: Float64Array): void {
    const at = this.latest * exampleStride;
    this.examples[at] = example.number;
    this.examples[at + 1] = example.seconds;
    this.examples[at + 2] = example.source;
    this.examples[at + 3] = example.destination;
    this.examples[at + 4] = example.size;
    this.examples[at + 5] = example.protocol;
    this.examples[at + 6] = example.transport;
    this.examples[at + 7] = example.port;
    this.values.set(values, this.latest * featureCount);
  }

  exampleOf(row: number): Example {
    const at = row * exampleStride;
    const { examples } = this;
    return {
      number: examples[at]!,
      seconds: examples[at + 1]!,
      source: examples[at + 2]!,
      destination: examples[at + 3]!,
      size: examples[at + 4]!,
      protocol: examples[at + 5]!,
      transport: examples[at + 6]!,
      port: examples[at + 7]!,
    };
  }

  protocolOf(row: number): ProtocolName {
    return protocolNames[this.examples[row * exampleStride + 5]!]!;
  }

  /** Whether the packet that made a row is of a service that opens no window and fills it at once. */
  isWindowless(row: number): boolean {
    const at = row * exampleStride;
    return isWindowless(this.examples[at + 6]!, this.examples[at + 7]!);
  }

  private isSame(row: number, codes: Int32Array, kept: number): boolean {
    const { words } = this;
    const at = row * codeWords;
    for (let i = 0; i < codeWords; i++) if (((words[at + i]! ^ codes[i]!) & kept) !== 0) return false;
    return true;
  }

  private add(slot: number, codes: Int32Array): number {
    const row = this.end++;
    this.isNew = true;
    this.index[slot] = row;
    if (row >= this.packets.length) this.grow();
    for (let i = 0; i < codeWords; i++) this.words[row * codeWords + i] = codes[i]!;
    if (this.end * 2 > this.index.length) this.rebuild();
    return row;
  }

  private grow(): void {
    const rows = Math.min(this.packets.length * 4, this.limit + 1);
    const words = new Int32Array(rows * codeWords);
    words.set(this.words);
    this.words = words;
    const packets = new Float64Array(rows);
    packets.set(this.packets);
    this.packets = packets;
    const examples = new Float64Array(rows * exampleStride);
    examples.set(this.examples);
    this.examples = examples;
    const values = new Float32Array(rows * featureCount);
    values.set(this.values);
    this.values = values;
  }

  private rebuild(): void {
    const index = new Int32Array(this.index.length * 4);
    const mask = index.length - 1;
    for (let row = 1; row < this.end; row++) {
      let slot = this.hashRow(row, -1) & mask;
      while (index[slot] !== 0) slot = (slot + 1) & mask;
      index[slot] = row;
    }
    this.index = index;
  }

  private similar(codes: Int32Array): number {
    this.merged++;
    this.coarseIndex ??= this.coarsen();
    const { coarseIndex } = this;
    const mask = coarseIndex.length - 1;
    for (let slot = hashCodes(codes, coarse) & mask; ; slot = (slot + 1) & mask) {
      const row = coarseIndex[slot]!;
      if (row === 0) return this.latest;
      if (this.isSame(row, codes, coarse)) return row;
    }
  }

  private coarsen(): Int32Array {
    const index = new Int32Array(this.index.length);
    const mask = index.length - 1;
    const codes = new Int32Array(codeWords);
    for (let row = 1; row < this.end; row++) {
      for (let i = 0; i < codeWords; i++) codes[i] = this.words[row * codeWords + i]!;
      let slot = hashCodes(codes, coarse) & mask;
      while (index[slot] !== 0 && !this.isSame(index[slot]!, codes, coarse)) slot = (slot + 1) & mask;
      index[slot] = row;
    }
    return index;
  }

  private hashRow(row: number, kept: number): number {
    let hash = 0;
    for (let i = row * codeWords; i < (row + 1) * codeWords; i++) hash = mix(hash, this.words[i]! & kept);
    return finish(hash);
  }
}

const exampleStride = 8;

function hashCodes(codes: Int32Array, kept: number): number {
  let hash = 0;
  for (let i = 0; i < codeWords; i++) hash = mix(hash, codes[i]! & kept);
  return finish(hash);
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function finish(hash: number): number {
  const mixed = Math.imul(hash, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
