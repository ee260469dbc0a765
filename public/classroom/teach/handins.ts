/** Files that teachers ask every student for, as the server tells of them: who was asked, and who has handed in what. */
import { byName } from "../../lib/by-name.ts";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";

export type Handin = NonNullable<Control<"handins">["receipts"]>[number];

export interface Collecting {
  readonly number: number;
  readonly name: string;
  isOpen: boolean;
  /** The latest receipt of each student. */
  readonly receipts: Map<string, Handin>;
  readonly asked: Set<string>;
  /** How many were asked whom the server does not name. */
  more: number;
}

export class Handins {
  /** The latest first. */
  readonly list: Collecting[] = [];

  hear({ number, name, open, asked = [], receipts = [], more = 0 }: Control<"handins">): void {
    let found = this.list.find((each) => each.number === number);
    if (found === undefined) {
      found = { number, name, isOpen: open, receipts: new Map(), asked: new Set(), more };
      this.list.unshift(found);
    }
    found.isOpen = open;
    found.more = Math.max(found.more, more);
    for (const each of asked) found.asked.add(each);
    for (const receipt of receipts) found.receipts.set(receipt.student, receipt);
  }

  /** One that has ended is not shown any more. */
  hide(collecting: Collecting): void {
    const at = this.list.indexOf(collecting);
    if (at >= 0 && !collecting.isOpen) this.list.splice(at, 1);
  }

  /** Over another connection all that is open is told again. */
  pause(): void {
    for (const each of this.list) each.isOpen = false;
  }
}

/** Who was asked and has not handed in, sorted. @param teachers are not asked, whatever they were before */
export function missingOf({ asked, receipts }: Collecting, teachers: ReadonlySet<string>): string[] {
  return [...asked].filter((name) => !receipts.has(name) && !teachers.has(name)).toSorted(byName);
}
