/**
 * Saves packets as a capture file: pcap where the name ends in `.pcap`, else pcapng, which also keeps the
 * interface's name and how many packets were lost.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { CaptureEncoder } from "./capture-encoder.ts";
import type { PacketBatch } from "./packet-batch.ts";

export interface WriterOptions {
  /** The link type of every packet. */
  linkType: number;
  interfaceName: string;
}

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
  private readonly encoder: CaptureEncoder;

  constructor(path: string, file: number, { linkType, interfaceName }: WriterOptions) {
    this.path = path;
    this.file = file;
    const format = path.toLowerCase().endsWith(".pcap") ? "pcap" : "pcapng";
    const sink = (bytes: Uint8Array): void => this.write(bytes);
    this.encoder = new CaptureEncoder({ format, linkTypes: [linkType], interfaceName, sink });
  }

  add(batch: PacketBatch): void {
    const { count, bytes, offset, captured, wire, seconds, nanos } = batch;
    for (let i = 0; i < count; i++) {
      const from = offset[i]!;
      const data = bytes.subarray(from, from + captured[i]!);
      this.encoder.add(0, data, wire[i]!, seconds[i]!, nanos[i]!);
    }
  }

  /** @param dropped packets that were lost, for the statistics of a pcapng file */
  close(dropped: number): void {
    this.encoder.addStatistics(dropped, Date.now());
    this.encoder.flush();
    try {
      closeSync(this.file);
    } catch (error) {
      throw cannotWrite(this.path, error);
    }
  }

  private write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at, bytes.length - at);
    } catch (error) {
      throw cannotWrite(this.path, error);
    }
  }
}

function cannotWrite(path: string, error: unknown): ExpectedError {
  return new ExpectedError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
}
