/**
 * The bytes of packets that cannot be read again where they came from, in a file of pcs's own: a ring of blocks,
 * of which the oldest is written over when all are full. A compressed capture is kept this way too, because to
 * inflate it anew for one packet would take as long as reading all of it.
 *
 *     block      | 8 unused | run | run | … | unused |
 *     place      index of the block × its bytes + where in it the packet begins
 *
 * A run is several packets as they lay in their batch, copied at once; short things between them (the headers of
 * records) are taken along. Nothing is written one packet at a time. Live packets do not wait: while no block in
 * memory is free, or more packets wait to be counted than should, they are not kept, and counted.
 */
import { counted } from "../../lib/counted.ts";
import { statfsSync } from "node:fs";
import type { PacketBatch } from "../capture/packet-batch.ts";
import { keptBlockBytes, keptDiskShare, maxKeptBytes, maxKeptGapBytes } from "../limits.ts";
import { BlockFile, copyBlock, type Block } from "./block-file.ts";
import type { ByteKeeper } from "./byte-keeper.ts";
import { openPrivateFile } from "./private-file.ts";

export interface RotatingOptions {
  /** Folders to make the file in; the first one that works is taken. */
  parents: readonly string[];
  /** Whether the packets may wait for the disk: those of a file, but not live ones. */
  mayWait: boolean;
  /** Whether packets come faster than they are taken, so that nothing but counting should be done. */
  isBehind?: (() => boolean) | undefined;
  maxBytes?: number | undefined;
  /** More than the largest packet. */
  blockBytes?: number | undefined;
}

/** Fewer blocks are no ring. */
const fewestBlocks = 2;

/** Before the first packet of a run as much is kept as the longest pseudo header has. */
const frontBytes = 8;

/**
 * Makes the file.
 * @throws an error whose reason fits behind a colon, where that cannot be done
 */
export function openRotatingFile(options: RotatingOptions): RotatingFile {
  const { parents, mayWait, maxBytes = maxKeptBytes, blockBytes = keptBlockBytes } = options;
  const made = openPrivateFile(parents);
  const { bavail, bsize } = statfsSync(made.parent);
  const blocks = Math.floor(Math.min(maxBytes, (bavail * bsize) / keptDiskShare) / blockBytes);
  const file = new BlockFile(made, blocks, blockBytes);
  if (blocks >= fewestBlocks) return new RotatingFile(file, mayWait, options.isBehind);
  void file.close();
  throw new Error(`too little of the disk is free in ${made.parent}`);
}

export class RotatingFile implements ByteKeeper {
  readonly before = frontBytes;
  private readonly file: BlockFile;
  private readonly mayWait: boolean;
  private readonly isBehind: () => boolean;
  private current: Block | undefined;
  /** Packets that begin in each block of the file. */
  private readonly packets: Uint32Array;
  private overwritten = 0;
  private refused = 0;

  constructor(file: BlockFile, mayWait: boolean, isBehind = () => false) {
    this.file = file;
    this.mayWait = mayWait;
    this.isBehind = isBehind;
    this.packets = new Uint32Array(file.blocks);
    this.current = file.take(0);
    if (this.current !== undefined) this.current.used = frontBytes;
  }

  get lost(): number {
    return this.overwritten + this.refused;
  }

  get warnings(): readonly string[] {
    const warnings: string[] = [];
    const { problem, blocks, blockBytes } = this.file;
    if (problem !== undefined) warnings.push(`The bytes of further packets are not kept: ${problem}.`);
    if (this.overwritten > 0)
      warnings.push(
        `The bytes of ${counted(this.overwritten, "older packet")} are no longer kept: ` +
          `pcs keeps the last ${formatMiB(blocks * blockBytes)} of them on disk.`,
      );
    if (this.refused > 0 && problem === undefined)
      warnings.push(`The bytes of ${counted(this.refused, "packet")} were not kept: they came too fast.`);
    return warnings;
  }

  /** Whether blocks wait for the disk. */
  get isWriting(): boolean {
    return this.file.isWriting;
  }

  keep(batch: PacketBatch, places: Float64Array): void {
    if (this.isBehind()) {
      this.refuse(batch, 0, places);
      return;
    }
    for (let row = 0; row < batch.count;) {
      const until = this.keepRun(batch, row, places);
      if (until === row && !this.beginBlock()) {
        this.refuse(batch, row, places);
        return;
      }
      row = until;
    }
  }

  problemAt(place: number): string | undefined {
    const { blocks, blockBytes } = this.file;
    if (Math.floor(place / blockBytes) > this.currentIndex - blocks) return undefined;
    return `Newer packets took their place: pcs keeps the last ${formatMiB(blocks * blockBytes)} on disk.`;
  }

  copy(place: number, into: Uint8Array): number {
    const index = Math.floor(place / this.file.blockBytes);
    const from = place - index * this.file.blockBytes;
    const { current } = this;
    return current?.index === index ? copyBlock(current, from, into) : this.file.copy(index, from, into);
  }

  /** Nobody else can write to the file. */
  isSame(): boolean {
    return true;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private get currentIndex(): number {
    return this.current?.index ?? -1;
  }

  private refuse({ count }: PacketBatch, row: number, places: Float64Array): void {
    places.fill(Number.NaN, row, count);
    this.refused += count - row;
  }

  /** Keeps the packets from `row` on that lie in one run and fit into the block. @returns the row after them */
  private keepRun(batch: PacketBatch, row: number, places: Float64Array): number {
    const { current: block, file } = this;
    if (block === undefined) return row;
    const { count, offset, captured } = batch;
    const start = Math.max(0, offset[row]! - frontBytes);
    let end = start + frontBytes;
    let until = row;
    for (; until < count; until++) {
      const from = offset[until]!;
      const to = from + captured[until]!;
      const isNear = until === row || (from >= end && from - end <= maxKeptGapBytes);
      if (!isNear || block.used + to - start > file.blockBytes) break;
      end = to;
    }
    if (until === row) return row;
    block.bytes.set(batch.bytes.subarray(start, end), block.used);
    const base = block.index * file.blockBytes + block.used - start;
    for (let i = row; i < until; i++) places[i] = base + offset[i]!;
    block.used += end - start;
    this.packets[block.index % file.blocks]! += until - row;
    return until;
  }

  /** Hands the full block to the disk, and drops the oldest for a new one. @returns false where there is none */
  private beginBlock(): boolean {
    const { current: full, file } = this;
    if (full === undefined || file.problem !== undefined) return false;
    const index = full.index + 1;
    let block = file.take(index);
    if (block !== undefined) file.writeSoon(full);
    else if (this.mayWait && file.writeNow(full)) block = full;
    else return false;
    block.index = index;
    block.used = frontBytes;
    this.current = block;
    this.overwritten += this.packets[index % file.blocks]!;
    this.packets[index % file.blocks] = 0;
    return true;
  }
}

function formatMiB(bytes: number): string {
  return `${(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}
