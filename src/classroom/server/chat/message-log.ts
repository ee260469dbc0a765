/**
 * What is said, on its way to the disk and then to those who hear it. While one batch is written and synced the next
 * one gathers, and only when a batch is on disk is anybody told:
 *
 *      say, tell, other tagged requests ──> waiting, in order ──batch──> store ──written──> m, p to those who hear it
 *                                              ^ one at a time                                └──> then the acknowledgements
 *
 * What v1 clients say among themselves is told at once as ever, and kept a moment later: nobody was promised more.
 * A room that keeps nothing passes by all this, but for the order of acknowledgements.
 */
import { nameKey } from "../../accounts/person-name.ts";
import type { KeptMessage, MessageStore } from "../../chat/message-store.ts";
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { Connection } from "../../net/connection.ts";
import type { Classroom } from "../classroom.ts";
import { deliver } from "./deliver.ts";
import { maxWaitingLogSize, maxWaitingMessages, v1KeepDelayMs } from "../limits.ts";
import type { Peer } from "../peer/peer.ts";
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

/** What one that waits costs beside its text. */
const waitingCost = 128;

export class MessageLog {
  #classroom: Classroom;
  #store: MessageStore;
  #waiting: Waiting[] = [];
  #acking = new Set<Peer>();
  #lastId: number;
  #toldId: number;
  #immediate: NodeJS.Immediate | undefined;
  #ackImmediate: NodeJS.Immediate | undefined;
  #timer: Timer | undefined;
  /** Resolves when the batch that is being written was told. */
  #writing: Promise<void> | undefined;
  /** The cost of all that is not told yet. */
  #size = 0;
  /** Connections that are not read until less waits. */
  readonly #held = new Set<Connection>();
  #failure: string | undefined;

  constructor(classroom: Classroom, store: MessageStore) {
    this.#classroom = classroom;
    this.#store = store;
    this.#lastId = store.lastId();
    this.#toldId = this.#lastId;
  }

  /** Those who were there were told all messages up to this id, and none over it. */
  get toldId(): number {
    return this.#toldId;
  }

  /** Messages that are not told yet. */
  get waitingCount(): number {
    return this.#lastId - this.#toldId;
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
    if (peer.waitingTags > 0) {
      this.#add(undefined, undefined, undefined, peer, tag);
      return this.#schedule();
    }
    peer.acks.acknowledge(tag, 0);
    this.#acking.add(peer);
    this.#ackImmediate ??= setImmediate(() => this.#sendAcks());
  }

  /** Where too much waits for the disk, somebody who adds to it is not read until less does. */
  holdIfFull(connection: Connection): void {
    if (this.#size <= maxWaitingLogSize || this.#held.has(connection)) return;
    this.#held.add(connection);
    this.#classroom.counters.heldForDisk++;
    connection.pause("disk");
  }

  /** Whether something that this person said is not told yet. */
  isWaitingFor(name: string): boolean {
    if (this.#writing !== undefined) return true;
    return this.#waiting.some(({ peer }) => peer?.name === name);
  }

  /** Resolves when all is told that was said before. */
  async settled(): Promise<void> {
    await this.#writing;
    // What waits now is in the next batch, all of it, or in one that another has begun meanwhile.
    if (this.#waiting.length > 0) await this.#next();
  }

  /** Writes what waits and tells it, unless that is being done: then it comes next by itself. */
  #next(): Promise<void> {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
    if (this.#writing !== undefined) return this.#writing;
    const batch = this.#waiting;
    this.#waiting = [];
    // What needs no disk is done within this turn.
    if (batch.every(({ message }) => message === undefined)) this.#tell(batch, undefined);
    else this.#writing = this.#write(batch);
    return this.#writing ?? Promise.resolve();
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const failure = await this.#keep(batch);
    this.#writing = undefined;
    if (this.#waiting.length > 0) this.#schedule();
    this.#tell(batch, failure);
  }

  #tell(batch: readonly Waiting[], failure: string | undefined): void {
    for (const each of batch) {
      const { peer, tag, message } = each;
      this.#size -= waitingCost + (message?.text.length ?? 0);
      if (peer !== undefined) {
        peer.waitingTags--;
        this.#acking.add(peer);
      }
      if (message !== undefined) this.#toldId = message.id;
      if (failure !== undefined && message !== undefined) {
        message.id = 0;
        if (peer !== undefined) {
          peer.refuse("not-kept", failure, { tag });
          continue;
        }
      }
      if (message !== undefined) deliver(this.#classroom, each, message);
      peer?.acks.acknowledge(tag, message?.id ?? 0);
    }
    this.#sendAcks();
    if (this.#size > maxWaitingLogSize / 2) return;
    for (const connection of this.#held) connection.resume("disk");
    this.#held.clear();
  }

  #sendAcks(): void {
    clearImmediate(this.#ackImmediate);
    this.#ackImmediate = undefined;
    // Everybody has what was told before anybody is told that it is done.
    this.#classroom.tick.run();
    for (const peer of this.#acking) peer.sendAcks();
    this.#acking.clear();
    this.#classroom.tick.run();
  }

  #message(room: number, sender: string, recipient: string, text: string): KeptMessage {
    this.#classroom.totals.messages++;
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
    this.#size += waitingCost + (message?.text.length ?? 0);
    this.#waiting.push({ message, place, bytes, peer, tag });
  }

  /** @returns a sentence where nothing of it could be kept */
  async #keep(batch: readonly Waiting[]): Promise<string | undefined> {
    const messages: KeptMessage[] = [];
    const tags = new Map<string, number>();
    for (const { message, peer, tag } of batch) {
      if (message === undefined) continue;
      messages.push(message);
      if (peer !== undefined) tags.set(nameKey(peer.name), tag);
    }
    const { screen, log } = this.#classroom.ports;
    try {
      await this.#store.append(messages, tags);
      this.#classroom.ports.search.wake();
      if (this.#failure !== undefined) screen.line("Messages are kept again.");
      this.#failure = undefined;
      return undefined;
    } catch (error) {
      this.#classroom.counters.unkeptMessages += messages.length;
      if (!(error instanceof ExpectedError)) log.fault(error);
      else if (this.#failure !== error.message) screen.line(asSentence(error.message));
      this.#failure = error instanceof ExpectedError ? error.message : "";
      return "The server could not keep this; please tell your teacher and send it again.";
    }
  }

  #schedule(): void {
    if (this.#writing === undefined) this.#immediate ??= setImmediate(() => void this.#next());
  }

  #scheduleLater(): void {
    if (this.#waiting.length >= maxWaitingMessages) this.#schedule();
    else if (this.#writing === undefined) this.#timer ??= setTimeout(() => void this.#next(), v1KeepDelayMs);
  }
}
