/**
 * Packets that have not been judged yet: the row of features, both ends and the time of each, in columns. What
 * is ordinary can only be said at the end of a capture, and this is what must be kept until then.
 */
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import { flowKey } from "./flow-key.ts";

const [tcp, udp, sctp] = [6, 17, 132];
const chunkRows = 1 << 16;

/** Columns of some packets, `count` of them. */
export interface LogChunk {
  count: number;
  /** The number of its feature row. */
  readonly vector: Uint32Array;
  /** Ids of its ends' addresses. */
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  /** Seconds since 1970, or NaN. */
  readonly seconds: Float64Array;
  /** Its own number, from 1. */
  readonly number: Float64Array;
  /** Bytes on the wire. */
  readonly size: Uint32Array;
  /** The key of its flow (see flow-key.ts), 0 for none. */
  readonly flow: Uint32Array;
  /** Once it is judged: the number of the episode that a flagged packet is part of, 0 for others. */
  readonly episode: Uint32Array;
}

export class PacketLog {
  chunks: LogChunk[] = [];
  count = 0;
  private last: LogChunk | undefined;

  push(
    vector: number,
    source: number,
    destination: number,
    seconds: number,
    number: number,
    size: number,
  ): void {
    let chunk = this.last;
    if (chunk === undefined || chunk.count === chunkRows) chunk = this.extend();
    const row = chunk.count++;
    chunk.vector[row] = vector;
    chunk.source[row] = source;
    chunk.destination[row] = destination;
    chunk.seconds[row] = seconds;
    chunk.number[row] = number;
    chunk.size[row] = size;
    chunk.flow[row] = 0;
    this.count++;
  }

  /** Notes the flows of the last `count` packets pushed: the first ones of `columns`. */
  noteFlows(columns: DecodedColumns, count: number): void {
    const { transport, sourcePort, destinationPort } = columns;
    for (let at = this.chunks.length - 1, left = count; left > 0; at--) {
      const { flow, source, destination, count: rows } = this.chunks[at]!;
      const here = Math.min(left, rows);
      left -= here;
      for (let i = 0, row = rows - here; i < here; i++, row++) {
        const packet = left + i;
        const kind = transport[packet]!;
        if (kind === tcp || kind === udp || kind === sctp)
          flow[row] = flowKey(
            source[row]!,
            sourcePort[packet]!,
            destination[row]!,
            destinationPort[packet]!,
            kind,
          );
      }
    }
  }

  /** Lets all packets go, and keeps the room of one chunk for those to come. */
  clear(): void {
    this.chunks.length = Math.min(this.chunks.length, 1);
    this.last = this.chunks[0];
    if (this.last !== undefined) this.last.count = 0;
    this.count = 0;
  }

  private extend(): LogChunk {
    this.last = {
      count: 0,
      vector: new Uint32Array(chunkRows),
      source: new Uint32Array(chunkRows),
      destination: new Uint32Array(chunkRows),
      seconds: new Float64Array(chunkRows),
      number: new Float64Array(chunkRows),
      size: new Uint32Array(chunkRows),
      flow: new Uint32Array(chunkRows),
      episode: new Uint32Array(chunkRows),
    };
    this.chunks.push(this.last);
    return this.last;
  }
}
