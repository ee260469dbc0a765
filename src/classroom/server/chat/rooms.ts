/** All rooms of a server, by name and by number. */
import { checkName, nameKey } from "../../accounts/person-name.ts";
import type { MessageStore } from "../../chat/message-store.ts";
import { Fanout } from "../../net/fanout.ts";
import type { WriteTick } from "../../net/write-tick.ts";
import { maxRooms } from "../limits.ts";
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

  /** @param typed with any case */
  has(typed: string): boolean {
    return this.#byKey.has(nameKey(typed));
  }

  /**
   * The room of this name, made where there is none.
   * @param keeps whether one that is made keeps its messages
   */
  open(typed: string, keeps: boolean): OpenRoom {
    const room = this.#byKey.get(nameKey(typed));
    if (room !== undefined) return { ok: true, room };
    const check = checkName(typed, "room's name");
    if (!check.ok) return { ok: false, code: "room", text: check.reason };
    if (this.size >= maxRooms)
      return { ok: false, code: "limit", text: `There are ${maxRooms} rooms already.` };
    const number = this.#lastNumber + 1;
    if (keeps) this.#store.addRoom({ number, name: check.name });
    return { ok: true, room: this.#add(number, check.name, keeps) };
  }

  /** Forgets a room that nobody is in and that keeps nothing. */
  tidy(room: Room): void {
    if (room.keeps || room.peers.size > 0) return;
    this.#byKey.delete(nameKey(room.name));
    this.#byNumber.delete(room.number);
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#byNumber.values();
  }

  #add(number: number, name: string, keeps: boolean): Room {
    const room = { number, name, keeps, fanout: new Fanout(this.#tick), peers: new Set<Peer>() };
    this.#byKey.set(nameKey(name), room);
    this.#byNumber.set(number, room);
    this.#lastNumber = Math.max(this.#lastNumber, number);
    return room;
  }
}
