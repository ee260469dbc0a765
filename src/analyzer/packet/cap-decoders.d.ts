/** The part of cap's plain JavaScript decoders that tests use as an independent witness. */
declare module "cap/lib/Decoders" {
  interface Decoded<T> {
    info: T;
    offset: number;
  }
  export function Ethernet(b: Buffer, offset?: number): Decoded<{ type?: number; length?: number }>;
  export function IPV4(
    b: Buffer,
    offset?: number,
  ): Decoded<{
    protocol: number;
    totallen: number;
    fragoffset: number;
    srcaddr: string;
    dstaddr: string;
  }>;
  export function IPV6(
    b: Buffer,
    offset?: number,
  ): Decoded<{ protocol: number; srcaddr: string; dstaddr: string }>;
  export function TCP(b: Buffer, offset?: number): Decoded<{ srcport: number; dstport: number }>;
  export function UDP(b: Buffer, offset?: number): Decoded<{ srcport: number; dstport: number }>;
}
