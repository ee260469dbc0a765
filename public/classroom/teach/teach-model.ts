/** What a teacher knows more than others: who is muted, whose hand is up, what can be asked, how many have answered. */
import { byName } from "../../lib/by-name.ts";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { maxDoneLines } from "../limits.ts";

export type Person = NonNullable<Control<"people">["people"]>[number];
export type Ban = NonNullable<Control<"people">["bans"]>[number];

export class TeachModel {
  people: Person[] = [];
  bans: Ban[] = [];
  hands: Control<"hands"> = { hands: [], count: 0 };
  /** Files of questions on the server. */
  banks: string[] = [];
  /** The one of them that this person has sent and not chosen yet. */
  newBank: string | undefined;
  /** How many have answered, by the question's number in the file. */
  readonly counts = new Map<number, Control<"count">>();
  /** What was done, the latest last. */
  readonly done: string[] = [];
  /** Whether this person's own hand is up. */
  isHandUp = false;
  /** The quiz that the counts are of. */
  #quiz: number | undefined;
  #coming: { people: Person[]; bans: Ban[] } = { people: [], bans: [] };

  hearPeople({ people = [], bans = [], more }: Control<"people">): void {
    this.#coming.people.push(...people);
    this.#coming.bans.push(...bans);
    if (more === true) return;
    this.people = this.#coming.people.toSorted((a, b) => byName(a.name, b.name));
    this.bans = this.#coming.bans;
    this.#coming = { people: [], bans: [] };
  }

  hearCount(count: Control<"count">): void {
    if (this.#quiz !== count.quiz) this.counts.clear();
    this.#quiz = count.quiz;
    this.counts.set(count.number, count);
  }

  hearDone(text: string): void {
    if (text !== "") this.done.push(text);
    if (this.done.length > maxDoneLines) this.done.shift();
  }

  get(name: string): Person | undefined {
    return this.people.find((each) => each.name === name);
  }
}
