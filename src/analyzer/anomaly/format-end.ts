/** Addresses of any kind as text. */
import { formatAddress, formatMac, loadAddress } from "../traffic/address.ts";

const words = new Uint32Array(4);

/** @param bytes 4 or 16 of an IP address, 6 of a link address, none or undefined where it is not known */
export function formatEnd(bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.length === 0) return "unknown";
  if (bytes.length === 6) {
    const high = (bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!;
    return formatMac(high >>> 0, (bytes[4]! << 8) | bytes[5]!);
  }
  const version = bytes.length === 4 ? 4 : 6;
  loadAddress(bytes, 0, version, words, 0);
  return formatAddress(version, words, 0);
}
