/** The frames of the second protocol out of the messages of a web socket, which are cut anywhere. */
import { maxHeaderBytes, maxPayloadBytes } from "../../src/classroom/protocol/limits.ts";

export type FrameSink = (header: string, bytes: Uint8Array, start: number, end: number) => void;

export class FrameSplitter {
  #sink: FrameSink;
  #held = new Uint8Array(0);

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** @returns false where the other side breaks the wire's rules, and nothing more can be read */
  push(message: Uint8Array): boolean {
    const bytes = this.#held.length === 0 ? message : join(this.#held, message);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (;;) {
      if (at + 2 > bytes.length) break;
      const headerBytes = view.getUint16(at);
      if (headerBytes > maxHeaderBytes) return false;
      const start = at + 2 + headerBytes + 4;
      if (start > bytes.length) break;
      const length = view.getUint32(start - 4);
      if (length > maxPayloadBytes) return false;
      if (start + length > bytes.length) break;
      const header = String.fromCharCode(...bytes.subarray(at + 2, at + 2 + headerBytes));
      at = start + length;
      this.#sink(header, bytes, start, at);
    }
    this.#held = bytes.slice(at);
    return true;
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
