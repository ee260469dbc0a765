/** Bytes of a pipe into lines. A line that no message could hold is cut, so that it cannot fill the memory. */
import { maxHeaderBytes, maxPayloadBytes } from "../protocol/limits.ts";

/** Characters kept of a line: enough that what is cut is over every limit of the wire. */
const maxLineCharacters = maxHeaderBytes + maxPayloadBytes + 64;

export class LineSplitter {
  #decoder = new TextDecoder();
  #begun = "";

  /** @returns the lines that are whole now, without their line ends */
  push(bytes: Uint8Array): string[] {
    const parts = this.#decoder.decode(bytes, { stream: true }).split("\n");
    const last = parts.pop()!;
    if (parts.length === 0) {
      this.#begun = this.#extend(last);
      return [];
    }
    parts[0] = this.#extend(parts[0]!);
    this.#begun = "";
    this.#begun = this.#extend(last);
    return parts.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  }

  /** @returns what stands behind the last line feed, if anything */
  end(): string[] {
    const line = this.#begun + this.#decoder.decode();
    this.#begun = "";
    return line === "" ? [] : [line];
  }

  #extend(text: string): string {
    const room = maxLineCharacters - this.#begun.length;
    return room <= 0 ? this.#begun : this.#begun + text.slice(0, room);
  }
}
