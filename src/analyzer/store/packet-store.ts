/**
 * The last packets as columns of numbers, so that any filter can be answered by a loop over a few of them, and any
 * packet found again where its bytes lie. A ring of chunks: memory is taken as packets come, up to the limit, and
 * then the oldest chunk is written over.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { maxStoredPackets, storeChunkRows } from "../limits.ts";
import { noOffset, type DecodedColumns } from "../packet/decoded-columns.ts";
import { AddressIds } from "./address-ids.ts";
import { addHeaders } from "./stored-headers.ts";
import { createStoreChunk, notJudged, type StoreChunk } from "./store-chunk.ts";

/** A part of a chunk: rows `from` to `until`, of which `from` is packet `number`, counted from 1. */
export interface StoredRows {
  chunk: StoreChunk;
  from: number;
  until: number;
  number: number;
}

export class PacketStore {
  readonly addresses: AddressIds;
  /** Rows of a chunk: packet `number` is row `(number - 1) % chunkRows` of chunk `floor((number - 1) / chunkRows)`. */
  readonly chunkRows: number;
  /** Grows whenever scores are set, or something else is expected. */
  scoresSet = 0;
  private readonly chunks: StoreChunk[] = [];
  private readonly maxChunks: number;
  /** By an episode's number: 1 where it is expected. */
  private expected = new Uint8Array(0);
  /** Packets ever added. */
  private added = 0;

  /** @param limit packets that are kept at least, once there are so many */
  constructor(limit = maxStoredPackets, chunkRows = storeChunkRows, addresses = new AddressIds()) {
    this.chunkRows = chunkRows;
    // One more than needed: the chunk being written over holds fewer than all of its packets.
    this.maxChunks = Math.ceil(limit / chunkRows) + 1;
    this.addresses = addresses;
  }

  /** The number of the last packet, 0 where there is none. */
  get last(): number {
    return this.added;
  }

  /** The number of the first packet that is still kept; one more than `last` where there is none. */
  get first(): number {
    const whole = Math.floor(this.added / this.chunkRows);
    return Math.max(0, whole - this.maxChunks + 1) * this.chunkRows + 1;
  }

  /**
   * Adds a batch.
   * @param flows the number of each packet's flow, 0 where it has none
   * @param outerFlows the same of its outer headers, in their order
   * @param places where each packet begins in the capture file; left out where nothing is kept of its bytes
   */
  add(
    batch: PacketBatch,
    columns: DecodedColumns,
    flows: Uint32Array,
    outerFlows?: Uint32Array,
    places?: Float64Array,
  ): void {
    for (let from = 0; from < batch.count;) {
      const row = this.added % this.chunkRows;
      const until = Math.min(batch.count, from + this.chunkRows - row);
      const chunk = this.chunkFor(this.added, row);
      chunk.seconds.set(batch.seconds.subarray(from, until), row);
      chunk.nanos.set(batch.nanos.subarray(from, until), row);
      chunk.wire.set(batch.wire.subarray(from, until), row);
      chunk.captured.set(batch.captured.subarray(from, until), row);
      chunk.linkType.set(batch.linkType.subarray(from, until), row);
      chunk.layers.set(columns.layers.subarray(from, until), row);
      chunk.protocol.set(columns.protocol.subarray(from, until), row);
      chunk.flags.set(columns.flags.subarray(from, until), row);
      chunk.sourcePort.set(columns.sourcePort.subarray(from, until), row);
      chunk.destinationPort.set(columns.destinationPort.subarray(from, until), row);
      chunk.transport.set(columns.transport.subarray(from, until), row);
      chunk.flow.set(flows.subarray(from, until), row);
      if (places === undefined) chunk.place.fill(Number.NaN, row, row + until - from);
      else chunk.place.set(places.subarray(from, until), row);
      chunk.score.fill(notJudged, row, row + until - from);
      chunk.vector.fill(0, row, row + until - from);
      chunk.episode.fill(0, row, row + until - from);
      this.addAddresses(chunk, row, batch, columns, from, until);
      addHeaders(chunk.headers, row - from, batch, columns, from, until, this.addresses, outerFlows);
      this.added += until - from;
      from = until;
    }
  }

  /**
   * Sets what was found out about packets later on; those that are no longer kept, or not there yet, are ignored.
   * @param firstNumber the packet that row 0 of `scores` and `vectors` is about
   * @param scores as in `StoreChunk`
   * @param episodes as in `StoreChunk`; left out where there are none
   */
  setScores(
    firstNumber: number,
    scores: Uint16Array,
    vectors: Uint32Array,
    count: number,
    episodes?: Uint32Array,
  ): void {
    const end = Math.min(this.added + 1, firstNumber + count);
    for (let number = Math.max(this.first, firstNumber); number < end;) {
      const row = (number - 1) % this.chunkRows;
      const length = Math.min(end - number, this.chunkRows - row);
      const from = number - firstNumber;
      const chunk = this.chunkOf(number - 1);
      chunk.score.set(scores.subarray(from, from + length), row);
      chunk.vector.set(vectors.subarray(from, from + length), row);
      if (episodes !== undefined) chunk.episode.set(episodes.subarray(from, from + length), row);
      number += length;
    }
    this.scoresSet++;
  }

  /** These episodes, and no others, are marked as expected: their packets are not flagged. */
  expectEpisodes(numbers: readonly number[]): void {
    if (numbers.length === 0 && this.expected.length === 0) return;
    this.expected = new Uint8Array(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
    for (const number of numbers) this.expected[number] = 1;
    this.scoresSet++;
  }

  /** Whether a packet is part of what was marked as expected. */
  isExpected({ episode }: StoreChunk, row: number): boolean {
    return this.expected[episode[row]!] === 1;
  }

  /** The numbers of feature rows set until now mean nothing any more. */
  forgetVectors(): void {
    for (const { vector } of this.chunks) vector.fill(0);
  }

  /** The packets that are kept from `start` on, in their order, a chunk at a time. Nothing may be added meanwhile. */
  *rows(start = 1): Generator<StoredRows> {
    for (let number = Math.max(start, this.first); number <= this.added;) {
      const from = (number - 1) % this.chunkRows;
      const until = Math.min(this.chunkRows, from + this.added - number + 1);
      yield { chunk: this.chunkOf(number - 1), from, until, number };
      number += until - from;
    }
  }

  /** The row of packet `number`, or undefined where it is not kept. */
  find(number: number): { chunk: StoreChunk; row: number } | undefined {
    if (!Number.isInteger(number) || number < this.first || number > this.added) return undefined;
    return { chunk: this.chunkOf(number - 1), row: (number - 1) % this.chunkRows };
  }

  private chunkOf(index: number): StoreChunk {
    return this.chunks[Math.floor(index / this.chunkRows) % this.maxChunks]!;
  }

  private chunkFor(index: number, row: number): StoreChunk {
    const place = Math.floor(index / this.chunkRows) % this.maxChunks;
    if (row === 0) {
      const chunk = (this.chunks[place] ??= createStoreChunk(this.chunkRows));
      chunk.headers.clear();
    }
    return this.chunks[place]!;
  }

  private addAddresses(
    chunk: StoreChunk,
    row: number,
    { bytes }: PacketBatch,
    { networkVersion, networkStart, linkStart }: DecodedColumns,
    from: number,
    until: number,
  ): void {
    const { addresses } = this;
    const { source, destination } = chunk;
    for (let i = from; i < until; i++, row++) {
      const version = networkVersion[i]!;
      if (version === 0) {
        const link = linkStart[i]!;
        source[row] = link === noOffset ? 0 : addresses.idOf(6, bytes, link + 6);
        destination[row] = link === noOffset ? 0 : addresses.idOf(6, bytes, link);
        continue;
      }
      const length = version === 4 ? 4 : 16;
      const at = networkStart[i]! + (version === 4 ? 12 : 8);
      source[row] = addresses.idOf(length, bytes, at);
      destination[row] = addresses.idOf(length, bytes, at + length);
    }
  }
}
