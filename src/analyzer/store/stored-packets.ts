/**
 * The last packets, each with its columns and, as long as they can be read, its bytes: what the dashboard shows
 * packets out of.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { batchRows } from "../limits.ts";
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import type { ByteKeeper } from "./byte-keeper.ts";
import { PacketReader } from "./packet-reader.ts";
import { PacketStore } from "./packet-store.ts";

/** A packet as it was captured. */
export interface StoredPacket {
  kind: "packet";
  /** Counted from 1. */
  number: number;
  /** Whole seconds since 1970 and nanoseconds on top; NaN where the capture keeps no time. */
  seconds: number;
  nanos: number;
  linkType: number;
  /** Length on the wire. */
  wire: number;
  /** What was captured of it, as the decoder saw it. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why there is no such packet, or why its bytes cannot be had, in a sentence. */
export interface MissingPacket {
  kind: "missing";
  reason: string;
}

export class StoredPackets {
  readonly columns: PacketStore;
  private readonly keeper: ByteKeeper;
  private readonly stripsFront: boolean;
  private readonly places = new Float64Array(batchRows);

  /** @param stripsFront whether the source takes pseudo headers off its packets; live ones do not */
  constructor(keeper: ByteKeeper, stripsFront: boolean, columns = new PacketStore()) {
    this.keeper = keeper;
    this.stripsFront = stripsFront;
    this.columns = columns;
  }

  /** Packets whose bytes are no longer kept, or never were. */
  get lost(): number {
    return this.keeper.lost;
  }

  /** Sentences about what could not be kept. */
  get warnings(): readonly string[] {
    return this.keeper.warnings;
  }

  /** Adds a decoded batch, with the number of each packet's flow, and of each outer header's. */
  add(batch: PacketBatch, columns: DecodedColumns, flows: Uint32Array, outerFlows?: Uint32Array): void {
    this.keeper.keep(batch, this.places);
    this.columns.add(batch, columns, flows, outerFlows, this.places);
  }

  /** Packet `number`, counted from 1. Never throws. */
  packetBytes(number: number): StoredPacket | MissingPacket {
    const found = this.columns.find(number);
    if (found === undefined) return { kind: "missing", reason: this.whyNotThere(number) };
    const { chunk, row } = found;
    const bytes = this.reader(0).bytesOf(chunk, row);
    if (typeof bytes === "string")
      return { kind: "missing", reason: `The bytes of packet ${number} cannot be had. ${bytes}` };
    return {
      kind: "packet",
      number,
      seconds: chunk.seconds[row]!,
      nanos: chunk.nanos[row]!,
      linkType: chunk.linkType[row]!,
      wire: chunk.wire[row]!,
      bytes,
    };
  }

  /** Why packet `number` has no columns here, as a sentence. */
  whyNotThere(number: number): string {
    const { first, last } = this.columns;
    if (number >= 1 && number < first)
      return `Packet ${number} is no longer kept: the first one that is has the number ${first}.`;
    return last === 0
      ? `There is no packet ${number}: none has come yet.`
      : `There is no packet ${number}: the last one has the number ${last}.`;
  }

  /** For many packets in a row, of which so many bytes are read at once. */
  reader(aheadBytes: number): PacketReader {
    return new PacketReader(this.keeper, aheadBytes, this.stripsFront);
  }

  /** Lets go of files. Bytes cannot be had any more. */
  async close(): Promise<void> {
    await this.keeper.close();
  }
}
