/** SIP (RFC 3261, section 7): `INVITE sip:bob@example.org SIP/2.0\r\n` and `SIP/2.0 200 OK\r\n`. */
import type { Facts } from "./facts.ts";
import { placeOf, readName, startsWith } from "./read-bytes.ts";

const methods = [
  "INVITE ",
  "ACK ",
  "OPTIONS ",
  "BYE ",
  "CANCEL ",
  "REGISTER ",
  "PRACK ",
  "SUBSCRIBE ",
  "NOTIFY ",
  "PUBLISH ",
  "INFO ",
  "REFER ",
  "MESSAGE ",
  "UPDATE ",
];

export function isSip(bytes: Uint8Array, start: number, end: number): boolean {
  if (startsWith(bytes, start, end, "SIP/2.0 ")) return true;
  const method = methodAt(bytes, start, end);
  if (method === undefined) return false;
  const at = start + method.length;
  return ["sip:", "sips:", "tel:"].some((scheme) => startsWith(bytes, at, end, scheme));
}

/** Method and whom it is for, or the status. */
export function readSip(bytes: Uint8Array, start: number, end: number): Facts {
  const method = methodAt(bytes, start, end);
  if (method === undefined)
    return start + 11 <= end ? { detail: readName(bytes, start + 8, start + 11) } : {};
  const at = start + method.length;
  const until = placeOf(bytes, at, end, 0x20);
  const detail = method.trimEnd();
  return until < 0 ? { detail } : { name: readName(bytes, at, until), detail };
}

function methodAt(bytes: Uint8Array, start: number, end: number): string | undefined {
  const first = bytes[start];
  return methods.find((method) => method.charCodeAt(0) === first && startsWith(bytes, start, end, method));
}
