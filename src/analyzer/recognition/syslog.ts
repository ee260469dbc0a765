/** Syslog (RFC 5424, section 6.2.1), told on its port: `<34>1 2026-01-01T…` or `<34>Jan  1 …`, priority to 191. */
const highestPriority = 191;

export function isSyslog(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 4 > end || bytes[start] !== 0x3c) return false;
  let priority = 0;
  let at = start + 1;
  while (at < end && at < start + 4 && bytes[at]! >= 0x30 && bytes[at]! <= 0x39)
    priority = priority * 10 + bytes[at++]! - 0x30;
  return at > start + 1 && at < end && bytes[at] === 0x3e && priority <= highestPriority;
}
