/**
 * What is said, on its way to the disk and then to those who hear it. All that comes within one tick is one
 * transaction and one sync of the disk, and only then is anybody told:
 *
 *      say, tell, other tagged requests ──> waiting, in order ──commit──> m, p to those who hear it
 *                                                                └──────> then the acknowledgements
 *
 * What v1 clients say among themselves is told at once as ever, and kept a moment later: nobody was promised more.
 * A room that keeps nothing passes by all this, but for the order of acknowledgements.
 */
import { nameKey } from "../accounts/person-name.ts";
import type { KeptMessage, MessageStore } from "../chat/message-store.ts";
import { asSentence, ExpectedError } from "../../lib/errors.ts";
import type { Classroom } from "./classroom.ts";
import { deliver } from "./deliver.ts";
import { maxWaitingMessages, v1KeepDelayMs } from "./limits.ts";
import type { Peer } from "./peer.ts";
import type { Place } from "./room.ts";

/** Something to be done in order: a message, or only the acknowledgement of a tag. */
export interface Waiting {
  message: KeptMessage | undefined;
  /** Whose `m` it will be; undefined for a private message. */
  place: Place | undefined;
  /** The text in UTF-8, where it is there already. */
  bytes: Uint8Array | undefined;
  /** Who waits for an acknowledgement. */
  peer: Peer | undefined;
  tag: number;
}

export class MessageLog {
  #classroom: Classroom;
  #store: MessageStore;
  #waiting: Waiting[] = [];
  #acking = new Set<Peer>();
  #lastId: number;
  #immediate: NodeJS.Immediate | undefined;
  #timer: Timer | undefined;

  constructor(classroom: Classroom, store: MessageStore) {
    this.#classroom = classroom;
    this.#store = store;
    this.#lastId = store.lastId();
  }

  /** Keeps a message to a room and tells it to those in it. */
  toRoom(
    place: Place,
    sender: string,
    text: string,
    bytes: Uint8Array | undefined,
    peer: Peer | undefined,
    tag: number,
  ): void {
    this.#add(this.#message(place.room.number, sender, "", text), place, bytes, peer, tag);
    // Nobody of the second protocol hears it, and nobody waits: it may be kept together with more.
    if (peer === undefined && place.room.peers.size === 0) this.#scheduleLater();
    else this.#schedule();
  }

  toPerson(sender: string, recipient: string, text: string, peer: Peer | undefined, tag: number): void {
    this.#add(this.#message(0, sender, recipient, text), undefined, undefined, peer, tag);
    this.#schedule();
  }

  /** A tag is dealt with: it is acknowledged behind all that this person asked for before. */
  done(peer: Peer, tag: number): void {
    if (peer.waitingTags > 0) this.#add(undefined, undefined, undefined, peer, tag);
    else peer.acknowledge(tag, 0);
    this.#acking.add(peer);
    this.#schedule();
  }

  /** Does all that waits now. */
  flush(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    const failure = this.#commit(waiting);
    for (const each of waiting) {
      const { peer, tag, message } = each;
      if (peer !== undefined) {
        peer.waitingTags--;
        this.#acking.add(peer);
      }
      if (failure !== undefined && message !== undefined) {
        message.id = 0;
        if (peer !== undefined) {
          peer.refuse("not-kept", failure, { tag });
          continue;
        }
      }
      if (message !== undefined) deliver(this.#classroom, each, message);
      peer?.acknowledge(tag, message?.id ?? 0);
    }
    // Everybody has what was told before anybody is told that it is done.
    this.#classroom.tick.run();
    for (const peer of this.#acking) peer.sendAcks();
    this.#acking.clear();
  }

  #message(room: number, sender: string, recipient: string, text: string): KeptMessage {
    return { id: ++this.#lastId, room, sender, recipient, text, timeMs: this.#classroom.ports.wallClock() };
  }

  #add(
    message: KeptMessage | undefined,
    place: Place | undefined,
    bytes: Uint8Array | undefined,
    peer: Peer | undefined,
    tag: number,
  ): void {
    if (peer !== undefined) peer.waitingTags++;
    this.#waiting.push({ message, place, bytes, peer, tag });
  }

  /** @returns a sentence where nothing of it could be kept */
  #commit(waiting: readonly Waiting[]): string | undefined {
    const messages: KeptMessage[] = [];
    const tags = new Map<string, number>();
    for (const { message, peer, tag } of waiting) {
      if (message === undefined) continue;
      messages.push(message);
      if (peer !== undefined) tags.set(nameKey(peer.name), tag);
    }
    if (messages.length === 0) return undefined;
    try {
      this.#store.append(messages, tags);
      return undefined;
    } catch (error) {
      const { screen, log } = this.#classroom.ports;
      this.#classroom.counters.unkeptMessages += messages.length;
      if (error instanceof ExpectedError) screen.line(asSentence(error.message));
      else log.fault(error);
      return "The server could not keep this; please tell your teacher and send it again.";
    }
  }

  #schedule(): void {
    this.#immediate ??= setImmediate(() => this.flush());
  }

  #scheduleLater(): void {
    if (this.#waiting.length >= maxWaitingMessages) this.#schedule();
    else this.#timer ??= setTimeout(() => this.flush(), v1KeepDelayMs);
  }
}
