/**
 * Messages in SQLite, written by another thread: a sync of the disk takes a millisecond here and thirty on a slow
 * disk, and meanwhile everybody else is served. What is read is read here.
 *
 *      append ──batch──> worker: one transaction, one sync ──done──> the promise
 *      inRoom, lastTag … <── the same file, what is committed
 */
import type { Database } from "bun:sqlite";
import type {
  KeptMessage,
  KeptRoom,
  MessageStore,
  PruneBounds,
  PruneSlice,
} from "../../classroom/chat/message-store.ts";
import { reasonOf } from "../../lib/errors.ts";
import { MessageReader } from "./message-reader.ts";
import type { WriterAnswer, WriterRequest } from "./message-requests.ts";
import { batchOf } from "./message-writer.ts";
import { PendingMarks } from "./pending-marks.ts";
import { RequestThread } from "../../lib/request-thread.ts";

/** How long what nobody waits for may wait for company. */
const marksDelayMs = 1_000;

export class ThreadedMessages implements MessageStore {
  readonly #database: Database;
  readonly #reader: MessageReader;
  readonly #thread = new RequestThread<WriterRequest, WriterAnswer>(
    new URL("./message-worker.ts", import.meta.url),
    "./store/sqlite/message-worker.ts",
  );
  /** What is written with the next batch. */
  readonly #marks = new PendingMarks();
  readonly #tell: (problem: string) => void;
  #problem: string | undefined;
  #timer: Timer | undefined;

  /**
   * @param path of the database
   * @param database the same, to be read; closed at the end
   * @param tell told in a sentence, once, what cannot be read
   */
  constructor(path: string, database: Database, tell: (problem: string) => void) {
    this.#database = database;
    this.#tell = tell;
    this.#reader = new MessageReader(database);
    // What is wrong with the file is told by the first write.
    this.#thread.ask({ kind: "open", path }).catch(() => undefined);
  }

  lastId(): number {
    return this.#reader.lastId();
  }

  async append(messages: readonly KeptMessage[], tags: ReadonlyMap<string, number>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const marks = this.#marks.take();
    try {
      await this.#thread.ask({ kind: "write", batch: batchOf(messages, tags, marks) });
    } catch (error) {
      this.#marks.giveBack(marks);
      throw error;
    }
  }

  lastTag(nameKey: string): number {
    return this.#reader.lastTag(nameKey);
  }

  inRoom(room: number, since: number, before: number, most: number, mostBytes = Infinity): KeptMessage[] {
    return this.#readOr([], () => this.#reader.inRoom(room, since, before, most, mostBytes));
  }

  toPerson(nameKey: string, since: number, most: number, mostBytes = Infinity): KeptMessage[] {
    return this.#readOr([], () => this.#reader.toPerson(nameKey, since, most, mostBytes));
  }

  seen(nameKey: string): number {
    return Math.max(this.#marks.seen(nameKey), this.#reader.seen(nameKey));
  }

  setSeen(nameKey: string, id: number): void {
    this.#marks.setSeen(nameKey, id);
    this.#writeSoon();
  }

  read(nameKey: string, room: number): number | undefined {
    const pending = this.#marks.read(nameKey, room);
    const kept = this.#readOr(undefined, () => this.#reader.read(nameKey, room));
    return pending === undefined ? kept : Math.max(pending, kept ?? 0);
  }

  setRead(nameKey: string, room: number, id: number): void {
    this.#marks.setRead(nameKey, room, id);
    this.#writeSoon();
  }

  countSince(room: number, since: number, most: number): number {
    return this.#readOr(0, () => this.#reader.countSince(room, since, most));
  }

  async prune(bounds: PruneBounds): Promise<PruneSlice> {
    return (await this.#thread.ask({ kind: "prune", bounds })) ?? { removed: 0, isMore: false };
  }

  rooms(): KeptRoom[] {
    return this.#reader.rooms();
  }

  addRoom(room: KeptRoom): void {
    this.#marks.addRoom(room);
    this.#writeSoon();
  }

  async close(): Promise<void> {
    if (this.#thread.hasEnded) return;
    if (this.#timer !== undefined) await this.#writeMarks();
    await this.#thread.ask({ kind: "close" }).catch(() => undefined);
    this.#thread.end(new Error("the messages are closed"));
    clearTimeout(this.#timer);
    this.#database.close();
  }

  /** What cannot be read of a damaged file is told, and is as if it were not there: nobody is kept out for it. */
  #readOr<T>(otherwise: T, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const problem = `Messages cannot be read: ${reasonOf(error)}.`;
      if (problem !== this.#problem) this.#tell(problem);
      this.#problem = problem;
      return otherwise;
    }
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.#writeMarks(), marksDelayMs);
  }

  /** Where it fails it is tried again with the next message, which tells it. */
  async #writeMarks(): Promise<void> {
    await this.append([], new Map()).catch(() => undefined);
  }
}
