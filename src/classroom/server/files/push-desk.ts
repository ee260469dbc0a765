/**
 * A teacher's file to everybody in a room: sent up once, read once for all, and told to that teacher receiver by
 * receiver, over whichever connection the teacher has at the time.
 */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { nameKey } from "../../accounts/person-name.ts";
import type { OpenFile } from "../../files/file-store.ts";
import type { PartInfo } from "../../files/part-store.ts";
import { sameWord } from "../../files/same-word.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import type { Room } from "../chat/room.ts";
import type { Classroom } from "../classroom.ts";
import {
  maxPushes,
  maxPushesRemembered,
  maxPushRowsAtOnce,
  maxPushTextCharacters,
  pushRowsToldEveryMs,
} from "../limits.ts";
import { hearsTeaching } from "../peer/hears-teaching.ts";
import type { Peer } from "../peer/peer.ts";
import { deliverFile } from "./deliver-file.ts";
import { OutgoingFile } from "./outgoing-file.ts";

type Row = NonNullable<Control<"push">["rows"]>[number];

/** What is to be sent, and whose it is. */
interface WholeFile {
  info: PartInfo;
  /** The word of its part. */
  word: string;
  sha256: string;
  open: () => Promise<OpenFile>;
}

interface Push extends WholeFile {
  number: number;
  room: string;
  file: OutgoingFile;
  rows: Row[];
  /** Rows that the teacher was not told of since they changed. */
  changed: Set<Row>;
  /** What stands in front of the rows has changed. */
  isNews: boolean;
  done: number;
  failed: number;
  isOver: boolean;
}

export class PushDesk {
  readonly #classroom: Classroom;
  /** Those that run, and the last that are over. */
  readonly #pushes = new Map<number, Push>();
  #lastNumber: number;
  #timer: Timer | undefined;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    // Another one after a restart, too.
    this.#lastNumber = Math.floor(classroom.ports.wallClock() / 1000) % 2 ** 31;
  }

  get isFull(): boolean {
    return this.#running().length >= maxPushes;
  }

  /** @returns the hash of a file that is here, whole, and being sent: it need not come again */
  kept(word: string, { owner, name, size, room }: PartInfo): string | undefined {
    const found = this.#running().find((push) => push.word === word);
    const isSame =
      found?.info.owner === owner &&
      found.info.name === name &&
      found.info.size === size &&
      found.info.room === room;
    return isSame ? found?.sha256 : undefined;
  }

  /** Sends it to all who are in the room now. Resolves when everybody has it, or cannot get it. */
  async run(whole: WholeFile, { number: roomNumber, name: room }: Room): Promise<void> {
    const classroom = this.#classroom;
    const { info, sha256, open } = whole;
    const about = {
      name: info.name,
      from: info.owner,
      number: roomNumber,
      same: sameWord(info.owner, info.name, info.size, sha256),
    };
    const rows = this.#receivers(roomNumber, info.owner).map((name): Row => ({
      name,
      state: "waiting",
      bytes: 0,
    }));
    const push: Push = {
      ...whole,
      number: ++this.#lastNumber,
      room,
      file: new OutgoingFile(about, open, true),
      rows,
      changed: new Set(rows),
      isNews: true,
      done: 0,
      failed: 0,
      isOver: false,
    };
    this.#pushes.set(push.number, push);
    const { screen, audit } = classroom.ports;
    audit.write({ by: info.owner, did: "push", what: info.name });
    screen.line(`${info.owner} sends '${info.name}' to ${counted(rows.length, "receiver")} in ${room}.`);
    this.#tellSoon();
    try {
      await Promise.all(rows.map((row) => this.#sendTo(push, row)));
    } finally {
      await push.file.close();
      push.isOver = true;
      push.isNews = true;
      this.#tellSoon();
      screen.line(`File '${info.name}' of ${info.owner}: ${push.done} of ${rows.length} have it.`);
      this.#forgetOld();
    }
  }

  /** @returns a sentence that tells it; undefined where there is none such */
  stop(number: number): string | undefined {
    const push = this.#pushes.get(number);
    if (push === undefined || push.isOver) return undefined;
    push.file.stop();
    return `'${push.info.name}' is not sent any further: ${push.done} of ${push.rows.length} have it.`;
  }

  /** A teacher has come in, or has become one. */
  arrive({ name }: Peer): void {
    for (const push of this.#pushes.values()) {
      if (nameKey(push.info.owner) !== nameKey(name)) continue;
      for (const row of push.rows) push.changed.add(row);
      push.isNews = true;
    }
    this.#tellSoon();
  }

  /** The server ends. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #running(): Push[] {
    return [...this.#pushes.values()].filter(({ isOver }) => !isOver);
  }

  #receivers(roomNumber: number, owner: string): string[] {
    const { rooms } = this.#classroom;
    const members =
      roomNumber === rooms.main.number
        ? this.#classroom.members()
        : (rooms.withNumber(roomNumber)?.peers ?? []);
    return Array.from(members, ({ name }) => name).filter((name) => nameKey(name) !== nameKey(owner));
  }

  async #sendTo(push: Push, row: Row): Promise<void> {
    const change = (to: Partial<Row>): void => {
      Object.assign(row, to);
      push.changed.add(row);
      this.#tellSoon();
    };
    let failure: string | undefined;
    try {
      failure = await deliverFile(this.#classroom, row.name, push.file, undefined, {
        progress: (bytes) => change({ state: "coming", bytes }),
        goOn: () => change({ state: "waiting" }),
        wait: () => change({ state: "away" }),
        end() {},
      });
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      failure = error.message.replace(/\.$/, "");
    }
    if (failure === undefined) push.done++;
    else push.failed++;
    push.isNews = true;
    if (failure === undefined) change({ state: "done", bytes: push.info.size });
    else change({ state: "failed", text: failure.slice(0, maxPushTextCharacters).toWellFormed() });
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      let isMore = false;
      for (const push of this.#pushes.values()) isMore = this.#tell(push) || isMore;
      if (isMore) this.#tellSoon();
    }, pushRowsToldEveryMs);
  }

  /** @returns whether there is more to be told */
  #tell(push: Push): boolean {
    const { number, room, info, rows, changed, done, failed, isOver } = push;
    if (!push.isNews && changed.size === 0) return false;
    const teacher = this.#classroom.peers.find(info.owner);
    // Whoever comes back is told all of it.
    if (teacher === undefined || !hearsTeaching(teacher)) return false;
    const told = [...changed].slice(0, maxPushRowsAtOnce);
    for (const row of told) changed.delete(row);
    push.isNews = false;
    const about = { file: info.name, size: info.size, room, of: rows.length, done, failed };
    const over = isOver && changed.size === 0 ? { over: true } : {};
    teacher.send(encodeControl("push", { push: number, ...about, rows: told, ...over }));
    return changed.size > 0;
  }

  #forgetOld(): void {
    for (const [number, { isOver }] of this.#pushes) {
      if (this.#pushes.size <= maxPushesRemembered) return;
      if (isOver) this.#pushes.delete(number);
    }
  }
}
