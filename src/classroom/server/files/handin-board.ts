/** What teachers are told of files that are collected: who was asked, and what was handed in; many changes together. */
import { nameKey } from "../../accounts/person-name.ts";
import type { Receipt } from "../../files/collection-store.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import { handinsToldEveryMs, maxAskedAtOnce, maxAskedRemembered, maxReceiptsAtOnce } from "../limits.ts";
import { hearsTeaching } from "../peer/hears-teaching.ts";
import type { Peer } from "../peer/peer.ts";
import type { OpenCollection } from "./collect-desk.ts";

type Handins = Control<"handins">;

interface Change {
  readonly collection: OpenCollection;
  /** Names by their keys, of students who were asked for the first time. */
  readonly asked: Map<string, string>;
  readonly receipts: Map<string, Receipt>;
}

export class HandinBoard {
  readonly #classroom: Classroom;
  readonly #open: () => Iterable<OpenCollection>;
  /** What teachers were not told yet, by the number of the collection. */
  readonly #changes = new Map<number, Change>();
  #timer: Timer | undefined;

  constructor(classroom: Classroom, open: () => Iterable<OpenCollection>) {
    this.#classroom = classroom;
    this.#open = open;
  }

  began(collection: OpenCollection): void {
    this.#changeOf(collection);
  }

  /** A student was asked; remembered, so that who has left without handing in is known. */
  asked(collection: OpenCollection, student: string): void {
    const key = nameKey(student);
    if (collection.asked.has(key)) return;
    if (collection.asked.size >= maxAskedRemembered) {
      collection.askedBeyond++;
      return;
    }
    collection.asked.set(key, student);
    this.#changeOf(collection).asked.set(key, student);
  }

  handedIn(collection: OpenCollection, receipt: Receipt): void {
    this.#changeOf(collection).receipts.set(nameKey(receipt.student), receipt);
  }

  ended({ number, name }: OpenCollection): void {
    this.#tellChanges();
    this.#tellTeachers([{ number, name, open: false }]);
  }

  /** A teacher has come in, or has become one, and is told all that is open. */
  arrive(teacher: Peer): void {
    // Who teaches is not asked any more.
    for (const { asked } of this.#open()) asked.delete(nameKey(teacher.name));
    if (!hearsTeaching(teacher)) return;
    for (const collection of this.#open())
      for (const frame of framesOf(collection, collection.asked.values(), collection.receipts.values()))
        teacher.send(encodeControl("handins", frame));
  }

  /** The server ends. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #changeOf(collection: OpenCollection): Change {
    const { number } = collection;
    let change = this.#changes.get(number);
    if (change === undefined)
      this.#changes.set(number, (change = { collection, asked: new Map(), receipts: new Map() }));
    this.#timer ??= setTimeout(() => this.#tellChanges(), handinsToldEveryMs);
    return change;
  }

  #tellChanges(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    for (const { collection, asked, receipts } of changes)
      this.#tellTeachers(framesOf(collection, asked.values(), receipts.values()));
  }

  #tellTeachers(told: readonly Handins[]): void {
    const frames = told.map((each) => encodeControl("handins", each));
    for (const peer of this.#classroom.peers)
      if (hearsTeaching(peer)) for (const frame of frames) peer.send(frame);
  }
}

/** In as many frames as it takes, and in one where there is nothing to tell but that it is open. */
function framesOf(
  { number, name, askedBeyond }: OpenCollection,
  asked: Iterable<string>,
  receipts: Iterable<Receipt>,
): Handins[] {
  const about = { number, name, open: true, ...(askedBeyond === 0 ? {} : { more: askedBeyond }) };
  const frames: Handins[] = [];
  const names = [...asked];
  for (let at = 0; at < names.length; at += maxAskedAtOnce)
    frames.push({ ...about, asked: names.slice(at, at + maxAskedAtOnce) });
  const kept = Array.from(receipts, ({ student, file, bytes, sha256, timeMs }) => ({
    student,
    file,
    bytes,
    sha256,
    timeMs,
  }));
  for (let at = 0; at < kept.length; at += maxReceiptsAtOnce)
    frames.push({ ...about, receipts: kept.slice(at, at + maxReceiptsAtOnce) });
  return frames.length === 0 ? [about] : frames;
}
