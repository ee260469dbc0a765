/** Who has raised a hand, the first first. Teachers see the queue, told of many changes at once. */
import { nameKey } from "../../accounts/person-name.ts";
import { encodeControl } from "../../protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import { handToldEveryMs, maxHandsRemembered, maxHandsShown, tellHandsAfterMs } from "../limits.ts";
import { hearsTeaching } from "../peer/hears-teaching.ts";
import type { Peer } from "../peer/peer.ts";

export class Hands {
  #classroom: Classroom;
  #raised = new Map<string, { name: string; timeMs: number }>();
  #timer: Timer | undefined;
  /** When the operator was told of a hand, by the name's key. */
  #toldMs = new Map<string, number>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  get size(): number {
    return this.#raised.size;
  }

  has(name: string): boolean {
    return this.#raised.has(nameKey(name));
  }

  *names(): Iterable<string> {
    for (const { name } of this.#raised.values()) yield name;
  }

  /** @returns false where it is up already */
  raise(name: string): boolean {
    if (this.has(name)) return false;
    this.#raised.set(nameKey(name), { name, timeMs: this.#classroom.ports.wallClock() });
    this.#tellSoon();
    return true;
  }

  /** @returns false where it was not up */
  lower(name: string): boolean {
    if (!this.#raised.delete(nameKey(name))) return false;
    this.#tellSoon();
    return true;
  }

  /** Whether the operator is to be told, who is not told of the same person all the time. */
  isNews(name: string, nowMs: number): boolean {
    const key = nameKey(name);
    if (nowMs - (this.#toldMs.get(key) ?? Number.NEGATIVE_INFINITY) < handToldEveryMs) return false;
    if (this.#toldMs.size >= maxHandsRemembered) this.#toldMs.clear();
    this.#toldMs.set(key, nowMs);
    return true;
  }

  /** Tells somebody who teaches, and nobody else. */
  tell(teacher: Peer): void {
    if (!hearsTeaching(teacher)) return;
    const hands = [...this.#raised.values()].slice(0, maxHandsShown);
    teacher.send(encodeControl("hands", { hands, count: this.size }));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const peer of this.#classroom.peers) this.tell(peer);
    }, tellHandsAfterMs);
  }
}
