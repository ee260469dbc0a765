/**
 * Saves packets as a capture file, with nanoseconds: pcap where the name ends in `.pcap`, else pcapng, which
 * also keeps the interface's name and how many packets were lost.
 *
 *     pcap      a1b23c4d | 2.4 | 0 | 0 | snap length | link type, then 16 bytes before each packet
 *     pcapng    section, interface, an enhanced block a packet, statistics at the end; drawn in pcapng-reader.ts
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { maxPacketBytes, writeBufferBytes } from "../limits.ts";
import type { PacketBatch } from "./packet-batch.ts";

export interface WriterOptions {
  /** The link type of every packet. */
  linkType: number;
  interfaceName: string;
}

/** The longest header of a packet, with its padding and trailer. */
const mostAround = 64;

/**
 * Creates the file, over one of that name.
 * @throws ExpectedError where it cannot be written, as `add` and `close` do
 */
export function openCaptureWriter(path: string, options: WriterOptions): CaptureWriter {
  try {
    return new CaptureWriter(path, openSync(path, "w", 0o600), options);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export class CaptureWriter {
  private readonly path: string;
  private readonly file: number;
  private readonly isPcapng: boolean;
  private readonly bytes = new Uint8Array(writeBufferBytes);
  private readonly view = new DataView(this.bytes.buffer);
  private end = 0;

  constructor(path: string, file: number, { linkType, interfaceName }: WriterOptions) {
    this.path = path;
    this.file = file;
    this.isPcapng = !path.toLowerCase().endsWith(".pcap");
    if (this.isPcapng) this.beginPcapng(linkType, interfaceName);
    else this.words(0xa1b23c4d, 0x00040002, 0, 0, maxPacketBytes, linkType);
  }

  add(batch: PacketBatch): void {
    const { count, bytes, offset, captured, wire, seconds, nanos } = batch;
    for (let i = 0; i < count; i++) {
      const length = captured[i]!;
      if (this.end + length + mostAround > this.bytes.length) this.flush();
      const from = offset[i]!;
      const data = bytes.subarray(from, from + length);
      if (this.isPcapng) this.addEnhanced(data, wire[i]!, seconds[i]!, nanos[i]!);
      else {
        this.words(seconds[i]!, nanos[i]!, length, wire[i]!);
        this.put(data);
      }
    }
  }

  /** @param dropped packets that were lost, for the statistics of a pcapng file */
  close(dropped: number): void {
    if (this.isPcapng) {
      const time = BigInt(Date.now()) * 1_000_000n;
      // if_ifdrop (5), 8 bytes, then the end of the options
      const option = [5 | (8 << 16), dropped >>> 0, Math.floor(dropped / 2 ** 32), 0];
      this.words(5, 40, 0, Number(time >> 32n), Number(time & 0xffffffffn), ...option, 40);
    }
    this.flush();
    try {
      closeSync(this.file);
    } catch (error) {
      throw cannotWrite(this.path, error);
    }
  }

  private beginPcapng(linkType: number, interfaceName: string): void {
    this.words(0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
    // Options: name (2), resolution in powers of ten (9), end
    const name = new TextEncoder().encode(interfaceName).subarray(0, 255);
    const length = 16 + 4 + name.length + (-name.length & 3) + 8 + 4 + 4;
    this.words(1, length, linkType, maxPacketBytes, 2 | (name.length << 16));
    this.put(name);
    this.pad(name.length);
    this.words(9 | (1 << 16), 9, 0, length);
  }

  private addEnhanced(data: Uint8Array, wire: number, seconds: number, nanos: number): void {
    const time = BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
    const length = 32 + data.length + (-data.length & 3);
    this.words(6, length, 0, Number(time >> 32n), Number(time & 0xffffffffn), data.length, wire);
    this.put(data);
    this.pad(data.length);
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

  private flush(): void {
    try {
      for (let at = 0; at < this.end;) at += writeSync(this.file, this.bytes, at, this.end - at);
    } catch (error) {
      throw cannotWrite(this.path, error);
    }
    this.end = 0;
  }
}

function cannotWrite(path: string, error: unknown): ExpectedError {
  return new ExpectedError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
}
