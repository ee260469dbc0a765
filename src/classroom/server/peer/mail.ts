/** The private messages to one person of the second protocol: those that waited, and those that come. */
import { nameKey } from "../../accounts/person-name.ts";
import type { KeptMessage } from "../../chat/message-store.ts";
import { encodePrivate } from "../../protocol/v2/message.ts";
import { maxPrivateAtOnce, maxPrivateBytesAtOnce } from "../limits.ts";
import type { Peer } from "./peer.ts";

export class PeerMail {
  #peer: Peer;
  /** The id up to which they were sent. */
  #sent = 0;
  #isMore = false;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  hear(message: KeptMessage): void {
    // What is more than may be sent at once comes when the rest was seen, in order.
    if (this.#isMore) return;
    this.#sent = Math.max(message.id, this.#sent);
    this.#peer.send(encodePrivate({ ...message, from: message.sender, to: message.recipient }));
  }

  /** Sends those that wait, as many as may be sent at once. @param seen up to this id they were seen */
  begin(seen: number): void {
    this.#sent = seen;
    this.#send();
  }

  /** This person has seen them up to this id. */
  see(id: number): void {
    const { classroom, name } = this.#peer;
    const upTo = Math.min(id, this.#sent);
    classroom.noteSeen(name, upTo);
    if (this.#isMore && upTo === this.#sent) this.#send();
  }

  #send(): void {
    const { classroom, name } = this.#peer;
    const { messages } = classroom.ports;
    const key = nameKey(name);
    const waiting = messages.toPerson(key, this.#sent, maxPrivateAtOnce, maxPrivateBytesAtOnce);
    this.#isMore = false;
    // What is on disk and not told yet is told like everything that is new.
    for (const message of waiting) if (message.id <= classroom.log.toldId) this.hear(message);
    const last = waiting.at(-1);
    this.#isMore = last !== undefined && messages.toPerson(key, last.id, 1).length > 0;
  }
}
