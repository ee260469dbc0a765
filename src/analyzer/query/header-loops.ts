/**
 * What the headers around a packet, and those it quotes, say about filters of addresses and ports: a packet has
 * such a port where any of its headers has, and is unequal to one where none has it.
 */
import { headerWord, type StoredHeaders } from "../store/stored-headers.ts";
import type { End } from "./filter-node.ts";

/** Sets the rows of which a header has an address of `table`. */
export function markHeaders(
  headers: StoredHeaders,
  from: number,
  until: number,
  end: End,
  table: Uint8Array,
  mask: Uint8Array,
): void {
  const { words, stride, count } = headers;
  for (let i = headers.firstFrom(from); i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) return;
    if (hasAddress(words, i * stride, end, table)) mask[row] = 1;
  }
}

/** Clears those rows, and sets others that have an address in no header but these. @param hasOwn whether the row's own header has */
export function clearHeaders(
  headers: StoredHeaders,
  from: number,
  until: number,
  end: End,
  table: Uint8Array,
  hasOwn: (row: number) => boolean,
  mask: Uint8Array,
): void {
  const { words, stride, count } = headers;
  const first = headers.firstFrom(from);
  for (let i = first; i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) break;
    if (!hasOwn(row)) mask[row] = 1;
  }
  for (let i = first; i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) return;
    if (hasAddress(words, i * stride, end, table)) mask[row] = 0;
  }
}

/** Sets the rows of which a header with a transport of `carriers` has a port of `table`. */
export function markHeaderPorts(
  headers: StoredHeaders,
  from: number,
  until: number,
  end: End,
  table: Uint8Array,
  carriers: Uint8Array,
  mask: Uint8Array,
): void {
  const { words, stride, count } = headers;
  for (let i = headers.firstFrom(from); i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) return;
    const carries = carriers[words[i * stride + headerWord.transport]! & 0xff]!;
    if (carries === 1 && hasPort(words, i * stride, end, table)) mask[row] = 1;
  }
}

/** Clears those rows, and sets others that have ports in no header but these. */
export function clearHeaderPorts(
  headers: StoredHeaders,
  from: number,
  until: number,
  end: End,
  table: Uint8Array,
  carriers: Uint8Array,
  transport: Uint8Array,
  mask: Uint8Array,
): void {
  const { words, stride, count } = headers;
  const first = headers.firstFrom(from);
  for (let i = first; i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) break;
    const carries = carriers[words[i * stride + headerWord.transport]! & 0xff]!;
    if (carries === 1 && carriers[transport[row]!] === 0) mask[row] = 1;
  }
  for (let i = first; i < count; i++) {
    const row = words[i * stride + headerWord.row]!;
    if (row >= until) return;
    const carries = carriers[words[i * stride + headerWord.transport]! & 0xff]!;
    if (carries === 1 && hasPort(words, i * stride, end, table)) mask[row] = 0;
  }
}

function hasAddress(words: Uint32Array, at: number, end: End, table: Uint8Array): boolean {
  if (end !== "destination" && table[words[at + headerWord.source]!] === 1) return true;
  return end !== "source" && table[words[at + headerWord.destination]!] === 1;
}

function hasPort(words: Uint32Array, at: number, end: End, table: Uint8Array): boolean {
  const ports = words[at + headerWord.ports]!;
  if (end !== "destination" && table[ports >>> 16] === 1) return true;
  return end !== "source" && table[ports & 0xffff] === 1;
}
