/** Small capture files for tests, made in memory. */
import { createPacketBatch } from "./packet-batch.ts";
import type { ByteSource } from "./byte-source.ts";
import { openCapture } from "./open-capture.ts";
import { bytes, u16, u32 } from "./bytes-builder.test-support.ts";

export interface FixturePacket {
  data: Uint8Array;
  /** Length on the wire; by default that of `data`. */
  wire?: number;
  seconds?: number;
  /** Micro- or nanoseconds, as the file counts them. */
  fraction?: number;
}

export interface PcapOptions {
  little?: boolean;
  magic?: number;
  linkType?: number;
  major?: number;
  minor?: number;
  snapLength?: number;
}

/** A classic pcap file. */
export function pcapFile(packets: FixturePacket[], options: PcapOptions = {}): Uint8Array<ArrayBuffer> {
  const {
    little = true,
    magic = 0xa1b2c3d4,
    linkType = 1,
    major = 2,
    minor = 4,
    snapLength = 65_535,
  } = options;
  const n16 = (value: number): Uint8Array => u16(value, little);
  const n32 = (value: number): Uint8Array => u32(value, little);
  return bytes(
    n32(magic),
    n16(major),
    n16(minor),
    n32(0),
    n32(0),
    n32(snapLength),
    n32(linkType),
    ...packets.flatMap(({ data, wire = data.length, seconds = 0, fraction = 0 }) => [
      n32(seconds),
      n32(fraction),
      n32(data.length),
      n32(wire),
      ...(magic === 0xa1b2cd34 ? [n32(0), n32(0)] : []),
      data,
    ]),
  );
}

/** Makers of pcapng blocks in one byte order; a file is their bytes one after the other. */
export function pcapngBlocks(little = true) {
  const n16 = (value: number): Uint8Array => u16(value, little);
  const n32 = (value: number): Uint8Array => u32(value, little);
  const block = (type: number, ...body: Uint8Array[]): Uint8Array => {
    const inside = bytes(...body);
    return bytes(n32(type), n32(inside.length + 12), inside, n32(inside.length + 12));
  };
  return {
    block,
    option: (code: number, value: Uint8Array): Uint8Array =>
      bytes(n16(code), n16(value.length), padded(value)),
    section: (major = 1): Uint8Array =>
      block(0x0a0d0d0a, n32(0x1a2b3c4d), n16(major), n16(0), n32(0xffffffff), n32(0xffffffff)),
    interface: (linkType = 1, snapLength = 0, ...options: Uint8Array[]): Uint8Array =>
      block(1, n16(linkType), n16(0), n32(snapLength), ...options),
    enhanced: (id: number, high: number, low: number, data: Uint8Array, wire = data.length): Uint8Array =>
      block(6, n32(id), n32(high), n32(low), n32(data.length), n32(wire), padded(data)),
    obsolete: (id: number, high: number, low: number, data: Uint8Array): Uint8Array =>
      block(2, n16(id), n16(0xffff), n32(high), n32(low), n32(data.length), n32(data.length), padded(data)),
    simple: (data: Uint8Array, wire = data.length): Uint8Array => block(3, n32(wire), padded(data)),
    statistics: (id: number, ...options: Uint8Array[]): Uint8Array =>
      block(5, n32(id), n32(0), n32(0), ...options),
  };
}

/** Blocks are padded to 4 bytes. */
function padded(data: Uint8Array): Uint8Array {
  return bytes(data, new Uint8Array(-data.length & 3));
}

/** Bytes in memory as a source that hands out at most `step` at a time. */
export function memoryBytes(content: Uint8Array, step = 1 << 16): ByteSource {
  let at = 0;
  return {
    problem: undefined,
    progress: {},
    read(into) {
      const length = Math.min(into.length, step, content.length - at);
      into.set(content.subarray(at, at + length));
      at += length;
      return Promise.resolve(length);
    },
    close: () => Promise.resolve(),
  };
}

export interface ReadPacket {
  data: string;
  wire: number;
  seconds: number;
  nanos: number;
  linkType: number;
}

/** Reads a whole capture out of memory, packets as plain objects with their bytes in hex. */
export async function readCapture(content: Uint8Array, step?: number) {
  const source = await openCapture("file", "fixture", memoryBytes(content, step));
  const packets: ReadPacket[] = [];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    for (let i = 0; i < batch.count; i++) {
      const from = batch.offset[i]!;
      packets.push({
        data: batch.bytes.slice(from, from + batch.captured[i]!).toHex(),
        wire: batch.wire[i]!,
        seconds: batch.seconds[i]!,
        nanos: batch.nanos[i]!,
        linkType: batch.linkType[i]!,
      });
    }
  }
  await source.close();
  return { packets, linkTypes: source.linkTypes, dropped: source.dropped, warnings: source.warnings };
}

/** A batch of packets without any file around them. */
export function batchOf(packets: FixturePacket[], linkType = 1) {
  const batch = createPacketBatch(packets.length);
  batch.bytes = bytes(...packets.map(({ data }) => data));
  batch.count = packets.length;
  let at = 0;
  packets.forEach(({ data, wire = data.length, seconds = 0, fraction = 0 }, i) => {
    batch.offset[i] = at;
    batch.captured[i] = data.length;
    batch.wire[i] = wire;
    batch.seconds[i] = seconds;
    batch.nanos[i] = fraction;
    batch.linkType[i] = linkType;
    at += data.length;
  });
  return batch;
}
