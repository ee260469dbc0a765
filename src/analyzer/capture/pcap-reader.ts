/**
 * Reads the classic pcap format (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html), in both
 * byte orders, with micro- and nanoseconds, and as Alexey Kuznetsov's patched libpcap wrote it.
 *
 *     file header                                     packet header
 *      0  magic        a1b2c3d4 microseconds           0  seconds
 *                      a1b23c4d nanoseconds            4  micro- or nanoseconds
 *                      a1b2cd34 longer packet header   8  captured length
 *      4  major        u16, 2                         12  length on the wire
 *      6  minor        u16, 4                         16  interface, protocol, type, pad: only a1b2cd34
 *      8  time zone    i32, 0
 *     12  accuracy     u32, 0
 *     16  snap length  u32
 *     20  link type    u16, then FCS length and flags
 */
import { maxPacketBytes } from "../limits.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { FormatReader, ReadState } from "./format-reader.ts";
import { pseudoHeaderBytes } from "./link-types.ts";
import { stripFront, type PacketBatch } from "./packet-batch.ts";

const fileHeaderBytes = 24;

/** How the packet headers of a file are written. */
export interface PcapVariant {
  littleEndian: boolean;
  nanosPerUnit: number;
  packetHeaderBytes: number;
}

/** Whether the first four bytes are those of a pcap file. */
export function isPcap(bytes: Uint8Array): boolean {
  return pcapVariantOf(bytes) !== undefined;
}

/**
 * Starts reading a pcap file, whose file header it takes from the window.
 * @returns a sentence's end ("…") where the header cannot be read
 */
export function openPcapReader(window: ByteWindow): FormatReader | string {
  const variant = pcapVariantOf(window.bytes.subarray(window.start, window.end));
  if (variant === undefined) return "is no pcap file";
  if (window.available < fileHeaderBytes) return "ends inside its file header";
  const little = variant.littleEndian;
  const major = window.view.getUint16(window.start + 4, little);
  const minor = window.view.getUint16(window.start + 6, little);
  if (major !== 2) return `is a pcap file of version ${major}.${minor}, which pcs cannot read`;
  const linkType = window.view.getUint16(window.start + (little ? 20 : 22), little);
  window.skip(fileHeaderBytes);
  return new PcapReader(variant, linkType, minor);
}

/** The variant of the file that begins with these bytes; undefined for one that is no pcap. */
export function pcapVariantOf(bytes: Uint8Array): PcapVariant | undefined {
  if (bytes.length < 4) return undefined;
  const little = bytes[1] !== 0xb2;
  const magic = little ? bytes.slice(0, 4).reverse() : bytes;
  if (magic[0] !== 0xa1 || magic[1] !== 0xb2) return undefined;
  const kind = (magic[2]! << 8) | magic[3]!;
  if (kind === 0xc3d4) return { littleEndian: little, nanosPerUnit: 1000, packetHeaderBytes: 16 };
  if (kind === 0x3c4d) return { littleEndian: little, nanosPerUnit: 1, packetHeaderBytes: 16 };
  if (kind === 0xcd34) return { littleEndian: little, nanosPerUnit: 1000, packetHeaderBytes: 24 };
  return undefined;
}

class PcapReader implements FormatReader {
  readonly linkTypes: number[];
  readonly dropped = 0;
  readonly warnings: string[] = [];
  needed = 0;
  private packets = 0;
  private readonly variant: PcapVariant;
  private readonly linkType: number;
  private readonly strip: number;
  /** Before version 2.3 the two lengths stood the other way round, and in 2.3 in either. */
  private readonly swapped: "never" | "sometimes" | "always";

  constructor(variant: PcapVariant, linkType: number, minor: number) {
    this.variant = variant;
    this.linkType = linkType;
    this.linkTypes = [linkType];
    this.strip = pseudoHeaderBytes(linkType);
    this.swapped = minor < 3 ? "always" : minor === 3 ? "sometimes" : "never";
  }

  read(window: ByteWindow, batch: PacketBatch): ReadState {
    const { view, end } = window;
    const { littleEndian, nanosPerUnit, packetHeaderBytes } = this.variant;
    const { offset, captured, wire, seconds, nanos, linkType } = batch;
    const rows = offset.length;
    let at = window.start;
    let row = batch.count;
    let state: ReadState = "full";
    while (row < rows) {
      this.needed = packetHeaderBytes;
      if (at + packetHeaderBytes > end) {
        state = "more";
        break;
      }
      let capturedLength = view.getUint32(at + 8, littleEndian);
      let wireLength = view.getUint32(at + 12, littleEndian);
      if (this.swapped !== "never" && (this.swapped === "always" || capturedLength > wireLength))
        [capturedLength, wireLength] = [wireLength, capturedLength];
      if (capturedLength > maxPacketBytes) {
        this.stop(capturedLength, row - batch.count);
        state = "stopped";
        break;
      }
      const from = at + packetHeaderBytes;
      if (from + capturedLength > end) {
        this.needed = packetHeaderBytes + capturedLength;
        state = "more";
        break;
      }
      offset[row] = from;
      captured[row] = capturedLength;
      wire[row] = wireLength;
      const fraction = view.getUint32(at + 4, littleEndian) * nanosPerUnit;
      const carry = fraction < 1e9 ? 0 : Math.floor(fraction / 1e9);
      seconds[row] = view.getUint32(at, littleEndian) + carry;
      nanos[row] = fraction - carry * 1e9;
      linkType[row] = this.linkType;
      if (this.strip > 0) stripFront(batch, row, this.strip);
      at = from + capturedLength;
      row++;
    }
    this.packets += row - batch.count;
    batch.count = row;
    window.start = at;
    return state;
  }

  finish(window: ByteWindow): void {
    if (window.available > 0)
      this.warnings.push(
        `The file ends in the middle of packet ${this.packets + 1}; what came before it counts.`,
      );
  }

  private stop(capturedLength: number, before: number): void {
    this.warnings.push(
      `Packet ${this.packets + before + 1} claims ${capturedLength} bytes, which no packet has: ` +
        "the file is damaged there, and what came before counts.",
    );
  }
}
