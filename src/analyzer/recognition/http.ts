/**
 * HTTP/1 (RFC 9112, sections 3 and 4).
 *
 *     GET /index.html HTTP/1.1\r\n          HTTP/1.1 200 OK\r\n
 *     Host: example.org\r\n
 */
import type { Facts } from "./facts.ts";
import { placeOf, readName, startsWith } from "./read-bytes.ts";

/** RFC 9110, WebDAV (RFC 4918), and those of UPnP. */
const methods = [
  "GET ",
  "POST ",
  "HEAD ",
  "PUT ",
  "DELETE ",
  "OPTIONS ",
  "CONNECT ",
  "TRACE ",
  "PATCH ",
  "PROPFIND ",
  "PROPPATCH ",
  "MKCOL ",
  "COPY ",
  "MOVE ",
  "LOCK ",
  "UNLOCK ",
  "REPORT ",
  "SEARCH ",
  "NOTIFY ",
  "SUBSCRIBE ",
  "UNSUBSCRIBE ",
  "RPC_IN_DATA ",
  "RPC_OUT_DATA ",
];

/** Bytes of header lines that are searched for the host. */
const maxHeaderBytes = 2048;

/** Whether a request or an answer begins at `start`. */
export function isHttp(bytes: Uint8Array, start: number, end: number): boolean {
  return isAnswer(bytes, start, end) || isRequest(bytes, start, end);
}

function isAnswer(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, "HTTP/1.");
}

/** A method of HTTP, and, where the line ends in these bytes, its version: others share the methods. */
function isRequest(bytes: Uint8Array, start: number, end: number): boolean {
  const method = methodAt(bytes, start, end);
  if (method === undefined) return false;
  const lineEnd = placeOf(bytes, start + method.length, end, 0x0a);
  if (lineEnd < 0) return isTarget(bytes, start + method.length, end);
  const last = bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
  return startsWith(bytes, last - 8, last, "HTTP/1.");
}

function methodAt(bytes: Uint8Array, start: number, end: number): string | undefined {
  const first = bytes[start];
  return methods.find((method) => method.charCodeAt(0) === first && startsWith(bytes, start, end, method));
}

/** The target of a request begins with `/`, is `*`, or is an address of http (section 3.2). */
function isTarget(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && (bytes[at] === 0x2f || startsWith(bytes, at, end, "http"));
}

/** The host asked for and the method, or the status of an answer. */
export function readHttp(bytes: Uint8Array, start: number, end: number): Facts {
  if (isAnswer(bytes, start, end))
    return start + 12 <= end ? { detail: readName(bytes, start + 9, start + 12) } : {};
  const method = methodAt(bytes, start, end);
  if (method === undefined) return {};
  const name = hostOf(bytes, start, Math.min(end, start + maxHeaderBytes));
  const detail = method.trimEnd();
  return name === undefined ? { detail } : { name, detail };
}

/** The value of the header `Host`, without its port. */
function hostOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  let line = placeOf(bytes, start, end, 0x0a) + 1;
  while (line > 0 && line < end) {
    const lineEnd = placeOf(bytes, line, end, 0x0a);
    if (lineEnd < 0) return undefined;
    const isHost = (bytes[line]! | 32) === 0x68 && /^host:/i.test(readName(bytes, line, line + 5));
    const last = bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    if (isHost) return withoutPort(readName(bytes, line + 5, last).trim());
    line = lineEnd + 1;
  }
  return undefined;
}

function withoutPort(host: string): string | undefined {
  const name = host.replace(/:\d+$/, "");
  return name === "" ? undefined : name;
}
