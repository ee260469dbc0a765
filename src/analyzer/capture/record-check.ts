/**
 * Whether what stands before a packet's bytes in a capture file is still the header of that packet: a file may
 * be cut, or written over with another, between being read and being asked for one packet again. The headers are
 * drawn in the readers of the formats.
 */
import { pcapVariantOf } from "./pcap-reader.ts";
import { isPcapng } from "./pcapng-reader.ts";
import { isSnoop } from "./snoop-reader.ts";

/** The longest of these headers. */
export const mostRecordBytes = 24;

/** What is known of a packet, as its header in the file had it. */
export interface ExpectedRecord {
  captured: number;
  wire: number;
  /** Whole seconds since 1970. */
  seconds: number;
}

/** Whether the header of such a packet ends at `at`, of which `mostRecordBytes` stand in `view`. */
export type RecordCheck = (view: DataView, at: number, expected: ExpectedRecord) => boolean;

/** The check for the format of a file that begins with `head`, at least 8 bytes; undefined where it has none. */
export function recordCheckFor(head: Uint8Array): RecordCheck | undefined {
  const variant = pcapVariantOf(head);
  if (variant !== undefined) {
    const { littleEndian: little, nanosPerUnit, packetHeaderBytes } = variant;
    return (view, end, expected) => {
      const at = end - packetHeaderBytes;
      const fraction = view.getUint32(at + 4, little) * nanosPerUnit;
      return (
        view.getUint32(at, little) + Math.floor(fraction / 1e9) === expected.seconds &&
        areLengths(view.getUint32(at + 8, little), view.getUint32(at + 12, little), expected)
      );
    };
  }
  if (isSnoop(head)) return isSnoopRecord;
  return isPcapng(head) ? isPcapngRecord : undefined;
}

function isSnoopRecord(view: DataView, end: number, expected: ExpectedRecord): boolean {
  const at = end - 24;
  return (
    view.getUint32(at + 16) + Math.floor(view.getUint32(at + 20) / 1e6) === expected.seconds &&
    areLengths(view.getUint32(at + 4), view.getUint32(at), expected)
  );
}

/** The sections of a file may differ in their byte order; of a simple block only the length on the wire stands there. */
function isPcapngRecord(view: DataView, end: number, expected: ExpectedRecord): boolean {
  return [true, false].some(
    (little) =>
      view.getUint32(end - 4, little) === expected.wire &&
      (view.getUint32(end - 8, little) === expected.captured || view.getUint32(end - 12, little) === 3),
  );
}

/** Old files have the two lengths the other way round. */
function areLengths(captured: number, wire: number, expected: ExpectedRecord): boolean {
  return (
    (captured === expected.captured && wire === expected.wire) ||
    (captured === expected.wire && wire === expected.captured)
  );
}
