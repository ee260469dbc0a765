/** Who is in the room, by name; each name has one seat. */
import { nameKey } from "../accounts/person-name.ts";

export class Roster<Seat> {
  #seats = new Map<string, Seat>();

  get size(): number {
    return this.#seats.size;
  }

  /** @param name with any case */
  find(name: string): Seat | undefined {
    return this.#seats.get(nameKey(name));
  }

  /** @returns who had the seat before */
  sit(name: string, seat: Seat): Seat | undefined {
    const key = nameKey(name);
    const before = this.#seats.get(key);
    this.#seats.set(key, seat);
    return before;
  }

  /** Gives the seat up, unless somebody else has it by now. */
  leave(name: string, seat: Seat): boolean {
    const key = nameKey(name);
    if (this.#seats.get(key) !== seat) return false;
    return this.#seats.delete(key);
  }

  [Symbol.iterator](): IterableIterator<Seat> {
    return this.#seats.values();
  }
}
