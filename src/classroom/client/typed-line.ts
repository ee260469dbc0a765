/**
 * What a typed line means: header, first `:`, payload. Lines that the server could only refuse, and files that
 * no server could find the end of, are told about here and never leave.
 */
import { maxHeaderBytes, maxPayloadBytes } from "../protocol/limits.ts";
import { parseFileRequest } from "../protocol/messages.ts";

export type TypedLine =
  | { kind: "nothing" }
  | { kind: "help" }
  | { kind: "leave" }
  | { kind: "frame"; header: string; payload: string }
  /** `to` is undefined for the server */
  | { kind: "upload"; to: string | undefined; path: string }
  /** nothing is sent; `sentence` tells why */
  | { kind: "told"; sentence: string };

export const hint = "Type a header, a colon and the text, for example msg:hi (help lists them all).";
const fileHint = "Type file_transfer:file_to_server:FILE or file_transfer:file_to:NAME:FILE.";

export function parseTypedLine(line: string): TypedLine {
  const bare = line.trim();
  if (bare === "") return { kind: "nothing" };
  if (bare === "help") return { kind: "help" };
  const at = line.indexOf(":");
  if (at < 0) return { kind: "told", sentence: hint };
  const header = line.slice(0, at).trim();
  const payload = line.slice(at + 1);
  if (header === "cmd" && payload.trim() === "disconnect") return { kind: "leave" };
  if (header === "file_transfer") return parseUpload(payload);
  const tooLong = lengthProblem(header, payload);
  return tooLong === undefined ? { kind: "frame", header, payload } : { kind: "told", sentence: tooLong };
}

/** Why a frame cannot carry this, or undefined. */
export function lengthProblem(header: string, payload: string): string | undefined {
  const headerBytes = Buffer.byteLength(header);
  if (headerBytes > maxHeaderBytes)
    return `The word before the colon has ${headerBytes} bytes; ${maxHeaderBytes} are allowed.`;
  if (Buffer.byteLength(payload) > maxPayloadBytes)
    return `The message is longer than ${maxPayloadBytes} bytes; send it as a file.`;
  return undefined;
}

function parseUpload(payload: string): TypedLine {
  const request = parseFileRequest(payload);
  const path = request?.file.trim();
  if (request === undefined || path === undefined || path === "") return { kind: "told", sentence: fileHint };
  if (request.kind === "to-server") return { kind: "upload", to: undefined, path };
  if (request.name.trim() === "") return { kind: "told", sentence: fileHint };
  return { kind: "upload", to: request.name, path };
}
