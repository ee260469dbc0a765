/** Values of headers as people write them. */

/** `00:1b:21:0a:0b:0c`. */
export function formatMac(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/** `10.0.0.1`. */
export function formatIpv4(bytes: Uint8Array): string {
  return bytes.join(".");
}

/** `2001:db8::1`, the longest run of zeros left out (RFC 5952). */
export function formatIpv6(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  let from = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && words[i + run] === 0) run++;
    if (run > length) [from, length] = [i, run];
  }
  const text = words.map((word) => word.toString(16));
  if (from < 0) return text.join(":");
  return `${text.slice(0, from).join(":")}::${text.slice(from + length).join(":")}`;
}

/** `0x0800`, with the digits that `bytes` bytes have. */
export function formatHex(value: number, bytes: number): string {
  return `0x${value.toString(16).padStart(bytes * 2, "0")}`;
}

/** `0x0800 (IPv4)`, or the number alone where it has no name. */
export function named(names: Readonly<Record<number, string>>, hexBytes = 0) {
  return (value: number): string => {
    const text = hexBytes > 0 ? formatHex(value, hexBytes) : String(value);
    return names[value] === undefined ? text : `${text} (${names[value]})`;
  };
}

/** The names of the bits that are set, from the lowest: `SYN, ACK`; `none` where no bit is. */
export function bitNames(names: readonly string[]) {
  return (value: number): string => names.filter((_, i) => value & (1 << i)).join(", ") || "none";
}
