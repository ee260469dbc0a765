/**
 * Files that every student is asked for: those who are here, and those who come in while it is open. Each hand-in is
 * kept with time and hash, and its student gets the receipt.
 */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { checkName, nameKey } from "../../accounts/person-name.ts";
import type { Collection, CollectionStore, Receipt } from "../../files/collection-store.ts";
import type { IncomingFile, Usage } from "../../files/file-store.ts";
import type { Classroom } from "../classroom.ts";
import { maxCollections } from "../limits.ts";
import type { CollectionNews, Member } from "../member.ts";
import { HandinBoard } from "./handin-board.ts";

/** One that is open, and the latest receipt of each student. */
export interface OpenCollection extends Collection {
  readonly receipts: Map<string, Receipt>;
  /** What there is of each student, earlier files, too. */
  readonly usage: Map<string, Usage>;
  /** Names of the students who were asked since the server began, by their keys. */
  readonly asked: Map<string, string>;
  /** How many more were asked than are remembered. */
  askedBeyond: number;
}

export class CollectDesk {
  #classroom: Classroom;
  #store: CollectionStore;
  #open = new Map<number, OpenCollection>();
  #lastNumber: number;
  /** What teachers see of it. */
  readonly board: HandinBoard;

  /** @throws ExpectedError where what was open cannot be read */
  constructor(classroom: Classroom, store: CollectionStore) {
    this.#classroom = classroom;
    this.#store = store;
    this.board = new HandinBoard(classroom, () => this.#open.values());
    const { collections, lastNumber } = store.open();
    this.#lastNumber = lastNumber;
    for (const collection of collections) this.#add(collection);
  }

  find(number: number): OpenCollection | undefined {
    return this.#open.get(number);
  }

  /** The one that a file of the first protocol is for, which can say so only by its name: `hw1.txt`, `hw1-ann.pdf`. */
  forFile(file: string): OpenCollection | undefined {
    const key = nameKey(file);
    for (const collection of this.#open.values()) {
      const name = nameKey(collection.name);
      if (key.startsWith(name) && !/^[\p{L}\p{N}]/u.test(key.slice(name.length))) return collection;
    }
    return undefined;
  }

  /** What is kept of a student, of all that is being collected. */
  usage(student: string): Usage {
    const key = nameKey(student);
    let [files, bytes] = [0, 0];
    for (const { usage } of this.#open.values()) {
      files += usage.get(key)?.files ?? 0;
      bytes += usage.get(key)?.bytes ?? 0;
    }
    return { files, bytes };
  }

  /** Asks everybody for a file. @returns a sentence that tells it @throws ExpectedError where that cannot be */
  async begin(typed: string): Promise<string> {
    const check = checkName(typed.trim(), "collection's name");
    if (!check.ok) throw new ExpectedError(check.reason);
    if (this.#byName(check.name) !== undefined)
      throw new ExpectedError(`'${check.name}' is being collected already.`);
    if (this.#open.size >= maxCollections)
      throw new ExpectedError(`${maxCollections} files are being collected already.`);
    const collection = { number: this.#lastNumber + 1, name: check.name };
    await this.#store.saveOpen([...this.#open.values(), collection].map(plain), collection.number);
    this.#lastNumber = collection.number;
    const open = this.#add(collection);
    this.board.began(open);
    let asked = 0;
    for (const member of this.#classroom.members()) if (this.#ask(member, open)) asked++;
    return `'${open.name}' is being collected: ${counted(asked, "student")} asked, others when they come in.`;
  }

  /** @throws ExpectedError where there is none such */
  async end(typed: string): Promise<string> {
    const open = this.#get(typed);
    this.#open.delete(open.number);
    await this.#store.saveOpen([...this.#open.values()].map(plain), this.#lastNumber);
    for (const member of this.#classroom.members())
      if (member.role === "student") member.hearCollection({ kind: "ended", collection: open });
    this.board.ended(open);
    return `'${open.name}' is not collected any more: ${counted(open.receipts.size, "student")} handed in.`;
  }

  /** Who has handed in, and who of those that are here has not. @throws ExpectedError where there is none such */
  list(typed: string): string {
    if (typed.trim() === "") {
      const names = Array.from(this.#open.values(), ({ name, receipts }) => `${name} (${receipts.size})`);
      return names.length === 0 ? "Nothing is being collected." : `Being collected: ${names.join(", ")}.`;
    }
    const { name, receipts } = this.#get(typed);
    const missing: string[] = [];
    for (const member of this.#classroom.members())
      if (member.role === "student" && !receipts.has(nameKey(member.name))) missing.push(member.name);
    return [
      `'${name}': ${counted(receipts.size, "student")} handed in.`,
      ...Array.from(receipts.values(), (receipt) => `  ${receiptText(receipt)}`),
      ...(missing.length === 0 ? [] : [`Not yet: ${missing.join(", ")}.`]),
    ].join("\n");
  }

  /** Somebody has come in. */
  arrive(member: Member): void {
    for (const open of this.#open.values()) this.#ask(member, open);
  }

  /**
   * Keeps what a student hands in, and gives the receipt.
   * @returns words that fit behind a colon where it could not be kept
   */
  async handIn(
    number: number,
    incoming: IncomingFile,
    handed: Omit<Receipt, "timeMs">,
  ): Promise<string | undefined> {
    const open = this.#open.get(number);
    if (open === undefined) return "it is not collected any more";
    const { ports } = this.#classroom;
    const receipt = { ...handed, timeMs: ports.wallClock() };
    const failure = await this.#store.keep(incoming, open.name, receipt);
    if (failure !== undefined) return failure;
    note(open, receipt);
    this.board.handedIn(open, receipt);
    this.#classroom.find(receipt.student)?.hearCollection({ kind: "kept", collection: open, receipt });
    ports.screen.line(`'${open.name}' from ${receiptText(receipt)}`);
    return undefined;
  }

  #ask(member: Member, open: OpenCollection): boolean {
    if (member.role !== "student") return false;
    const receipt = open.receipts.get(nameKey(member.name));
    this.board.asked(open, member.name);
    member.hearCollection({ kind: "asked", collection: open, receipt });
    return true;
  }

  #get(typed: string): OpenCollection {
    const open = this.#byName(typed);
    if (open === undefined) throw new ExpectedError(`no '${typed.trim()}' is being collected.`);
    return open;
  }

  #byName(typed: string): OpenCollection | undefined {
    const key = nameKey(typed);
    for (const open of this.#open.values()) if (nameKey(open.name) === key) return open;
    return undefined;
  }

  #add(collection: Collection): OpenCollection {
    const open: OpenCollection = {
      ...collection,
      receipts: new Map(),
      usage: new Map(),
      asked: new Map(),
      askedBeyond: 0,
    };
    for (const receipt of this.#store.receipts(collection.name)) note(open, receipt);
    this.#open.set(open.number, open);
    return open;
  }
}

function note({ receipts, usage }: OpenCollection, receipt: Receipt): void {
  const key = nameKey(receipt.student);
  receipts.set(key, receipt);
  const { files, bytes } = usage.get(key) ?? { files: 0, bytes: 0 };
  usage.set(key, { files: files + 1, bytes: bytes + receipt.bytes });
}

function plain({ number, name }: Collection): Collection {
  return { number, name };
}

/** What the first protocol is told, which knows no such frames. */
export function collectionSentence({ kind, collection: { name }, receipt }: CollectionNews): string {
  if (kind === "ended") return `'${name}' is not collected any more.`;
  if (receipt !== undefined)
    return `${kind === "kept" ? "Receipt" : "You handed in"} for '${name}': ${receiptText(receipt)}`;
  return (
    `'${name}' is asked of you: send the server a file whose name begins with ${name}, for example ` +
    `file_transfer:file_to_server:${name}.txt`
  );
}

/** `ann: 'essay.txt', 1,234 bytes, at 2026-11-30 10:05:12 UTC, SHA-256 ab12…` */
export function receiptText({ student, file, bytes, sha256, timeMs }: Receipt): string {
  const time = new Date(timeMs).toISOString().replace("T", " ").slice(0, 19);
  return `${student}: '${file}', ${counted(bytes, "byte")}, at ${time} UTC, SHA-256 ${sha256}.`;
}
