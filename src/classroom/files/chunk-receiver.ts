/**
 * The receiving side of one transfer of the second protocol (PROTOCOL.md §10): chunks in order, within credit and
 * size. It knows no connection, no disk and no hash.
 */
import { creditStepBytes, creditWindowBytes } from "./limits.ts";

/** Why a transfer ends. */
export interface TransferProblem {
  code: "gap" | "credit" | "size" | "hash";
  text: string;
}

/** Where the data goes. */
export interface ChunkSink {
  write(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes taken and not yet with the system. */
  readonly pendingBytes: number;
}

export class ChunkReceiver {
  /** The offset up to which data has come. */
  offset = 0;
  /** The offset that data may reach. */
  upTo = 0;
  readonly size: number;
  #sink: ChunkSink;

  /** @param offset how much was there before this connection */
  constructor(size: number, sink: ChunkSink, offset = 0) {
    this.size = size;
    this.#sink = sink;
    this.offset = offset;
    this.upTo = offset;
  }

  /** Takes the data `bytes[start .. end)`; where it gives a problem the transfer is over. */
  take(offset: number, bytes: Uint8Array, start: number, end: number): TransferProblem | undefined {
    const next = offset + end - start;
    if (offset !== this.offset)
      return { code: "gap", text: `Data at ${offset} came where ${this.offset} was due.` };
    if (next > this.size) return { code: "size", text: "More came than the offer said." };
    if (next > this.upTo) return { code: "credit", text: "More came than was allowed for now." };
    this.#sink.write(bytes, start, end);
    this.offset = next;
    return undefined;
  }

  /** @returns the new credit where it is time to tell one */
  creditDue(): number | undefined {
    const written = this.offset - this.#sink.pendingBytes;
    const upTo = Math.min(this.size, written + creditWindowBytes);
    const isWorth = upTo - this.upTo >= creditStepBytes || (upTo === this.size && upTo > this.upTo);
    if (!isWorth) return undefined;
    this.upTo = upTo;
    return upTo;
  }

  /** All has come. @returns what is wrong with that */
  end(size: number): TransferProblem | undefined {
    return size === this.size && this.offset === this.size
      ? undefined
      : { code: "size", text: `${this.offset} bytes came of ${this.size}.` };
  }
}

/** What there is to say where the hash of a file that came is not what its sender told. */
export const otherHash: TransferProblem = {
  code: "hash",
  text: "What came is not what was sent: the hashes differ.",
};
