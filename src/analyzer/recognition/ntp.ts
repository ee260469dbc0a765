/**
 * NTP (RFC 5905, section 7.3), told on its port alone.
 *
 *      0                          1         2      3           4
 *     | leap 2, version 3, mode 3 | stratum | poll | precision | … 48 bytes in modes 1 to 5
 */
export function isNtp(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 4 > end) return false;
  const version = (bytes[start]! >> 3) & 7;
  const mode = bytes[start]! & 7;
  if (version < 1 || version > 4 || mode === 0) return false;
  // Control (6) and private (7) messages are shorter (RFC 9327).
  return mode >= 6 ? start + 8 <= end : start + 48 <= end && bytes[start + 1]! <= 16;
}
