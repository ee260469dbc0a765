/**
 * Opens a capture whatever its format, told by its content and never by its name: pcap, pcapng or snoop,
 * plain or compressed.
 */
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { openFileBytes, prefixedBytes, streamBytes, type ByteSource } from "./byte-source.ts";
import { ByteWindow } from "./byte-window.ts";
import type { FormatReader } from "./format-reader.ts";
import { compressionOf, inflateBytes } from "./inflate-bytes.ts";
import { createPacketBatch, type PacketBatch } from "./packet-batch.ts";
import type { PacketSource, SourceProgress } from "./packet-source.ts";
import { isPcap, openPcapReader } from "./pcap-reader.ts";
import { isPcapng, openPcapngReader } from "./pcapng-reader.ts";
import { isSnoop, openSnoopReader } from "./snoop-reader.ts";

/** The longest file header of the formats. */
const headerBytes = 28;

/**
 * Opens the capture file at `path`.
 * @param name what it is called
 * @throws ExpectedError when it cannot be read, or is no capture
 */
export async function openCaptureFile(path: string, name = path): Promise<PacketSource> {
  return await openCapture("file", name, await openFileBytes(path), path);
}

/**
 * Opens the capture that arrives on a stream.
 * @throws ExpectedError when it is no capture
 */
export async function openCaptureStream(stream: ReadableStream<Uint8Array>): Promise<PacketSource> {
  return await openCapture("stdin", "-", streamBytes(stream));
}

/**
 * Opens the capture that `source` holds; closes it when that fails.
 * @param path of the file that it is, where it can be read again
 */
export async function openCapture(
  kind: PacketSource["kind"],
  name: string,
  source: ByteSource,
  path = name,
): Promise<PacketSource> {
  const called = kind === "stdin" ? "standard input" : name;
  let bytes = source;
  try {
    const prefix = await readPrefix(bytes);
    bytes = prefixedBytes(prefix, bytes);
    const compression = compressionOf(prefix);
    // A pipe has no length.
    const isPlainFile =
      kind === "file" && compression === undefined && bytes.progress.totalBytes !== undefined;
    if (compression !== undefined) bytes = inflateBytes(bytes, compression);
    const window = new ByteWindow(bytes);
    while (window.available < headerBytes && (await window.fill())) {
      /* the header may arrive in pieces */
    }
    const rereadPath = isPlainFile ? path : undefined;
    return new CaptureSource(kind, name, rereadPath, bytes, window, chooseReader(called, window));
  } catch (error) {
    await bytes.close();
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`cannot read ${called}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** The first bytes, by which a compression is known; fewer where there are no more. */
async function readPrefix(source: ByteSource): Promise<Uint8Array> {
  const prefix = new Uint8Array(4);
  let length = 0;
  while (length < prefix.length) {
    const read = await source.read(prefix.subarray(length));
    if (read === 0) break;
    length += read;
  }
  return prefix.subarray(0, length);
}

function chooseReader(called: string, window: ByteWindow): FormatReader {
  const head = window.bytes.subarray(window.start, window.end);
  if (head.length === 0) throw new ExpectedError(`${called} is empty, and so no capture.`);
  const open = isPcapng(head)
    ? openPcapngReader
    : isPcap(head)
      ? openPcapReader
      : isSnoop(head)
        ? openSnoopReader
        : undefined;
  const reader = open?.(window) ?? "is no capture: it is neither pcap nor pcapng nor snoop";
  if (typeof reader === "string") throw new ExpectedError(`${called} ${reader}.`);
  return reader;
}

class CaptureSource implements PacketSource {
  readonly kind: PacketSource["kind"];
  readonly name: string;
  readonly rereadPath: string | undefined;
  private readonly bytes: ByteSource;
  private readonly window: ByteWindow;
  private readonly reader: FormatReader;
  private readonly batch: PacketBatch = createPacketBatch();
  private ended = false;

  constructor(
    kind: PacketSource["kind"],
    name: string,
    rereadPath: string | undefined,
    bytes: ByteSource,
    window: ByteWindow,
    reader: FormatReader,
  ) {
    this.kind = kind;
    this.name = name;
    this.rereadPath = rereadPath;
    this.bytes = bytes;
    this.window = window;
    this.reader = reader;
  }

  get linkTypes(): readonly number[] {
    return this.reader.linkTypes;
  }

  get progress(): SourceProgress {
    return this.bytes.progress;
  }

  get dropped(): number {
    return this.reader.dropped;
  }

  get droppedByPcs(): number | undefined {
    return this.reader.droppedByPcs;
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
        this.batch.position = this.window.position;
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
      this.reader.warnings.push(
        `The capture cannot be read further: ${reasonOf(error)}; what was read counts.`,
      );
      return false;
    }
  }

  private finish(): void {
    this.ended = true;
    this.reader.finish(this.window);
    if (this.bytes.problem !== undefined) this.reader.warnings.push(this.bytes.problem);
  }
}
