/**
 * Which messages of which room a person has not read: what is said in a room counts as read when it is shown while
 * one types into that room. How far each room is read is told to the server, so that it is known the next time.
 */
import { showableLine } from "../../lib/showable.ts";

export class UnreadMarks {
  /** By the name of a room. */
  readonly #unread = new Map<string, number>();
  /** The highest id read in each room. */
  readonly #read = new Map<string, number>();
  /** Rooms whose mark is to be told to the server. */
  readonly #untold = new Set<string>();

  /** The server told, on joining a room, how much in it is newer than what was read. */
  joined(room: string, unread: number): void {
    if (unread === 0) this.#unread.delete(room);
    else this.#unread.set(room, unread);
  }

  left(room: string): void {
    this.#unread.delete(room);
    this.#untold.delete(room);
  }

  /** A message with this id was shown. @param isCurrent whether its room is typed into */
  shown(room: string, id: number, isCurrent: boolean): void {
    if (isCurrent) this.read(room, id);
    else this.#unread.set(room, this.of(room) + 1);
  }

  /** Everything of a room is read, up to this id. */
  read(room: string, id: number): void {
    this.#unread.delete(room);
    if (id <= (this.#read.get(room) ?? 0)) return;
    this.#read.set(room, id);
    this.#untold.add(room);
  }

  of(room: string): number {
    return this.#unread.get(room) ?? 0;
  }

  /** Rooms with unread messages, with how many, as it stands before the line that is typed. */
  get text(): string {
    const rooms = Array.from(this.#unread, ([room, count]) => `${showableLine(room)} ${count}`);
    return rooms.length === 0 ? "" : `(${rooms.join(", ")}) `;
  }

  /** What is to be told to the server now. */
  takeUntold(): [room: string, id: number][] {
    const untold = Array.from(this.#untold, (room): [string, number] => [room, this.#read.get(room)!]);
    this.#untold.clear();
    return untold;
  }
}
