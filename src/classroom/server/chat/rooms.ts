/** All rooms of a server, by name and by number. */
import { checkName, nameKey } from "../../accounts/person-name.ts";
import type { MessageStore } from "../../chat/message-store.ts";
import { Fanout } from "../../net/fanout.ts";
import type { WriteTick } from "../../net/write-tick.ts";
import { maxRooms, maxRoomsMadeByStudent } from "../limits.ts";
import type { Peer } from "../peer/peer.ts";
import type { Room } from "./room.ts";

/** The room where everybody is. */
export const mainRoomName = "main";

export type OpenRoom = { ok: true; room: Room } | { ok: false; code: string; text: string };

export class Rooms {
  readonly main: Room;
  #tick: WriteTick;
  #store: MessageStore;
  #byKey = new Map<string, Room>();
  #byNumber = new Map<number, Room>();
  /** How many each student has made, by the name's key. */
  #made = new Map<string, number>();
  #lastNumber = 0;

  constructor(tick: WriteTick, store: MessageStore) {
    this.#tick = tick;
    this.#store = store;
    for (const { number, name } of store.rooms()) this.#add(number, name, true);
    const main = this.#byKey.get(mainRoomName);
    if (main === undefined) store.addRoom({ number: 1, name: mainRoomName });
    this.main = main ?? this.#add(1, mainRoomName, true);
  }

  get size(): number {
    return this.#byNumber.size;
  }

  withNumber(number: number): Room | undefined {
    return this.#byNumber.get(number);
  }

  /** @param typed with any case */
  find(typed: string): Room | undefined {
    return this.#byKey.get(nameKey(typed));
  }

  /**
   * The room of this name, made where there is none.
   * @param keeps whether one that is made keeps its messages
   * @param student the key of the student who makes it: one must not use up all that there may be
   */
  open(typed: string, keeps: boolean, student: string | undefined): OpenRoom {
    const room = this.find(typed);
    if (room !== undefined) return { ok: true, room };
    const check = checkName(typed, "room's name");
    if (!check.ok) return { ok: false, code: "room", text: check.reason };
    if (this.size >= maxRooms)
      return { ok: false, code: "limit", text: `There are ${maxRooms} rooms already.` };
    const made = student === undefined ? 0 : (this.#made.get(student) ?? 0);
    if (made >= maxRoomsMadeByStudent)
      return { ok: false, code: "limit", text: `You have made ${maxRoomsMadeByStudent} rooms already.` };
    if (student !== undefined) this.#made.set(student, made + 1);
    const number = this.#lastNumber + 1;
    if (keeps) this.#store.addRoom({ number, name: check.name });
    return { ok: true, room: this.#add(number, check.name, keeps, student) };
  }

  /** Forgets a room that nobody is in and that keeps nothing. */
  tidy(room: Room): void {
    if (room.keeps || room.peers.size > 0) return;
    this.#byKey.delete(nameKey(room.name));
    this.#byNumber.delete(room.number);
    if (room.madeBy === undefined) return;
    const left = this.#made.get(room.madeBy)! - 1;
    if (left === 0) this.#made.delete(room.madeBy);
    else this.#made.set(room.madeBy, left);
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#byNumber.values();
  }

  #add(number: number, name: string, keeps: boolean, madeBy?: string): Room {
    const room = { number, name, keeps, madeBy, fanout: new Fanout(this.#tick), peers: new Set<Peer>() };
    this.#byKey.set(nameKey(name), room);
    this.#byNumber.set(number, room);
    this.#lastNumber = Math.max(this.#lastNumber, number);
    return room;
  }
}
