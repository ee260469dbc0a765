/**
 * Packets as the bytes of a capture file, with nanoseconds. A pcap file holds packets of one link type; pcapng
 * holds several, an interface for each, and can say how many packets were lost.
 *
 *     pcap      a1b23c4d | 2.4 | 0 | 0 | snap length | link type, then 16 bytes before each packet
 *     pcapng    section, interfaces, an enhanced block a packet, statistics at the end; drawn in pcapng-reader.ts
 */
import { maxCommentBytes, maxPacketBytes, writeBufferBytes } from "../limits.ts";

export type CaptureFormat = "pcap" | "pcapng";

export interface EncoderOptions {
  format: CaptureFormat;
  /** Of the interfaces, in their order; exactly one for pcap. */
  linkTypes: readonly number[];
  /** What pcapng calls each interface. */
  interfaceName: string;
  /** Takes bytes that are ready; they are used again when it returns. */
  sink: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Bytes gathered before the sink gets them, more than the largest packet. */
  bufferBytes?: number;
}

/** The longest header of a packet, with its padding and trailer. */
const mostAround = 64;

export class CaptureEncoder {
  private readonly isPcapng: boolean;
  private readonly sink: EncoderOptions["sink"];
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly view: DataView;
  private end = 0;

  constructor({ format, linkTypes, interfaceName, sink, bufferBytes = writeBufferBytes }: EncoderOptions) {
    this.isPcapng = format === "pcapng";
    this.sink = sink;
    this.bytes = new Uint8Array(bufferBytes);
    this.view = new DataView(this.bytes.buffer);
    if (this.isPcapng) {
      this.words(0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
      for (const linkType of linkTypes) this.addInterface(linkType, interfaceName);
    } else this.words(0xa1b23c4d, 0x00040002, 0, 0, maxPacketBytes, linkTypes[0]!);
  }

  /**
   * Adds a packet of the interface with that index; one without a time gets that of 1970.
   * @param comment UTF-8 that pcapng keeps with the packet, cut where it is too long
   */
  add(
    index: number,
    data: Uint8Array,
    wire: number,
    seconds: number,
    nanos: number,
    comment: Uint8Array = none,
  ): void {
    const said = comment.length > maxCommentBytes ? cutText(comment) : comment;
    if (this.end + data.length + said.length + mostAround > this.bytes.length) this.flush();
    if (this.isPcapng) this.addEnhanced(index, data, wire, seconds, nanos, said);
    else {
      this.words(seconds, nanos, data.length, wire);
      this.put(data);
    }
  }

  /**
   * Ends a pcapng file with statistics of its first interface.
   * @param dropped packets that were lost
   * @param timeMs now, in milliseconds since 1970
   */
  addStatistics(dropped: number, timeMs: number): void {
    if (!this.isPcapng) return;
    const time = BigInt(timeMs) * 1_000_000n;
    // if_ifdrop (5), 8 bytes, then the end of the options
    const option = [5 | (8 << 16), dropped >>> 0, Math.floor(dropped / 2 ** 32), 0];
    this.words(5, 40, 0, Number(time >> 32n), Number(time & 0xffffffffn), ...option, 40);
  }

  /** Gives the sink what is left. */
  flush(): void {
    if (this.end > 0) this.sink(this.bytes.subarray(0, this.end));
    this.end = 0;
  }

  private addInterface(linkType: number, interfaceName: string): void {
    // Options: name (2), resolution in powers of ten (9), end
    const name = new TextEncoder().encode(interfaceName).subarray(0, 255);
    const length = 16 + 4 + name.length + (-name.length & 3) + 8 + 4 + 4;
    this.words(1, length, linkType, maxPacketBytes, 2 | (name.length << 16));
    this.put(name);
    this.pad(name.length);
    this.words(9 | (1 << 16), 9, 0, length);
  }

  private addEnhanced(
    index: number,
    data: Uint8Array,
    wire: number,
    seconds: number,
    nanos: number,
    comment: Uint8Array,
  ): void {
    const time = Number.isNaN(seconds) ? 0n : BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
    // Options: comment (1), end
    const options = comment.length === 0 ? 0 : 8 + padded(comment.length);
    const length = 32 + padded(data.length) + options;
    this.words(6, length, index, Number(time >> 32n), Number(time & 0xffffffffn), data.length, wire);
    this.put(data);
    this.pad(data.length);
    if (options > 0) {
      this.words(1 | (comment.length << 16));
      this.put(comment);
      this.pad(comment.length);
      this.words(0);
    }
    this.words(length);
  }

  private words(...values: number[]): void {
    for (const value of values) {
      this.view.setUint32(this.end, value, true);
      this.end += 4;
    }
  }

  private put(data: Uint8Array): void {
    this.bytes.set(data, this.end);
    this.end += data.length;
  }

  /** Blocks are padded to 4 bytes. */
  private pad(length: number): void {
    const padding = -length & 3;
    this.bytes.fill(0, this.end, this.end + padding);
    this.end += padding;
  }
}

const none = new Uint8Array(0);

function padded(length: number): number {
  return length + (-length & 3);
}

/** Cuts UTF-8 between characters. */
function cutText(text: Uint8Array): Uint8Array {
  let end = maxCommentBytes;
  while ((text[end]! & 0xc0) === 0x80) end--;
  return text.subarray(0, end);
}
