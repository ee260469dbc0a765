/**
 * One frame of the wire, the same in both protocols:
 *
 *      0        2              2+h          6+h             6+h+p
 *      +--------+--------------+------------+---------------+
 *      | u16 h  | header       | u32 p      | payload       |     big-endian, UTF-8
 *      +--------+--------------+------------+---------------+
 *
 *      00 03    6d 73 67       00 00 00 02  68 69                msg | hi
 *
 * h is at most 64, p at most 1 MiB, both in bytes.
 */
import { maxHeaderBytes, maxPayloadBytes } from "./limits.ts";

const encoder = new TextEncoder();

/** Bytes of a frame around its payload, for a header of `headerBytes` bytes. */
export function overheadOf(headerBytes: number): number {
  return 6 + headerBytes;
}

/**
 * Encodes one frame.
 * @param payload text, or bytes that are UTF-8 already
 * @throws RangeError where header or payload is over its limit: callers check what people type first
 */
export function encodeFrame(header: string, payload: string | Uint8Array): Uint8Array {
  const head = encoder.encode(header);
  const body = typeof payload === "string" ? encoder.encode(payload) : payload;
  if (head.length > maxHeaderBytes) throw new RangeError(`a header of ${head.length} bytes`);
  if (body.length > maxPayloadBytes) throw new RangeError(`a payload of ${body.length} bytes`);
  const frame = new Uint8Array(overheadOf(head.length) + body.length);
  writeFrameStart(frame, 0, head, body.length);
  frame.set(body, frame.length - body.length);
  return frame;
}

/**
 * Writes all of a frame but its payload at `at`.
 * @returns the place of the payload
 */
export function writeFrameStart(
  target: Uint8Array,
  at: number,
  header: Uint8Array,
  payloadBytes: number,
): number {
  target[at] = header.length >>> 8;
  target[at + 1] = header.length & 255;
  for (let i = 0; i < header.length; i++) target[at + 2 + i] = header[i]!;
  const place = at + 2 + header.length;
  target[place] = payloadBytes >>> 24;
  target[place + 1] = (payloadBytes >>> 16) & 255;
  target[place + 2] = (payloadBytes >>> 8) & 255;
  target[place + 3] = payloadBytes & 255;
  return place + 4;
}
