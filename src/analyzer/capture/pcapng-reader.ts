/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order one after the other, several
 * interfaces in each, packets in enhanced, simple and obsolete blocks. Other blocks are passed over.
 *
 *     every block:   0  type | 4  length of the whole block | 8  body … | length again
 *     section        0  0a0d0d0a | 4  length | 8  1a2b3c4d in the section's byte order | 12 major | 14 minor
 *     enhanced (6)   8  interface u32 | 12 time high | 16 time low | 20 captured | 24 on the wire | 28 bytes
 *     obsolete (2)   8  interface u16 | 10 drops u16 | 12 … as in the enhanced block
 *     simple (3)     8  on the wire | 12 bytes, cut at the snap length of interface 0; no time
 */
import { maxBlockBytes, maxLinkTypes, maxPacketBytes } from "../limits.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { FormatReader, ReadState } from "./format-reader.ts";
import { stripFront, type PacketBatch } from "./packet-batch.ts";
import { addInterface, addStatistics, createSection, lostPackets } from "./pcapng-section.ts";
import { storeTime } from "./pcapng-time.ts";

const block = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsolete: 2,
  simple: 3,
  statistics: 5,
  enhanced: 6,
} as const;
const byteOrderMagic = 0x1a2b3c4d;

/** Bytes of a block of this type without any data, or undefined for a type that is passed over. */
const smallestBlock: Record<number, number> = {
  [block.section]: 28,
  [block.interface]: 20,
  [block.obsolete]: 32,
  [block.simple]: 16,
  [block.statistics]: 24,
  [block.enhanced]: 32,
};

/** Whether the bytes begin as a section does, with a byte order that is one. */
export function isPcapng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x0a && bytes[1] === 0x0d && bytes[2] === 0x0d && bytes[3] === 0x0a;
}

/** @returns a sentence's end ("…") where the first section cannot be read */
export function openPcapngReader(window: ByteWindow): FormatReader | string {
  if (window.available < 28) return "ends inside its first section header";
  const magic = window.view.getUint32(window.start + 8, true);
  if (magic !== byteOrderMagic && magic !== 0x4d3c2b1a) return "begins as pcapng does, but is none";
  const little = magic === byteOrderMagic;
  const major = window.view.getUint16(window.start + 12, little);
  if (major !== 1) return `is a pcapng file of version ${major}, which pcs cannot read`;
  return new PcapngReader();
}

class PcapngReader implements FormatReader {
  readonly linkTypes: number[] = [];
  readonly warnings: string[] = [];
  needed = 12;
  private section = createSection(true);
  /** Lost in the sections before this one. */
  private lostEarlier = 0;
  private refused = 0;

  get droppedByPcs(): number {
    return this.refused;
  }
  private blocks = 0;

  get dropped(): number {
    return this.lostEarlier + lostPackets(this.section) + this.refused;
  }

  read(window: ByteWindow, batch: PacketBatch): ReadState {
    while (batch.count < batch.offset.length) {
      this.needed = 12;
      if (window.available < 12) return "more";
      const at = window.start;
      const type = window.view.getUint32(at, this.section.littleEndian);
      if (type === block.section && !this.beginSection(window.view, at)) return "stopped";
      const length = window.view.getUint32(at + 4, this.section.littleEndian);
      const smallest = smallestBlock[type];
      if (length < (smallest ?? 12) || length % 4 !== 0) return this.stop(`a length of ${length} bytes`);
      if (smallest === undefined) {
        window.skip(length);
        this.blocks++;
        continue;
      }
      if (length > maxBlockBytes) return this.stop(`a length of ${length} bytes`);
      if (window.available < length) {
        this.needed = length;
        return "more";
      }
      const problem = this.take(type, window.view, at, at + length, batch);
      if (problem !== undefined) return this.stop(problem);
      window.start = at + length;
      this.blocks++;
    }
    return "full";
  }

  finish(window: ByteWindow): void {
    if (this.section.refusedInterfaces > 0)
      this.warnings.push(
        `${this.section.refusedInterfaces} interfaces are too many; packets of these are dropped.`,
      );
    if (window.available > 0 || window.endsInSkip)
      this.warnings.push(
        `The file ends in the middle of block ${this.blocks + 1}; what came before it counts.`,
      );
  }

  private take(
    type: number,
    view: DataView,
    at: number,
    end: number,
    batch: PacketBatch,
  ): string | undefined {
    if (view.getUint32(end - 4, this.section.littleEndian) !== end - at) return "two different lengths";
    switch (type) {
      case block.section: {
        const major = view.getUint16(at + 12, this.section.littleEndian);
        return major === 1 ? undefined : `version ${major} of the format`;
      }
      case block.interface: {
        addInterface(this.section, view, at, end);
        const added = view.getUint16(at + 8, this.section.littleEndian);
        if (!this.linkTypes.includes(added) && this.linkTypes.length < maxLinkTypes)
          this.linkTypes.push(added);
        return undefined;
      }
      case block.statistics:
        addStatistics(this.section, view, at, end);
        return undefined;
      case block.enhanced:
        return this.takePacket(view, at, end, view.getUint32(at + 8, this.section.littleEndian), batch);
      case block.obsolete:
        return this.takePacket(view, at, end, view.getUint16(at + 8, this.section.littleEndian), batch);
      case block.simple:
        return this.takeSimplePacket(view, at, end, batch);
      default:
        return undefined;
    }
  }

  /** Sets the byte order, which the block's length is read in. */
  private beginSection(view: DataView, at: number): boolean {
    const magic = view.getUint32(at + 8, true);
    const little = magic === byteOrderMagic;
    if (!little && magic !== 0x4d3c2b1a) {
      this.stop("a byte order that is none");
      return false;
    }
    this.lostEarlier += lostPackets(this.section);
    this.section = createSection(little);
    return true;
  }

  private takePacket(
    view: DataView,
    at: number,
    end: number,
    id: number,
    batch: PacketBatch,
  ): string | undefined {
    const { littleEndian, interfaces, refusedInterfaces } = this.section;
    const captured = view.getUint32(at + 20, littleEndian);
    if (captured > maxPacketBytes || captured > end - at - 32) return `a packet of ${captured} bytes`;
    const from = interfaces[id];
    if (from === undefined) {
      if (id >= interfaces.length + refusedInterfaces) return `a packet of interface ${id}, which is none`;
      this.refused++;
      return undefined;
    }
    const row = batch.count;
    batch.offset[row] = at + 28;
    batch.captured[row] = captured;
    batch.wire[row] = view.getUint32(at + 24, littleEndian);
    batch.linkType[row] = from.linkType;
    const high = view.getUint32(at + 12, littleEndian);
    storeTime(batch, row, high, view.getUint32(at + 16, littleEndian), from.time);
    if (from.strip > 0) stripFront(batch, row, from.strip);
    batch.count = row + 1;
    return undefined;
  }

  private takeSimplePacket(view: DataView, at: number, end: number, batch: PacketBatch): string | undefined {
    const from = this.section.interfaces[0];
    if (from === undefined) return "a packet before any interface";
    const wire = view.getUint32(at + 8, this.section.littleEndian);
    const snapped = from.snapLength === 0 ? wire : Math.min(wire, from.snapLength);
    const row = batch.count;
    batch.offset[row] = at + 12;
    batch.captured[row] = Math.min(snapped, end - at - 16, maxPacketBytes);
    batch.wire[row] = wire;
    batch.linkType[row] = from.linkType;
    batch.seconds[row] = Number.NaN;
    batch.nanos[row] = 0;
    if (from.strip > 0) stripFront(batch, row, from.strip);
    batch.count = row + 1;
    return undefined;
  }

  private stop(found: string): ReadState {
    this.warnings.push(
      `Block ${this.blocks + 1} has ${found}: the file is damaged there, and what came before counts.`,
    );
    return "stopped";
  }
}
