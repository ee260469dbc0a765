/**
 * Opens a capture whatever its format, told by its content and never by its name: pcap or pcapng, plain or
 * compressed.
 */
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { openFileBytes, prefixedBytes, streamBytes, type ByteSource } from "./byte-source.ts";
import { ByteWindow } from "./byte-window.ts";
import type { FormatReader } from "./format-reader.ts";
import { gunzipBytes, isGzip } from "./gunzip-bytes.ts";
import { createPacketBatch, type PacketBatch } from "./packet-batch.ts";
import type { PacketSource } from "./packet-source.ts";
import { isPcap, openPcapReader } from "./pcap-reader.ts";
import { isPcapng, openPcapngReader } from "./pcapng-reader.ts";

/** The longest file header of the formats. */
const headerBytes = 28;

/**
 * Opens the capture file at `path`.
 * @throws ExpectedError when it cannot be read, or is no capture
 */
export async function openCaptureFile(path: string): Promise<PacketSource> {
  return await openCapture("file", path, await openFileBytes(path));
}

/**
 * Opens the capture that arrives on a stream.
 * @throws ExpectedError when it is no capture
 */
export async function openCaptureStream(stream: ReadableStream<Uint8Array>): Promise<PacketSource> {
  return await openCapture("stdin", "-", streamBytes(stream));
}

/** Opens the capture that `source` holds; closes it when that fails. */
export async function openCapture(
  kind: PacketSource["kind"],
  name: string,
  source: ByteSource,
): Promise<PacketSource> {
  const called = kind === "stdin" ? "standard input" : name;
  let bytes = source;
  try {
    const prefix = await readPrefix(bytes);
    bytes = prefixedBytes(prefix, bytes);
    if (isGzip(prefix)) bytes = gunzipBytes(bytes);
    const window = new ByteWindow(bytes);
    while (window.available < headerBytes && (await window.fill())) {
      /* the header may arrive in pieces */
    }
    return new CaptureSource(kind, name, bytes, window, chooseReader(called, window));
  } catch (error) {
    await bytes.close();
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${called}: ${reasonOf(error)}.`, { cause: error });
  }
}

async function readPrefix(source: ByteSource): Promise<Uint8Array> {
  const prefix = new Uint8Array(2);
  const first = await source.read(prefix);
  const second = first === 1 ? await source.read(prefix.subarray(1)) : 0;
  return prefix.subarray(0, first + second);
}

function chooseReader(called: string, window: ByteWindow): FormatReader {
  const head = window.bytes.subarray(window.start, window.end);
  if (head.length === 0) throw new ExpectedError(`${called} is empty, and so no capture.`);
  const reader = isPcapng(head)
    ? openPcapngReader(window)
    : isPcap(head)
      ? openPcapReader(window)
      : "is no capture: it is neither pcap nor pcapng";
  if (typeof reader === "string") throw new ExpectedError(`${called} ${reader}.`);
  return reader;
}

class CaptureSource implements PacketSource {
  readonly kind: PacketSource["kind"];
  readonly name: string;
  private readonly bytes: ByteSource;
  private readonly window: ByteWindow;
  private readonly reader: FormatReader;
  private readonly batch: PacketBatch = createPacketBatch();
  private ended = false;

  constructor(
    kind: PacketSource["kind"],
    name: string,
    bytes: ByteSource,
    window: ByteWindow,
    reader: FormatReader,
  ) {
    this.kind = kind;
    this.name = name;
    this.bytes = bytes;
    this.window = window;
    this.reader = reader;
  }

  get linkTypes(): readonly number[] {
    return this.reader.linkTypes;
  }

  get dropped(): number {
    return this.reader.dropped;
  }

  get warnings(): readonly string[] {
    return this.reader.warnings;
  }

  async next(): Promise<PacketBatch | undefined> {
    this.batch.count = 0;
    while (!this.ended) {
      const state = this.reader.read(this.window, this.batch);
      if (state === "stopped") this.ended = true;
      if (this.batch.count > 0) {
        this.batch.bytes = this.window.bytes;
        return this.batch;
      }
      if (state === "more" && !(await this.fill())) this.finish();
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.bytes.close();
  }

  private async fill(): Promise<boolean> {
    try {
      return await this.window.fill(this.reader.needed);
    } catch (error) {
      const called = this.kind === "stdin" ? "standard input" : this.name;
      throw new ExpectedError(`cannot read ${called}: ${reasonOf(error)}.`, { cause: error });
    }
  }

  private finish(): void {
    this.ended = true;
    this.reader.finish(this.window);
    if (this.bytes.problem !== undefined) this.reader.warnings.push(this.bytes.problem);
  }
}
