/** Addresses of packets as text, for reasons. */
import type { DecodedColumns } from "../../packet/decoded-columns.ts";
import { formatAddress, loadAddress } from "../../traffic/address.ts";
import type { PacketRows } from "../features/packet-ends.ts";

export function sourceText({ bytes }: PacketRows, columns: DecodedColumns, row: number): string {
  const version = columns.networkVersion[row]!;
  return addressText(bytes, columns.networkStart[row]! + (version === 4 ? 12 : 8), version);
}

export function destinationText({ bytes }: PacketRows, columns: DecodedColumns, row: number): string {
  const version = columns.networkVersion[row]!;
  return addressText(bytes, columns.networkStart[row]! + (version === 4 ? 16 : 24), version);
}

/** @param version 4 or 6; for anything else there is no address */
export function addressText(bytes: Uint8Array, at: number, version: number): string {
  if (version !== 4 && version !== 6) return "nobody";
  const words = new Uint32Array(4);
  loadAddress(bytes, at, version, words, 0);
  return formatAddress(version, words, 0);
}
