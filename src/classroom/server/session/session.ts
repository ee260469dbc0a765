/**
 * One person's connection from the greeting to the last frame. What a frame does is in `commands.ts`; here is
 * only what a session has, and how it begins and ends.
 */
import type { Role } from "../../accounts/account-store.ts";
import { nameKey } from "../../accounts/person-name.ts";
import type { KeptMessage } from "../../chat/message-store.ts";
import { nameForOldClient } from "../../files/file-name.ts";
import type { Connection } from "../../net/connection.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import { headerCode } from "../../protocol/header.ts";
import * as messages from "../../protocol/messages.ts";
import { decodeControl, type Control } from "../../protocol/v2/control.ts";
import { encodeRoomHead } from "../../protocol/v2/message.ts";
import type { Refusal } from "../admission.ts";
import type { Classroom } from "../classroom.ts";
import { runCommand } from "./commands.ts";
import { privateInfo } from "../chat/deliver.ts";
import { maxPrivateAtOnce, maxPrivateBytesAtOnce } from "../limits.ts";
import { Login } from "./login.ts";
import type { CollectionNews, Member, Newcomer, Speaker } from "../member.ts";
import { modeSentence } from "../moderation/moderation.ts";
import { collectionSentence } from "../files/collect-desk.ts";
import { Outbox } from "./outbox.ts";
import type { FileOutcome, OutgoingFile } from "../files/outgoing-file.ts";
import { Pace } from "../pace.ts";
import type { Place } from "../chat/room.ts";
import { refuseRest, type Upload } from "./upload.ts";

const encoder = new TextEncoder();

/** A peer's wish to speak the second protocol, and its payload as it came. */
export interface Hello {
  content: Control<"hello">;
  payload: Uint8Array;
}

export class Session implements Speaker, Member, Newcomer {
  readonly classroom: Classroom;
  readonly outbox: Outbox;
  /** Set while this connection has not logged in. */
  login: Login | undefined;
  /** When this connection, not logged in, was last heard; it is not timed out while a password is checked. */
  heardAtMs: number;
  /** As it was registered; empty until the login. */
  name = "";
  readonly via = "v1";
  role: Role = "student";
  group = "";
  gag: Refusal | undefined;
  /** `Client NAME: ` in UTF-8. */
  groupPrefix = new Uint8Array(0);
  /** As a speaker to the second protocol. */
  place: Place;
  /** The file that is arriving. */
  upload: Upload | undefined;
  #connection: () => Connection;
  #pace: Pace;
  #onHello: (hello: Hello) => void;
  #isFirstFrame = true;
  /** Private messages wait that were sent while this person was not here. */
  #hasMail = false;

  constructor(classroom: Classroom, connection: () => Connection, onHello: (hello: Hello) => void) {
    this.classroom = classroom;
    this.#connection = connection;
    this.#onHello = onHello;
    this.place = { room: classroom.rooms.main, head: new Uint8Array(0) };
    this.login = new Login(this);
    this.outbox = new Outbox(this);
    const { limits, now } = classroom.ports;
    this.heardAtMs = now();
    this.#pace = new Pace(limits, now, classroom.counters);
  }

  get connection(): Connection {
    return this.#connection();
  }

  get isMember(): boolean {
    return this.name !== "";
  }

  get isChecking(): boolean {
    return this.login?.isChecking === true;
  }

  info(text: string): void {
    this.connection.send(encodeFrame("info", text));
  }

  /** Tells this person alone why something was refused. The connection stays. */
  refuse(sentence: string): void {
    this.connection.send(encodeFrame("error", messages.fromServer(sentence)));
  }

  /** Says a last sentence and ends the connection. */
  dismiss(text: string): void {
    this.connection.close(encodeFrame("info", text));
  }

  inform(sentence: string): void {
    this.info(messages.fromServer(sentence));
  }

  hear(message: KeptMessage): void {
    // It comes behind those that wait.
    if (this.#hasMail && message.id > 0) return;
    this.info(privateInfo(message));
    // The first protocol has no way to say that it was seen.
    this.classroom.noteSeen(this.name, message.id);
  }

  hearCollection(news: CollectionNews): void {
    this.inform(collectionSentence(news));
  }

  receiveFile(file: OutgoingFile, progress: (bytes: number, size: number) => void): Promise<FileOutcome> {
    const { name, from } = file.about;
    const safeName = nameForOldClient(name);
    const notice =
      from === undefined ? messages.fileFromServer(safeName) : messages.fileFromPerson(from, safeName);
    return this.outbox.sendFile(encodeFrame("file_transfer", notice), file, progress);
  }

  turnAway(sentence: string): void {
    this.dismiss(messages.fromServer(sentence));
  }

  giveWay(): void {
    this.dismiss(messages.fromServer("You logged in from another place, so this connection ends here."));
    this.leave();
  }

  eject(_code: string, sentence: string): void {
    this.dismiss(messages.fromServer(sentence));
    this.leave();
  }

  stopSending({ text }: Refusal): void {
    if (this.upload !== undefined) this.upload = refuseRest(this, this.upload, text);
  }

  hearMode(isOn: boolean): void {
    this.inform(modeSentence(isOn));
  }

  hearRole(): void {
    this.inform(`You are a ${this.role} now.`);
  }

  whenIdle(): Promise<unknown> {
    return this.outbox.whenIdle();
  }

  farewell(): void {
    this.classroom.room.leave(this.connection.queue);
    this.connection.close(encodeFrame("info", messages.shuttingDown));
  }

  /** The login is done: takes the seat, welcomes, and tells the others. */
  enter(name: string): void {
    const { classroom } = this;
    this.login = undefined;
    classroom.newcomers.delete(this);
    this.name = name;
    this.groupPrefix = encoder.encode(messages.groupPrefix(name));
    const { main } = classroom.rooms;
    this.place = { room: main, head: encodeRoomHead(main.number, name) };
    classroom.find(name)?.giveWay();
    classroom.roster.sit(name, this);
    this.#pace.goOnWith(classroom.allowances.of(nameKey(name)));
    classroom.moderation.arrive(this);
    this.info(messages.welcome);
    classroom.room.join(this.connection.queue);
    classroom.announce(this, true);
    classroom.moderation.welcome(this);
    classroom.background(this.#hearWhatWaited());
    classroom.quizzes.arrive(this);
    classroom.collects.arrive(this);
  }

  /** Gives the seat up and tells the others; does nothing the second time. */
  leave(): void {
    const { classroom, name } = this;
    classroom.newcomers.delete(this);
    this.login?.cancel();
    this.login = undefined;
    if (name === "" || !classroom.roster.leave(name, this)) return;
    classroom.room.leave(this.connection.queue);
    if (classroom.isClosing) return;
    classroom.announce(this, false);
    classroom.ports.screen.line(`Client ${name} disconnected.`);
  }

  /** Somebody who has not logged in has sent something. */
  countStranger(): void {
    this.heardAtMs = this.classroom.ports.now();
    this.#pace.takeCostly(this.connection, "strangers");
  }

  /** Whether a text of so many bytes may be kept of this person; it is counted. */
  mayKeep(bytes: number): boolean {
    return this.#pace.keep(bytes);
  }

  /** A file begins to arrive. */
  countUpload(): void {
    this.#pace.takeCostly(this.connection, "uploads");
  }

  /** Reads the next message later if this person sends too many or too much; none is lost. */
  throttle(bytes: number): void {
    this.#pace.take(this.connection, bytes);
  }

  /** Some at once, and more when these have gone out. */
  async #hearWhatWaited(): Promise<void> {
    const { classroom, name, connection } = this;
    const { messages: store } = classroom.ports;
    const key = nameKey(name);
    let since = store.seen(key);
    while (!connection.isGone) {
      this.#hasMail = false;
      const waited = store
        .toPerson(key, since, maxPrivateAtOnce, maxPrivateBytesAtOnce)
        .filter(({ id }) => id <= classroom.log.toldId);
      for (const message of waited) this.hear(message);
      if (waited.length === 0) return;
      since = waited.at(-1)!.id;
      this.#hasMail = true;
      await connection.whenEmpty();
    }
  }

  // Below: what the connection tells.

  frame(header: number, bytes: Uint8Array, start: number, end: number, ascii: boolean): void {
    const isFirst = this.#isFirstFrame;
    this.#isFirstFrame = false;
    if (isFirst && header === headerCode.hello) {
      const content = decodeControl("hello", bytes, start, end);
      if (content !== undefined) return this.#onHello({ content, payload: bytes.slice(start, end) });
    }
    if (this.classroom.ports.tls.kind === "require") {
      this.connection.close(encodeFrame("error", messages.fromServer(messages.tlsOnly.trim())));
      return this.leave();
    }
    runCommand(this, header, bytes, start, end, ascii);
  }

  fileData(bytes: Uint8Array, start: number, end: number): void {
    this.upload?.data(bytes, start, end);
  }

  fileEnd(): void {
    const { upload } = this;
    this.upload = undefined;
    if (upload !== undefined) this.classroom.background(upload.end());
  }

  violation(sentence: string): void {
    this.classroom.counters.violations++;
    this.connection.close(encodeFrame("error", messages.fromServer(sentence)));
    this.leave();
  }

  overflow(): void {
    const { counters, ports } = this.classroom;
    counters.slowReaders++;
    ports.log.warn(`${this.name || this.connection.address} read too slowly and was disconnected`);
    this.connection.closeSlow(
      encodeFrame("error", messages.fromServer("You read too slowly, so this connection ends here.")),
    );
    this.leave();
  }

  closed(): void {
    this.#pace.stop();
    this.upload?.abandon();
    this.upload = undefined;
    this.leave();
  }
}
