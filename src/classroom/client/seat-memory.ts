/**
 * What a client remembers of its seat from one connection to the next: the token, how far it has heard each room,
 * and what it said that is not acknowledged. With it nothing is lost and nothing comes twice (PROTOCOL.md §4, §8).
 */
import { maxUnacknowledged } from "./limits.ts";

/** Something said that the server has not acknowledged. */
export interface Unacknowledged {
  tag: number;
  /** Whether it is a message to a room, which comes back out of the room's history. */
  isSay: boolean;
  /** Makes the frame for the present connection; undefined where it cannot be said there. */
  frame: () => Uint8Array | undefined;
  /** Hears of it when the server has acknowledged this one. */
  onKept: (() => void) | undefined;
}

export class SeatMemory {
  token: string | undefined;
  /** The room that is typed into. */
  current = "";
  /** The highest id heard in each room, by the room's name; undefined before the first message. */
  readonly rooms = new Map<string, number | undefined>();
  /** The highest id of a private message that was shown. */
  seen = 0;
  #nextTag = 1;
  #waiting: Unacknowledged[] = [];
  /** The highest id of an own message that was acknowledged. */
  #acknowledgedId = 0;
  /** Own messages that the server has, without having told their ids. */
  #untoldSays = 0;

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** No more may be said before the server has acknowledged something. */
  get isFull(): boolean {
    return this.#waiting.length >= maxUnacknowledged;
  }

  /** Keeps something until it is acknowledged. @param make makes its frame with the tag it gets */
  add(make: (tag: number) => Uint8Array | undefined, isSay = false, onKept?: () => void): Unacknowledged {
    const tag = this.#nextTag++;
    const entry = { tag, isSay, frame: () => make(tag), onKept };
    this.#waiting.push(entry);
    return entry;
  }

  /** A tag for what is not said again by itself. */
  takeTag(): number {
    return this.#nextTag++;
  }

  /** The server has dealt with all up to this tag. */
  acknowledge(tag: number, id: number): void {
    for (const { onKept } of this.#forget(tag)) onKept?.();
    this.#acknowledgedId = Math.max(this.#acknowledgedId, id);
  }

  /** The server has refused one. */
  refuse(tag: number): void {
    this.#waiting = this.#waiting.filter((entry) => entry.tag !== tag);
  }

  /** A new connection has the seat. @returns what has to be said again, in order */
  resume(lastTag: number): readonly Unacknowledged[] {
    // The server has these, but what it said to them was lost on the way.
    for (const { tag, isSay } of this.#waiting) if (isSay && tag <= lastTag) this.#untoldSays++;
    this.#forget(lastTag);
    this.#nextTag = Math.max(this.#nextTag, lastTag + 1);
    return [...this.#waiting];
  }

  #forget(tag: number): Unacknowledged[] {
    const kept = this.#waiting.findIndex((entry) => entry.tag > tag);
    return this.#waiting.splice(0, kept < 0 ? this.#waiting.length : kept);
  }

  /** A message came out of a room. @returns whether it is news */
  hear(room: string, id: number, isOwn: boolean): boolean {
    if (id === 0) return true;
    const before = this.rooms.get(room) ?? 0;
    if (id <= before) return false;
    this.rooms.set(room, id);
    if (!isOwn) return true;
    if (id <= this.#acknowledgedId) return false;
    if (this.#untoldSays === 0) return true;
    this.#untoldSays--;
    return false;
  }

  /** A private message came. @returns whether it is news */
  hearPrivately(id: number): boolean {
    if (id <= this.seen) return false;
    this.seen = id;
    return true;
  }
}
