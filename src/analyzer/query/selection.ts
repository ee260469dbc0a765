/**
 * The packets for which a filter holds, as a bit a packet. It grows with the store, lets go of what the store lets
 * go of, and finds the n-th of its packets without looking at those before: a list can scroll through millions.
 */
import type { PacketStore, StoredRows } from "../store/packet-store.ts";
import { leastFlagged, notJudged, type StoreChunk } from "../store/store-chunk.ts";
import { asksForScores, compileFilter, type MaskWriter } from "./compile-filter.ts";
import type { Filter } from "./filter-node.ts";

interface SelectedChunk {
  /** Chunks are counted from 0, from the first packet on. */
  index: number;
  /** Bit `row % 32` of word `floor(row / 32)`. */
  bits: Uint32Array;
  count: number;
}

/** Rows of a chunk that are selected, ascending. */
export interface SelectedRows {
  chunk: StoreChunk;
  /** Bit `row % 32` of word `floor(row / 32)` is that of a row. */
  bits: Uint32Array;
  /** The first `count` of it are rows of the chunk; valid until the next chunk is asked for. */
  rows: Uint32Array;
  count: number;
  /** The number of the packet in row 0. */
  number: number;
}

export class Selection {
  readonly filter: Filter;
  readonly store: PacketStore;
  /** The lowest score that is flagged; undefined where nothing is. */
  threshold: number | undefined;
  /** Grows when the selection, or what is known of its packets, may have changed. */
  version = 0;
  private readonly writeMask: MaskWriter;
  private readonly dependsOnScores: boolean;
  private chunks: SelectedChunk[] = [];
  /** Packets up to this number are answered. */
  private answered = 0;
  private scoresSet = 0;
  private total = 0;

  constructor(store: PacketStore, filter: Filter, threshold: number | undefined) {
    this.store = store;
    this.filter = filter;
    this.threshold = threshold;
    this.writeMask = compileFilter(filter.node, store, threshold);
    this.dependsOnScores = asksForScores(filter.node);
  }

  /** The threshold in the units of the column of scores; above all scores where nothing is flagged. */
  get flagFrom(): number {
    return flagFromOf(this.threshold);
  }

  /**
   * Whether a packet counts as flagged: its score says so, and it is part of nothing that was marked as expected.
   * Whatever is told about a selection's packets goes by this.
   */
  isFlagged(chunk: StoreChunk, row: number): boolean {
    return isFlagged(this.store, this.flagFrom, chunk, row);
  }

  /** Packets selected, as of the last `update`. */
  get count(): number {
    return this.total;
  }

  /** Whether every packet is, because nothing is filtered. */
  get isAll(): boolean {
    return this.filter.node.kind === "all";
  }

  /**
   * Takes in what has come to the store, and lets go of what has gone.
   * @param mask room for the rows of a chunk
   * @param threshold as it is now: another one than before only where the filter does not ask for it
   */
  update(mask: Uint8Array, threshold: number | undefined): void {
    const { store } = this;
    if (this.answered === store.last && this.scoresSet === store.scoresSet && this.threshold === threshold)
      return;
    this.version++;
    this.threshold = threshold;
    if (this.dependsOnScores && this.scoresSet !== store.scoresSet) {
      this.chunks = [];
      this.answered = 0;
    }
    this.scoresSet = store.scoresSet;
    const firstIndex = Math.floor((store.first - 1) / store.chunkRows);
    while (this.chunks.length > 0 && this.chunks[0]!.index < firstIndex) this.chunks.shift();
    for (const rows of store.rows(this.answered + 1)) {
      this.writeMask(rows, mask);
      this.take(rows, mask);
    }
    this.answered = store.last;
    this.total = this.chunks.reduce((sum, { count }) => sum + count, 0);
  }

  /** The numbers of the selected packets, `limit` at most, without the first `offset` ones. */
  numbers(offset: number, limit: number): number[] {
    const found: number[] = [];
    let skip = offset;
    for (const { index, bits, count } of this.chunks) {
      if (found.length === limit) break;
      if (skip >= count) {
        skip -= count;
        continue;
      }
      const first = index * this.store.chunkRows + 1;
      for (let word = 0; word < bits.length && found.length < limit; word++) {
        let left = bits[word]!;
        const ones = bitsOf(left);
        if (skip >= ones) {
          skip -= ones;
          continue;
        }
        for (; left !== 0 && found.length < limit; left &= left - 1)
          if (skip > 0) skip--;
          else found.push(first + word * 32 + lowestBit(left));
      }
    }
    return found;
  }

  /** Whether packet `number` is selected. */
  has(number: number): boolean {
    const { chunkRows } = this.store;
    const index = Math.floor((number - 1) / chunkRows);
    const chunk = this.chunks[index - (this.chunks[0]?.index ?? 0)];
    const row = (number - 1) % chunkRows;
    return chunk !== undefined && ((chunk.bits[row >>> 5]! >>> (row & 31)) & 1) === 1;
  }

  /** All selected packets, in their order. Nothing may be added to the store meanwhile. */
  *rows(): Generator<SelectedRows> {
    const { store } = this;
    const rows = new Uint32Array(store.chunkRows);
    for (const { index, bits, count } of this.chunks) {
      if (count === 0) continue;
      const number = index * store.chunkRows + 1;
      listBits(bits, rows);
      yield { chunk: store.find(number)!.chunk, bits, rows, count, number };
    }
  }

  private take({ from, until, number }: StoredRows, mask: Uint8Array): void {
    const { chunkRows } = this.store;
    const index = Math.floor((number - 1) / chunkRows);
    let chunk = this.chunks.at(-1);
    if (chunk?.index !== index) {
      chunk = { index, bits: new Uint32Array(Math.ceil(chunkRows / 32)), count: 0 };
      this.chunks.push(chunk);
    }
    chunk.count += setBits(chunk.bits, mask, from, until);
  }
}

/** A threshold in the units of the column of scores; above all scores where it is undefined. */
export function flagFromOf(threshold: number | undefined): number {
  return threshold === undefined ? notJudged : leastFlagged(threshold);
}

/** The same, for loops over many packets. @param flagFrom that of the selection */
export function isFlagged(store: PacketStore, flagFrom: number, chunk: StoreChunk, row: number): boolean {
  const score = chunk.score[row]!;
  return score >= flagFrom && score !== notJudged && !store.isExpected(chunk, row);
}

/** Sets the bits of the rows that the mask has. @returns how many those are */
function setBits(bits: Uint32Array, mask: Uint8Array, from: number, until: number): number {
  let count = 0;
  for (let row = from; row < until;) {
    const word = row >>> 5;
    const end = Math.min(until, (word + 1) * 32);
    let set = 0;
    for (; row < end; row++) {
      const bit = mask[row]!;
      count += bit;
      set |= bit << (row & 31);
    }
    bits[word]! |= set;
  }
  return count;
}

/** Lists the places of the bits that are set, ascending. */
function listBits(bits: Uint32Array, into: Uint32Array): void {
  let count = 0;
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word]!; left !== 0; left &= left - 1) into[count++] = word * 32 + lowestBit(left);
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function bitsOf(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  sum = (sum + (sum >>> 4)) & 0x0f0f0f0f;
  return Math.imul(sum, 0x01010101) >>> 24;
}
