/**
 * The IP headers of a chunk's packets besides the innermost ones: those of tunnels around them, and those that
 * errors quote. Whoever asks for an address means them too, and ordinary packets have none.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import type { OuterHeaders } from "../packet/outer-headers.ts";
import type { AddressIds } from "./address-ids.ts";

const stride = 5;
const firstHeaders = 64;

/** Places of words in a header. */
export const headerWord = {
  row: 0,
  /** Ids of `AddressIds`. */
  source: 1,
  destination: 2,
  /** Source port << 16 | destination port. */
  ports: 3,
  /** The IP protocol number of what it carries; `quotedHeader` is added where it is quoted. */
  transport: 4,
} as const;

export const quotedHeader = 256;

export class StoredHeaders {
  count = 0;
  /** Headers that were not kept. */
  refused = 0;
  /** Five words a header, in the order of their rows. */
  words = new Uint32Array(firstHeaders * stride);
  /** The number of each header's flow; 0 for none, as for quotes. */
  flows = new Uint32Array(firstHeaders);
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Words of a header. */
  get stride(): number {
    return stride;
  }

  clear(): void {
    this.count = 0;
  }

  add(
    row: number,
    source: number,
    destination: number,
    ports: number,
    transport: number,
    flow: number,
  ): void {
    if (this.count === this.limit) {
      this.refused++;
      return;
    }
    if (this.count === this.flows.length) this.grow();
    const at = this.count * stride;
    this.words[at + headerWord.row] = row;
    this.words[at + headerWord.source] = source;
    this.words[at + headerWord.destination] = destination;
    this.words[at + headerWord.ports] = ports;
    this.words[at + headerWord.transport] = transport;
    this.flows[this.count++] = flow;
  }

  /** The first header of a row that is not before `row`. */
  firstFrom(row: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.words[middle * stride + headerWord.row]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private grow(): void {
    const words = new Uint32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    const flows = new Uint32Array(this.flows.length * 2);
    flows.set(this.flows);
    this.flows = flows;
  }
}

/**
 * Adds the headers of the rows `from` to `until` of a batch.
 * @param shift from a row of the batch to that of the chunk
 * @param outerFlows the numbers of the outer headers' flows
 */
export function addHeaders(
  headers: StoredHeaders,
  shift: number,
  { bytes }: PacketBatch,
  { outer, quotes }: DecodedColumns,
  from: number,
  until: number,
  addresses: AddressIds,
  outerFlows: Uint32Array | undefined,
): void {
  let nextOuter = firstOf(outer, from);
  let nextQuote = firstOf(quotes, from);
  while (true) {
    const outerRow = rowBelow(outer, nextOuter, until);
    const quoteRow = rowBelow(quotes, nextQuote, until);
    if (outerRow === until && quoteRow === until) return;
    const isOuter = outerRow <= quoteRow;
    const list = isOuter ? outer : quotes;
    const i = isOuter ? nextOuter++ : nextQuote++;
    const length = list.kindOf(i) >> 8 === 4 ? 4 : 16;
    const at = list.networkStartOf(i) + (length === 4 ? 12 : 8);
    headers.add(
      list.rowOf(i) + shift,
      addresses.idOf(length, bytes, at),
      addresses.idOf(length, bytes, at + length),
      list.portsOf(i),
      (list.kindOf(i) & 0xff) + (isOuter ? 0 : quotedHeader),
      isOuter ? (outerFlows?.[i] ?? 0) : 0,
    );
  }
}

function firstOf(list: OuterHeaders, row: number): number {
  let i = 0;
  while (i < list.count && list.rowOf(i) < row) i++;
  return i;
}

function rowBelow(list: OuterHeaders, i: number, until: number): number {
  return i < list.count ? Math.min(until, list.rowOf(i)) : until;
}
