/** How far away a person is: measured by a `ping` of the server's whose `pong` comes back. */
import { maxPingBytes } from "../../protocol/v2/limits.ts";

export class RoundTrip {
  /** How long a frame went to and fro when it was last measured; 0 where it was not. */
  ms = 0;
  #number = 0;
  #sentMs = 0;

  /** @returns the payload of the `ping` */
  begin(nowMs: number): string {
    this.#sentMs = nowMs;
    return `q${++this.#number}`;
  }

  heard(bytes: Uint8Array, start: number, end: number, nowMs: number): void {
    if (end - start > maxPingBytes) return;
    if (Buffer.from(bytes.subarray(start, end)).toString() === `q${this.#number}`)
      this.ms = nowMs - this.#sentMs;
  }
}
