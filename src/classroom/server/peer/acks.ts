/** What a person's requests came to and is not told yet: one acknowledgement stands for many. */
import type { Ack } from "../../protocol/v2/message.ts";

export class PeerAcks {
  /** The last message that was acknowledged, and the last tag. */
  #message = { tag: 0, id: 0 };
  #tag = 0;

  /** All up to this tag is done. @param id of the message with this tag, or 0 */
  acknowledge(tag: number, id: number): void {
    this.#tag = Math.max(tag, this.#tag);
    if (id > 0) this.#message = { tag, id };
  }

  /** @returns what there is to tell; it is told then */
  take(): Ack[] {
    const acks = this.#message.id > 0 ? [this.#message] : [];
    if (this.#tag > this.#message.tag) acks.push({ tag: this.#tag, id: 0 });
    this.#message = { tag: 0, id: 0 };
    this.#tag = 0;
    return acks;
  }
}
