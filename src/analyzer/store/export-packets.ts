/**
 * Stored packets as a capture file, a piece at a time. A packet whose bytes are gone keeps its place in the file,
 * with its time and its length on the wire, as one of which nothing was captured.
 */
import { CaptureEncoder, type CaptureFormat } from "../capture/capture-encoder.ts";
import { exportReadBytes } from "../limits.ts";
import type { PacketStore } from "./packet-store.ts";
import type { StoreChunk } from "./store-chunk.ts";
import type { StoredPackets } from "./stored-packets.ts";

export interface ExportOptions {
  format: CaptureFormat;
  /** Those of the packets; exactly one for pcap. */
  linkTypes: readonly number[];
  /** Whether a packet is wanted, by its number; all are where it is left out. */
  isWanted?: ((number: number) => boolean) | undefined;
  /** What pcapng says about a packet; nothing where it is empty. */
  commentOf?: ((chunk: StoreChunk, row: number) => string) | undefined;
  /** Whether what there is should be yielded now, be it empty; never where it is left out. */
  isOver?: (() => boolean) | undefined;
}

/** The link types of the packets that are kept and wanted, each once, in the order of their first packets. */
export function storedLinkTypes(columns: PacketStore, isWanted?: (number: number) => boolean): number[] {
  const types = new Map<number, true>();
  let before = -1;
  for (const { chunk, from, until, number } of columns.rows())
    for (let row = from; row < until; row++) {
      const type = chunk.linkType[row]!;
      if (type === before || isWanted?.(number + row - from) === false) continue;
      types.set(type, true);
      before = type;
    }
  return [...types.keys()];
}

/**
 * The file that holds the packets that are wanted of those kept now. What comes while it is being read is not waited
 * for, and what is dropped meanwhile is left out.
 */
export function* exportPackets(
  packets: StoredPackets,
  { format, linkTypes, isWanted, commentOf, isOver }: ExportOptions,
): Generator<Uint8Array<ArrayBuffer>, void> {
  const { columns } = packets;
  const { last } = columns;
  const reader = packets.reader(exportReadBytes);
  const ready: Uint8Array<ArrayBuffer>[] = [];
  const encoder = new CaptureEncoder({
    format,
    linkTypes,
    interfaceName: "",
    sink: (bytes) => void ready.push(bytes.slice()),
  });
  for (let number = columns.first; number <= last; number++) {
    if (isWanted?.(number) === false) {
      // A clock costs much beside a packet that is passed by.
      if (number % passedBy > 0 || isOver?.() !== true) continue;
      yield nothing;
      reader.forget();
      number = Math.max(number, columns.first - 1);
      continue;
    }
    const { chunk, row } = columns.find(number)!;
    const front = reader.frontOf(chunk, row);
    const bytes = reader.bytesOf(chunk, row, front);
    const comment = commentOf?.(chunk, row) ?? "";
    encoder.add(
      linkTypes.indexOf(chunk.linkType[row]!),
      typeof bytes === "string" ? nothing : bytes,
      chunk.wire[row]! + front,
      chunk.seconds[row]!,
      chunk.nanos[row]!,
      comment === "" ? nothing : textEncoder.encode(comment),
    );
    if (ready.length === 0 && isOver?.() !== true) continue;
    yield ready.pop() ?? nothing;
    // Whoever asks for the next piece may have taken long: files may have changed, and packets may have gone.
    reader.forget();
    number = Math.max(number, columns.first - 1);
  }
  encoder.flush();
  yield* ready;
}

const passedBy = 4096;
const nothing = new Uint8Array(0);
const textEncoder = new TextEncoder();
