/**
 * A person's seat over whatever connection there is at present: the rooms, what is said and not acknowledged, and
 * what the server tells about them (`peer-frames.ts`).
 */
import type { Control } from "../protocol/v2/control.ts";
import * as messages from "../protocol/messages.ts";
import { keepingText } from "../protocol/v2/keeping-text.ts";
import { markReadMs, maxWaitingSendBytes, shownHistory } from "./limits.ts";
import { FileDesk } from "./file-desk.ts";
import type { PeerFiles } from "./peer-files.ts";
import type { PeerLink } from "./peer-link.ts";
import type { PeerLoginWire } from "./peer-login-wire.ts";
import { QuizMemory } from "./quiz-memory.ts";
import type { Presenter } from "./presenter.ts";
import { SearchPages } from "./search-pages.ts";
import { SeatMemory } from "./seat-memory.ts";
import type { Terminal } from "./terminal.ts";
import { UnreadMarks } from "./unread-marks.ts";

/** The server knows who it is, and does not let this person in. */
const shutCodes = new Set(["banned", "disabled", "secure"]);

export class PeerSeat {
  readonly terminal: Terminal;
  readonly presenter: Presenter;
  readonly memory = new SeatMemory();
  readonly home: string | undefined;
  /** The present connection, or the last one. */
  link: PeerLink | undefined;
  files: PeerFiles | undefined;
  /** Files that are offered or on their way. */
  readonly desk: FileDesk;
  /** Set during a login. */
  login: PeerLoginWire | undefined;
  readonly quiz: QuizMemory;
  /** The phase of the quiz that was last told, as a teacher says which one was seen. */
  phase: Control<"steer">["seen"];
  role: Control<"role">["role"] = "student";
  /** Hands that are raised, as a teacher is told. */
  hands: Control<"hands"> = { hands: [], count: 0 };
  readonly unread = new UnreadMarks();
  readonly searches = new SearchPages();
  isOver = false;
  /** Whether all rooms are joined over the present connection. */
  isEntered = false;
  /** The server does not know the token any more. */
  isTokenRefused = false;
  name = "";
  /** The last words of the server. */
  goodbye: Control<"bye"> | undefined;
  /** Numbers of the rooms over the present connection, by name. */
  #numbers = new Map<string, number>();
  #names = new Map<number, string>();
  #ask = 1;
  #marking: Timer | undefined;
  /** How long this server keeps messages. */
  #keeping: string | undefined;
  /** What is said again once all rooms are joined. */
  #toJoin = new Set<string>();
  #wakers: (() => void)[] = [];

  /** @param now milliseconds */
  constructor(terminal: Terminal, presenter: Presenter, home: string | undefined, now: () => number) {
    this.quiz = new QuizMemory(now);
    this.terminal = terminal;
    this.presenter = presenter;
    this.desk = new FileDesk(presenter, terminal.interactive, now);
    this.home = home;
  }

  /** There is a connection, on which nothing was said yet. */
  use(link: PeerLink, files: PeerFiles): void {
    this.link = link;
    this.files = files;
    this.isEntered = false;
    this.#numbers.clear();
    this.#names.clear();
  }

  // What a chat does.

  roomNumber(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  roomName(number: number): string | undefined {
    return this.#names.get(number);
  }

  isIn(room: string): boolean {
    return this.#numbers.has(room);
  }

  /** Says something now, or as soon as there is a connection again. */
  say(make: (tag: number) => Uint8Array | undefined, isToRoom = false, onKept?: () => void): void {
    const entry = this.memory.add(make, isToRoom, onKept);
    if (!this.isEntered) return;
    const frame = entry.frame();
    if (frame === undefined) this.memory.refuse(entry.tag);
    else this.link?.connection.send(frame);
  }

  /** Waits until more may be said; a script waits for the network too. */
  async roomToSay(): Promise<void> {
    while (this.memory.isFull && !this.isOver) await this.change();
    const connection = this.link?.connection;
    if (
      !this.terminal.interactive &&
      connection !== undefined &&
      connection.queue.queuedBytes > maxWaitingSendBytes
    )
      await connection.whenEmpty();
  }

  enterRoom(room: string): void {
    this.memory.current = room;
    if (this.#numbers.has(room)) {
      this.presenter.note(`You type into ${room} now.`);
      return this.#readAll(room);
    }
    this.#join(room);
  }

  leaveRoom(room: string): void {
    const number = this.#numbers.get(room);
    if (number === undefined) return this.presenter.note("You are not in this room.");
    this.link?.send("part", { ask: this.#ask++, number });
  }

  /** @param asked what a search says; undefined where there is nothing to be asked for */
  search(asked: Omit<Control<"search">, "ask"> | undefined): void {
    if (asked === undefined) this.presenter.note("There is nothing more to show.");
    else this.link?.send("search", { ask: this.#ask++, ...asked });
  }

  /** A message was shown. */
  noteShown(room: string, id: number): void {
    if (id === 0) return;
    this.unread.shown(room, id, room === this.memory.current);
    this.#markSoon();
  }

  ask(what: "rooms" | "history"): void {
    const number = this.#numbers.get(this.memory.current);
    if (what === "rooms") this.link?.send("rooms", { ask: this.#ask++ });
    else if (number !== undefined)
      this.link?.send("history", {
        ask: this.#ask++,
        number,
        before: Number.MAX_SAFE_INTEGER,
        count: shownHistory,
      });
  }

  /** The number of the next question to the server. */
  nextAsk(): number {
    return this.#ask++;
  }

  /** The files of the present connection, or of the next one; undefined where the stay ends first. */
  async connectedFiles(): Promise<PeerFiles | undefined> {
    while (!this.isOver && !this.isEntered) await this.change();
    return this.isOver ? undefined : this.files;
  }

  // What the server tells (`peer-frames.ts`).

  seated(seat: Control<"seat">): void {
    const { memory } = this;
    if (seat.token !== undefined) memory.token = seat.token;
    this.name = seat.name;
    this.role = seat.role;
    this.phase = undefined;
    if (memory.rooms.size === 0) memory.rooms.set(seat.room, undefined);
    if (memory.current === "") memory.current = seat.room;
    memory.seen = Math.max(memory.seen, seat.seen);
    this.#keeping = keepingText(seat.kept);
    memory.resume(seat.lastTag);
    this.#toJoin = new Set(memory.rooms.keys());
    for (const room of memory.rooms.keys()) this.#join(room);
  }

  joined({ room, number, skipped, missed, unread }: Control<"joined">): void {
    this.#numbers.set(room, number);
    this.#names.set(number, room);
    if (!this.memory.rooms.has(room)) this.memory.rooms.set(room, undefined);
    if (this.memory.current.toLowerCase() === room.toLowerCase()) this.memory.current = room;
    if (room === this.memory.current) this.#readAll(room);
    // Those that follow are counted when they are shown.
    else this.unread.joined(room, Math.max(0, (unread ?? 0) - missed));
    if (skipped) this.presenter.note("There was more than is shown here: the oldest messages were left out.");
    if (!this.#toJoin.delete(room) || this.#toJoin.size > 0) {
      if (this.isEntered) this.presenter.note(`You are in ${room}, and type into it.`);
      return;
    }
    this.isEntered = true;
    if (this.login !== undefined) {
      this.presenter.tell({ kind: "frame", header: "info", text: messages.welcome });
      this.login.seated();
      if (this.#keeping !== undefined) this.presenter.note(this.#keeping);
    }
    for (const entry of this.memory.resume(0)) {
      const frame = entry.frame();
      if (frame === undefined) this.memory.refuse(entry.tag);
      else this.link?.connection.send(frame);
    }
    this.signal();
  }

  parted(number: number): void {
    const room = this.#names.get(number);
    if (room === undefined) return;
    this.#names.delete(number);
    this.#numbers.delete(room);
    this.memory.rooms.delete(room);
    this.unread.left(room);
    this.memory.current = this.memory.rooms.keys().next().value ?? "";
    this.presenter.note(`You left ${room}, and type into ${this.memory.current}.`);
  }

  acknowledged(tag: number, id: number): void {
    this.memory.acknowledge(tag, id);
    // One's own words are read.
    if (id > 0) this.noteShown(this.memory.current, id);
    this.signal();
  }

  refused(error: Control<"error">): void {
    if (error.tag !== undefined) this.memory.refuse(error.tag);
    // Who comes back and may not come in would otherwise wait for a seat.
    const isShut = !this.isEntered && this.login === undefined && shutCodes.has(error.code);
    if (error.code === "token" || isShut) this.isTokenRefused = true;
    if (error.code === "token") return this.signal();
    if (this.login !== undefined) this.login.refused(error);
    else this.presenter.tell({ kind: "frame", header: "error", text: messages.fromServer(error.text) });
    this.signal();
  }

  /** An answer is kept, if there is a sentence. */
  tellKept(sentence: string | undefined): void {
    if (sentence === undefined) return;
    this.presenter.tell({ kind: "frame", header: "info", text: messages.fromServer(sentence) });
  }

  /** Tells the server how far the rooms are read. */
  tellRead(): void {
    clearTimeout(this.#marking);
    this.#marking = undefined;
    if (this.link?.isOpen !== true) return;
    for (const [room, id] of this.unread.takeUntold()) {
      const number = this.#numbers.get(room);
      if (number !== undefined) this.link.send("read", { number, id });
    }
  }

  /** Nothing is read or said any more. */
  end(): void {
    this.isOver = true;
    this.tellRead();
    this.signal();
  }

  /** Waits until something changed that somebody may wait for, or a moment passed. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.#wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  signal(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }

  /** All that came in this room so far is read. */
  #readAll(room: string): void {
    this.unread.read(room, this.memory.rooms.get(room) ?? 0);
    this.#markSoon();
  }

  #markSoon(): void {
    this.terminal.showPrompt(this.unread.text);
    this.#marking ??= setTimeout(() => this.tellRead(), markReadMs);
  }

  #join(room: string): void {
    const since = this.memory.rooms.get(room);
    const history = this.terminal.interactive ? shownHistory : 0;
    this.link?.send("join", { ask: this.#ask++, room, ...(since === undefined ? { history } : { since }) });
  }
}
