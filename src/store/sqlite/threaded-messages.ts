/**
 * Messages in SQLite, written by another thread: a sync of the disk takes a millisecond here and thirty on a slow
 * disk, and meanwhile everybody else is served. What is read is read here.
 *
 *      append ──batch──> worker: one transaction, one sync ──done──> the promise
 *      inRoom, lastTag … <── the same file, what is committed
 */
import type { Database } from "bun:sqlite";
import type { KeptMessage, KeptRoom, MessageStore } from "../../classroom/chat/message-store.ts";
import { ExpectedError } from "../../lib/errors.ts";
import { MessageReader } from "./message-reader.ts";
import type { WriterNews, WriterRequest } from "./message-requests.ts";
import { batchOf } from "./message-writer.ts";

/** How long what nobody waits for may wait for company. */
const marksDelayMs = 1_000;

export class ThreadedMessages implements MessageStore {
  readonly #database: Database;
  readonly #reader: MessageReader;
  readonly #worker: Worker;
  readonly #answers: PromiseWithResolvers<void>[] = [];
  /** What is written with the next batch. */
  #newRooms: KeptRoom[] = [];
  #seen = new Map<string, number>();
  /** What was seen and is being written. */
  #writtenSeen: ReadonlyMap<string, number> = new Map();
  #timer: Timer | undefined;
  #ended: Error | undefined;

  /**
   * @param path of the database
   * @param database the same, to be read; closed at the end
   */
  constructor(path: string, database: Database) {
    this.#database = database;
    this.#reader = new MessageReader(database);
    this.#worker = new Worker(workerAddress());
    this.#worker.onmessage = ({ data }: { data: WriterNews }) => this.#hear(data);
    this.#worker.onerror = (event) =>
      this.#end(new Error(`the thread of the messages ended: ${event.message}`));
    // What is wrong with the file is told by the first write.
    this.#ask({ kind: "open", path }).catch(() => undefined);
  }

  lastId(): number {
    return this.#reader.lastId();
  }

  async append(messages: readonly KeptMessage[], tags: ReadonlyMap<string, number>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [newRooms, seen] = [this.#newRooms, this.#seen];
    this.#newRooms = [];
    this.#seen = new Map();
    this.#writtenSeen = seen;
    try {
      await this.#ask({ kind: "write", batch: batchOf(messages, tags, seen, newRooms) });
    } catch (error) {
      // They are tried again with the next one.
      this.#newRooms = [...newRooms, ...this.#newRooms];
      for (const [key, id] of seen) this.#note(key, id);
      throw error;
    }
  }

  lastTag(nameKey: string): number {
    return this.#reader.lastTag(nameKey);
  }

  inRoom(room: number, since: number, before: number, most: number): KeptMessage[] {
    return this.#reader.inRoom(room, since, before, most);
  }

  toPerson(nameKey: string, since: number, most: number): KeptMessage[] {
    return this.#reader.toPerson(nameKey, since, most);
  }

  seen(nameKey: string): number {
    const waiting = Math.max(this.#seen.get(nameKey) ?? 0, this.#writtenSeen.get(nameKey) ?? 0);
    return Math.max(waiting, this.#reader.seen(nameKey));
  }

  setSeen(nameKey: string, id: number): void {
    this.#note(nameKey, id);
    this.#writeSoon();
  }

  rooms(): KeptRoom[] {
    return this.#reader.rooms();
  }

  addRoom(room: KeptRoom): void {
    this.#newRooms.push(room);
    this.#writeSoon();
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    if (this.#timer !== undefined) await this.#writeMarks();
    await this.#ask({ kind: "close" }).catch(() => undefined);
    this.#end(new Error("the messages are closed"));
    this.#worker.terminate();
    this.#database.close();
  }

  #note(nameKey: string, id: number): void {
    this.#seen.set(nameKey, Math.max(id, this.#seen.get(nameKey) ?? 0));
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.#writeMarks(), marksDelayMs);
  }

  /** Where it fails it is tried again with the next message, which tells it. */
  async #writeMarks(): Promise<void> {
    await this.append([], new Map()).catch(() => undefined);
  }

  #ask(request: WriterRequest): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const answer = Promise.withResolvers<void>();
    this.#answers.push(answer);
    this.#worker.postMessage(request);
    return answer.promise;
  }

  #hear(news: WriterNews): void {
    const answer = this.#answers.shift();
    if (news.kind === "done") answer?.resolve();
    else if (news.kind === "failed") answer?.reject(new ExpectedError(news.sentence));
    else answer?.reject(new Error(news.text));
  }

  #end(error: Error): void {
    this.#ended = error;
    clearTimeout(this.#timer);
    for (const answer of this.#answers.splice(0)) answer.reject(error);
  }
}

/** In the executable the worker is an entry point of its own (scripts/build.ts), and lies where it did in `src`. */
function workerAddress(): string | URL {
  return Bun.isStandaloneExecutable
    ? "./store/sqlite/message-worker.ts"
    : new URL("./message-worker.ts", import.meta.url);
}
