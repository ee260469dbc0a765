/**
 * What one section of a pcapng file has said so far: its byte order, its interfaces, and how many packets
 * each of them lost. Options are (code u16, length u16, value, padding to 4 bytes), ended by code 0.
 *
 *     interface description block (draft-ietf-opsawg-pcapng, section 4.2)
 *      0  1 | 4  block length | 8  link type u16 | 10 reserved | 12  snap length | 16  options …
 *     interface statistics block (section 4.6)
 *      0  5 | 4  block length | 8  interface u32 | 12  timestamp | 20  options …
 */
import { maxInterfaces } from "../limits.ts";
import { pseudoHeaderBytes } from "./link-types.ts";
import { timeResolution, type TimeResolution } from "./pcapng-time.ts";

const option = { tsresol: 9, tsoffset: 14, ifdrop: 5, osdrop: 7 } as const;

export interface CaptureInterface {
  linkType: number;
  /** Bytes before each packet that never crossed the wire. */
  strip: number;
  /** 0 stands for no limit. */
  snapLength: number;
  time: TimeResolution;
  /** Packets lost, as its last statistics block says. */
  lost: number;
}

export interface PcapngSection {
  littleEndian: boolean;
  interfaces: CaptureInterface[];
  /** Interfaces that were described beyond `maxInterfaces`. */
  refusedInterfaces: number;
}

export function createSection(littleEndian: boolean): PcapngSection {
  return { littleEndian, interfaces: [], refusedInterfaces: 0 };
}

/** Adds the interface described by the block from `at` to `end`. */
export function addInterface(section: PcapngSection, view: DataView, at: number, end: number): void {
  if (section.interfaces.length >= maxInterfaces) {
    section.refusedInterfaces++;
    return;
  }
  const little = section.littleEndian;
  let resolution: number | undefined;
  let offsetSeconds = 0;
  eachOption(view, at + 16, end - 4, little, (code, from, length) => {
    if (code === option.tsresol && length >= 1) resolution = view.getUint8(from);
    if (code === option.tsoffset && length >= 8) offsetSeconds = Number(view.getBigInt64(from, little));
  });
  const linkType = view.getUint16(at + 8, little);
  section.interfaces.push({
    linkType,
    strip: pseudoHeaderBytes(linkType),
    snapLength: view.getUint32(at + 12, little),
    time: timeResolution(resolution, offsetSeconds),
    lost: 0,
  });
}

/** Takes the counts of lost packets out of the statistics block from `at` to `end`. */
export function addStatistics(section: PcapngSection, view: DataView, at: number, end: number): void {
  const little = section.littleEndian;
  const described = section.interfaces[view.getUint32(at + 8, little)];
  if (described === undefined) return;
  let lost = 0;
  eachOption(view, at + 20, end - 4, little, (code, from, length) => {
    if ((code === option.ifdrop || code === option.osdrop) && length >= 8)
      lost += Number(view.getBigUint64(from, little));
  });
  described.lost = lost;
}

/** Packets of this section that were lost on the way, over all its interfaces. */
export function lostPackets(section: PcapngSection): number {
  return section.interfaces.reduce((sum, { lost }) => sum + lost, 0);
}

function eachOption(
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
  visit: (code: number, from: number, length: number) => void,
): void {
  let at = start;
  while (at + 4 <= end) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === 0 || at + 4 + length > end) return;
    visit(code, at + 4, length);
    at += 4 + ((length + 3) & ~3);
  }
}
