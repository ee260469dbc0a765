/**
 * Reads the snoop format of Solaris (RFC 1761), version 2; every number has its highest byte first.
 *
 *     file header                         packet record
 *      0  "snoop" and three zero bytes     0  length on the wire
 *      8  version, 2                       4  captured length
 *     12  data link type                   8  length of the whole record, padding included
 *                                         12  packets lost so far
 *                                         16  seconds
 *                                         20  microseconds
 *                                         24  bytes
 */
import { maxBlockBytes, maxPacketBytes } from "../limits.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { FormatReader, ReadState } from "./format-reader.ts";
import { linkType as linkTypes } from "./link-types.ts";
import type { PacketBatch } from "./packet-batch.ts";

const magic = [0x73, 0x6e, 0x6f, 0x6f, 0x70, 0, 0, 0];
const fileHeaderBytes = 16;
const recordHeaderBytes = 24;

/** Data link types of the RFC as link types of pcap files; others are not decoded. */
const linkTypeOf: Record<number, number> = { 0: linkTypes.ethernet, 2: 6, 4: linkTypes.ethernet, 8: 10 };
const undecoded = 0xffff;

/** Whether the first bytes are those of a snoop file. */
export function isSnoop(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** @returns a sentence's end ("…") where the header cannot be read */
export function openSnoopReader(window: ByteWindow): FormatReader | string {
  if (window.available < fileHeaderBytes) return "ends inside its file header";
  const version = window.view.getUint32(window.start + 8);
  if (version !== 2) return `is a snoop file of version ${version}, which pcs cannot read`;
  const dataLink = window.view.getUint32(window.start + 12);
  window.skip(fileHeaderBytes);
  return new SnoopReader(dataLink);
}

class SnoopReader implements FormatReader {
  readonly linkTypes: number[];
  readonly warnings: string[] = [];
  dropped = 0;
  needed = recordHeaderBytes;
  private packets = 0;

  constructor(dataLink: number) {
    this.linkTypes = [linkTypeOf[dataLink] ?? undecoded];
    if (linkTypeOf[dataLink] === undefined)
      this.warnings.push(`The snoop file's data link type is ${dataLink}, which pcs does not decode.`);
  }

  read(window: ByteWindow, batch: PacketBatch): ReadState {
    const { view } = window;
    const rows = batch.offset.length;
    while (batch.count < rows) {
      this.needed = recordHeaderBytes;
      if (window.available < recordHeaderBytes) return "more";
      const at = window.start;
      const captured = view.getUint32(at + 4);
      const record = view.getUint32(at + 8);
      if (captured > maxPacketBytes || record < recordHeaderBytes + captured || record > maxBlockBytes)
        return this.stop(captured, record);
      if (window.available < recordHeaderBytes + captured) {
        this.needed = recordHeaderBytes + captured;
        return "more";
      }
      const row = batch.count;
      const micros = view.getUint32(at + 20);
      const carry = Math.floor(micros / 1e6);
      batch.offset[row] = at + recordHeaderBytes;
      batch.captured[row] = captured;
      batch.wire[row] = view.getUint32(at);
      batch.seconds[row] = view.getUint32(at + 16) + carry;
      batch.nanos[row] = (micros - carry * 1e6) * 1000;
      batch.linkType[row] = this.linkTypes[0]!;
      batch.count = row + 1;
      this.dropped = view.getUint32(at + 12);
      this.packets++;
      // The last record's padding may be missing, and nothing is lost by that.
      window.skip(record);
    }
    return "full";
  }

  finish(window: ByteWindow): void {
    if (window.available > 0)
      this.warnings.push(
        `The file ends in the middle of packet ${this.packets + 1}; what came before it counts.`,
      );
  }

  private stop(captured: number, record: number): ReadState {
    this.warnings.push(
      `Packet ${this.packets + 1} claims ${captured} bytes in a record of ${record}: ` +
        "the file is damaged there, and what came before counts.",
    );
    return "stopped";
  }
}
