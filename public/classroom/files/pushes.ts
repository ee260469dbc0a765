/** A teacher's files to everybody in a room, as the server tells of them: who has them, and who cannot get them. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { maxPushesListed } from "../limits.ts";

export type PushRow = NonNullable<Control<"push">["rows"]>[number];

export interface Push {
  readonly number: number;
  file: string;
  size: number;
  room: string;
  of: number;
  done: number;
  failed: number;
  isOver: boolean;
  readonly rows: Map<string, PushRow>;
}

export class Pushes {
  /** The latest first. */
  readonly list: Push[] = [];
  /** Those that are not shown any more, whatever is told of them. */
  readonly #hidden = new Set<number>();

  hear({ push: number, file, size, room, of, done, failed, rows = [], over }: Control<"push">): void {
    if (this.#hidden.has(number)) return;
    const push = this.#get(number);
    push.file = file ?? push.file;
    push.size = size ?? push.size;
    push.room = room ?? push.room;
    push.of = of ?? push.of;
    push.done = done ?? push.done;
    push.failed = failed ?? push.failed;
    for (const row of rows) push.rows.set(row.name, row);
    if (over === true) push.isOver = true;
  }

  hide(push: Push): void {
    const at = this.list.indexOf(push);
    if (at < 0) return;
    this.list.splice(at, 1);
    this.#hidden.add(push.number);
  }

  /** The connection is gone: what the server does not tell of again over the next one has ended with the server. */
  pause(): void {
    for (const push of this.list) push.isOver = true;
  }

  #get(number: number): Push {
    const found = this.list.find((push) => push.number === number);
    if (found !== undefined) {
      found.isOver = false;
      return found;
    }
    const counts = { size: 0, of: 0, done: 0, failed: 0 };
    const made: Push = { number, file: "", room: "", ...counts, isOver: false, rows: new Map() };
    this.list.unshift(made);
    if (this.list.length > maxPushesListed) this.list.pop();
    return made;
  }
}

/** `20 of 28 have it, 1 cannot get it` */
export function pushText({ of, done, failed, isOver }: Push): string {
  const parts = [`${done} of ${of} ${done === 1 ? "has" : "have"} it`];
  if (failed > 0) parts.push(isOver ? `${failed} did not get it` : `${failed} cannot get it`);
  // It has ended with the server.
  const left = of - done - failed;
  if (isOver && left > 0) parts.push(`of ${left} it is not known`);
  return parts.join(", ");
}
