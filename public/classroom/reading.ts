/**
 * What this person has before the eyes, and so has read. The server is told how far, as a terminal tells it
 * (PROTOCOL.md §5, §7): whoever goes on elsewhere finds the same unread.
 */
import type { Classroom } from "./classroom.ts";
import type { Conversation } from "./conversation.ts";
import { markReadMs, maxPrivateUnread } from "./limits.ts";

export class Reading {
  #classroom: Classroom;
  /** Whether the chat is in sight. */
  #isLooking = false;
  /** How far the server was told over the present connection, by the number of the room. */
  #told = new Map<number, number>();
  #toldSeen = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  /** The chat comes into sight, or goes out of it. */
  look(isLooking: boolean): void {
    if (isLooking === this.#isLooking) return;
    this.#isLooking = isLooking;
    if (isLooking) {
      this.read();
      this.#classroom.changes.tell("messages");
    } else this.tell();
  }

  /** Whether what comes in a conversation is read as it comes. */
  isBeforeEyes(conversation: Conversation): boolean {
    return this.#isLooking && conversation === this.#classroom.current && conversation.past === undefined;
  }

  /** What is in sight is read. */
  read(): void {
    const { current, changes } = this.#classroom;
    if (current === undefined || !this.isBeforeEyes(current)) return;
    current.read();
    changes.tell("rooms");
    this.tellSoon();
  }

  /** @param seen the highest id of a private message that the server was told of */
  begin(seen: number): void {
    this.#told.clear();
    this.#toldSeen = seen;
  }

  tellSoon(): void {
    this.#timer ??= setTimeout(() => this.tell(), markReadMs);
  }

  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const classroom = this.#classroom;
    if (classroom.link === undefined) return;
    for (const { kind, number, readId } of classroom.conversations.values()) {
      if (kind !== "room" || number === undefined || readId === undefined) continue;
      if (readId <= (this.#told.get(number) ?? 0)) continue;
      this.#told.set(number, readId);
      classroom.send("read", { number, id: readId });
    }
    const seen = this.#seen;
    if (seen <= this.#toldSeen) return;
    this.#toldSeen = seen;
    classroom.send("seen", { id: seen });
  }

  /** Up to this id all private messages are read. What is over it comes again, wherever one is next. */
  get #seen(): number {
    const all = this.#classroom.memory.seen;
    let seen = all;
    let count = 0;
    for (const { kind, unread, messages, readId = 0 } of this.#classroom.conversations.values()) {
      if (kind !== "person" || unread === 0) continue;
      count += unread;
      const first = messages.find(
        ({ id, state, tag }) => id > readId && state === undefined && tag === undefined,
      );
      if (first !== undefined) seen = Math.min(seen, first.id - 1);
    }
    return count > maxPrivateUnread ? all : seen;
  }
}
