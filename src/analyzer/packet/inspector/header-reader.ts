/**
 * Reads the fields of one header into a list. Offsets count from the header's beginning. A field that was not
 * captured is left out of the list and reads as 0: nothing is read beyond the end, and nothing throws.
 */
import { formatHex, formatIpv4, formatIpv6, formatMac } from "./format-values.ts";
import type { InspectedField } from "./inspected-layer.ts";

/** Bytes of a field that are written out; further ones are told by their number. */
const shownBytes = 32;

export class HeaderReader {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** One past the last byte that belongs to the header and what it carries. */
  readonly end: number;
  fields: InspectedField[] = [];

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = Math.max(start, Math.min(end, bytes.length));
  }

  /** Captured bytes from `offset` on. */
  left(offset: number): number {
    return Math.max(0, this.end - this.start - offset);
  }

  has(offset: number, length: number): boolean {
    return offset >= 0 && this.start + offset + length <= this.end;
  }

  /** A number of 1 to 6 bytes, the highest first, without a field for it; 0 where it was not captured. */
  peek(offset: number, length: number): number {
    if (!this.has(offset, length)) return 0;
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + this.bytes[this.start + offset + i]!;
    return value;
  }

  /** The same, the lowest byte first. */
  peekLittle(offset: number, length: number): number {
    if (!this.has(offset, length)) return 0;
    let value = 0;
    for (let i = length - 1; i >= 0; i--) value = value * 256 + this.bytes[this.start + offset + i]!;
    return value;
  }

  uint(name: string, offset: number, length: number, format: (value: number) => string = String): number {
    const value = this.peek(offset, length);
    this.add(name, offset, length, () => format(value));
    return value;
  }

  uintLittle(name: string, offset: number, length: number, format: (value: number) => string = String) {
    const value = this.peekLittle(offset, length);
    this.add(name, offset, length, () => format(value));
    return value;
  }

  hex(name: string, offset: number, length: number): number {
    return this.uint(name, offset, length, (value) => formatHex(value, length));
  }

  /** Some bits of a number: those of `mask` after `shift` to the right. */
  bits(
    name: string,
    offset: number,
    length: number,
    shift: number,
    mask: number,
    format: (value: number) => string = String,
  ): number {
    const value = Math.floor(this.peek(offset, length) / 2 ** shift) & mask;
    this.add(name, offset, length, () => format(value));
    return value;
  }

  mac(name: string, offset: number): void {
    this.add(name, offset, 6, formatMac);
  }

  ipv4(name: string, offset: number): void {
    this.add(name, offset, 4, formatIpv4);
  }

  ipv6(name: string, offset: number): void {
    this.add(name, offset, 16, formatIpv6);
  }

  /** Bytes as they are, as far as they were captured. */
  raw(name: string, offset: number, length: number): void {
    const there = Math.min(length, this.left(offset));
    if (there <= 0) return;
    this.add(name, offset, there, (bytes) => {
      const shown = bytes.subarray(0, shownBytes).toHex();
      return bytes.length > shownBytes ? `${shown}… (${bytes.length} bytes)` : shown;
    });
  }

  /** A field that holds what `describe` reads. */
  group(name: string, offset: number, length: number, describe: () => void): void {
    const outer = this.fields;
    this.fields = [];
    describe();
    const inner = this.fields;
    this.fields = outer;
    const there = Math.min(length, this.left(offset));
    if (there <= 0) return;
    const value = inner.map(({ name }) => name).join(", ");
    this.fields.push({ name, value, start: this.start + offset, length: there, fields: inner });
  }

  private add(name: string, offset: number, length: number, format: (bytes: Uint8Array) => string): void {
    if (!this.has(offset, length)) return;
    const start = this.start + offset;
    this.fields.push({ name, value: format(this.bytes.subarray(start, start + length)), start, length });
  }
}
