/** Rooms, and what people have seen and read, until they are written: what is asked for meanwhile is answered from here. */
import type { KeptRoom } from "../../classroom/chat/message-store.ts";
import type { WrittenMarks } from "./message-writer.ts";

export class PendingMarks {
  #newRooms: KeptRoom[] = [];
  #seen = new Map<string, number>();
  /** By the room and the key of a name. */
  #reads = new Map<string, readonly [nameKey: string, room: number, id: number]>();
  /** Those that are being written. */
  #taken: PendingMarks | undefined;

  addRoom(room: KeptRoom): void {
    this.#newRooms.push(room);
  }

  setSeen(nameKey: string, id: number): void {
    this.#seen.set(nameKey, Math.max(id, this.#seen.get(nameKey) ?? 0));
  }

  setRead(nameKey: string, room: number, id: number): void {
    const key = `${room} ${nameKey}`;
    this.#reads.set(key, [nameKey, room, Math.max(id, this.#reads.get(key)?.[2] ?? 0)]);
  }

  seen(nameKey: string): number {
    return Math.max(this.#seen.get(nameKey) ?? 0, this.#taken?.seen(nameKey) ?? 0);
  }

  /** @returns undefined where nothing of it waits */
  read(nameKey: string, room: number): number | undefined {
    const waiting = this.#reads.get(`${room} ${nameKey}`)?.[2];
    const taken = this.#taken?.read(nameKey, room);
    return waiting === undefined ? taken : Math.max(waiting, taken ?? 0);
  }

  /** What is written now, until `giveBack` or the next `take`. */
  take(): WrittenMarks {
    const taken = new PendingMarks();
    taken.#newRooms = this.#newRooms;
    taken.#seen = this.#seen;
    taken.#reads = this.#reads;
    this.#newRooms = [];
    this.#seen = new Map();
    this.#reads = new Map();
    this.#taken = taken;
    return { seen: taken.#seen, reads: [...taken.#reads.values()], newRooms: taken.#newRooms };
  }

  /** They could not be written, and wait for the next time. */
  giveBack({ seen, reads, newRooms }: WrittenMarks): void {
    this.#newRooms = [...newRooms, ...this.#newRooms];
    for (const [key, id] of seen) this.setSeen(key, id);
    for (const [key, room, id] of reads) this.setRead(key, room, id);
  }
}
