/**
 * One person's connection in the second protocol: what it has, how it begins and ends. What a frame does: `commands.ts`.
 */
import type { Role } from "../../accounts/account-store.ts";
import { nameKey } from "../../accounts/person-name.ts";
import type { KeptMessage } from "../../chat/message-store.ts";
import type { Connection } from "../../net/connection.ts";
import * as messages from "../../protocol/messages.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import { encodeControl } from "../../protocol/v2/control.ts";
import { v2HeaderCode } from "../../protocol/v2/header.ts";
import { encodeAcks, encodeRoomHead } from "../../protocol/v2/message.ts";
import { refusalOf, type Refusal } from "../admission.ts";
import type { Classroom } from "../classroom.ts";
import type { CollectionNews, Member, Newcomer, Speaker } from "../member.ts";
import { Pace, type CostlyKind } from "../pace.ts";
import { PeerAcks } from "./acks.ts";
import { tellCollection } from "./collect.ts";
import { runPeerCommand } from "./commands.ts";
import { PeerLogin, seatOf } from "./login.ts";
import { PeerMail } from "./mail.ts";
import { PeerOutbox } from "./outbox.ts";
import type { FileOutcome, OutgoingFile } from "../files/outgoing-file.ts";
import { PeerUploads } from "./uploads.ts";
import type { Place, Room } from "../chat/room.ts";
import { RoundTrip } from "./round-trip.ts";

const encoder = new TextEncoder();

export class Peer implements Speaker, Member, Newcomer {
  readonly classroom: Classroom;
  /** What both sides can do beyond chat. */
  readonly capabilities: readonly string[];
  /** Set while this connection has not logged in. */
  login: PeerLogin | undefined;
  heardAtMs: number;
  name = "";
  readonly via: string;
  role: Role = "student";
  group = "";
  gag: Refusal | undefined;
  /** `Client NAME: ` in UTF-8, for the first protocol. */
  groupPrefix = new Uint8Array(0);
  /** The highest tag of this person that was taken. */
  lastTag = 0;
  /** Requests whose acknowledgement waits for the disk. */
  waitingTags = 0;
  /** The rooms this person is in, by number. */
  readonly places = new Map<number, Place>();
  readonly uploads: PeerUploads;
  readonly outbox: PeerOutbox;
  readonly mail: PeerMail;
  /** Tags that wait for something else than the log of messages: nothing is acknowledged meanwhile. */
  readonly slowTags = new Set<number>();
  readonly acks = new PeerAcks();
  readonly roundTrip = new RoundTrip();
  #connection: () => Connection;
  #pace: Pace;
  #isGone = false;

  /** @param agent the program, as it calls itself */
  constructor(
    classroom: Classroom,
    connection: () => Connection,
    capabilities: readonly string[],
    agent: string | undefined,
  ) {
    this.classroom = classroom;
    this.via = agent === "pcs page" ? "page" : "v2";
    this.capabilities = capabilities;
    this.#connection = connection;
    const { limits, now } = classroom.ports;
    this.heardAtMs = now();
    this.login = new PeerLogin(this);
    this.uploads = new PeerUploads(this);
    this.outbox = new PeerOutbox(this);
    this.mail = new PeerMail(this);
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

  send(frame: Uint8Array): void {
    this.connection.send(frame);
  }

  /** Tells this person alone why something was not done. The connection stays. */
  refuse(code: string, text: string, request?: { tag: number } | { ask: number }): void {
    this.send(encodeControl("error", { code, text, ...request }));
  }

  /** Sends a `ping` whose `pong` tells how far away this person is. */
  measureRoundTrip(): void {
    this.send(encodeFrame("ping", this.roundTrip.begin(this.classroom.ports.now())));
  }

  inform(sentence: string): void {
    this.send(encodeControl("notice", { text: sentence }));
  }

  hear(message: KeptMessage): void {
    this.mail.hear(message);
  }

  turnAway(text: string): void {
    this.leave();
    this.connection.close(encodeControl("bye", { code: "idle", text }));
  }

  giveWay(): void {
    this.eject("replaced", "You logged in from another place, so this connection ends here.");
  }

  eject(code: string, text: string): void {
    this.connection.close(encodeControl("bye", { code, text }));
    this.leave();
  }

  stopSending({ code, text }: Refusal): void {
    this.uploads.stop(code, text);
  }

  hearMode(isOn: boolean): void {
    this.send(encodeControl("mode", { chat: isOn, files: isOn }));
  }

  hearRole(): void {
    this.send(encodeControl("role", { role: this.role }));
    if (this.role === "teacher") this.hearTeaching();
  }

  /** Tells a teacher what is under way that concerns teachers. */
  hearTeaching(): void {
    const { pushes, collects } = this.classroom;
    pushes.arrive(this);
    collects.board.arrive(this);
  }

  /** Whether a text of so many bytes may be kept of this person; it is counted. */
  mayKeep(bytes: number): boolean {
    return this.#pace.keep(bytes);
  }

  /** Counts what costs more than a message; the next frames are read later if it was one too many. */
  count(kind: CostlyKind): void {
    this.#pace.takeCostly(this.connection, kind);
  }

  hearCollection(news: CollectionNews): void {
    tellCollection(this, news);
  }

  receiveFile(file: OutgoingFile, progress: (bytes: number, size: number) => void): Promise<FileOutcome> {
    return this.outbox.send(file, progress);
  }

  whenIdle(): Promise<unknown> {
    return this.outbox.whenIdle();
  }

  farewell(): void {
    for (const { room } of this.places.values()) room.fanout.leave(this.connection.queue);
    this.connection.close(encodeControl("bye", { code: "closing", text: messages.shuttingDown.trim() }));
  }

  /** The login is done: takes the seat as soon as all is told that this person said before. */
  enter(name: string, token: string | undefined): void {
    const { log } = this.classroom;
    this.classroom.find(name)?.giveWay();
    if (!log.isWaitingFor(name)) return this.#sit(name, token);
    this.connection.hold();
    const sit = (): void => {
      // Meanwhile somebody may have decided otherwise.
      const refusal = refusalOf(this.classroom, name, this.connection);
      if (refusal !== undefined) this.eject(refusal.code, refusal.text);
      if (!this.#isGone) this.#sit(name, token);
      this.connection.release();
    };
    this.classroom.background(log.settled().then(sit));
  }

  #sit(name: string, token: string | undefined): void {
    const { classroom } = this;
    const { messages: store } = classroom.ports;
    const key = nameKey(name);
    this.login = undefined;
    classroom.newcomers.delete(this);
    classroom.find(name)?.giveWay();
    this.name = name;
    this.groupPrefix = encoder.encode(messages.groupPrefix(name));
    this.lastTag = store.lastTag(key);
    const seen = store.seen(key);
    classroom.peers.sit(name, this);
    this.#pace.goOnWith(classroom.allowances.of(key));
    classroom.moderation.arrive(this);
    if (this.connection.isSecure) classroom.showCode();
    this.send(encodeControl("seat", seatOf(this, seen, token)));
    this.mail.begin(seen);
    this.enterRoom(classroom.rooms.main);
    classroom.collects.arrive(this);
    if (this.role === "teacher") this.hearTeaching();
    classroom.arrivals.arrive(name);
  }

  /** Nothing is sent out of the room before it is joined for its history. */
  enterRoom(room: Room): void {
    if (room.peers.has(this)) return;
    const { classroom } = this;
    room.peers.add(this);
    this.places.set(room.number, { room, head: encodeRoomHead(room.number, this.name) });
    if (room === classroom.rooms.main) classroom.announce(this, true);
    else this.#announceIn(room, true);
  }

  leaveRoom(room: Room): void {
    if (!room.peers.delete(this)) return;
    this.places.delete(room.number);
    room.fanout.leave(this.connection.queue);
    if (room !== this.classroom.rooms.main) this.#announceIn(room, false);
    this.classroom.rooms.tidy(room);
  }

  /** Gives the seat up and tells the others; does nothing the second time. */
  leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const { classroom, name } = this;
    classroom.newcomers.delete(this);
    this.login?.cancel();
    this.login = undefined;
    this.uploads.abandon();
    this.outbox.close();
    const hadSeat = name !== "" && classroom.peers.leave(name, this);
    if (hadSeat) classroom.moderation.hands.lower(name);
    for (const { room } of this.places.values()) this.leaveRoom(room);
    if (!hadSeat || classroom.isClosing) return;
    classroom.announce(this, false);
    classroom.ports.screen.line(`Client ${name} disconnected.`);
  }

  sendAcks(): void {
    if (this.slowTags.size > 0) return;
    const acks = this.acks.take();
    if (acks.length > 0) this.send(encodeAcks(acks));
  }

  #announceIn(room: Room, here: boolean): void {
    const { number, fanout } = room;
    if (this.classroom.moderation.hides(this)) return;
    fanout.sendNews(encodeControl("presence", { number, name: this.name, here }), this.connection.queue);
  }

  // Below: what the connection tells.

  frame(header: number, bytes: Uint8Array, start: number, end: number): void {
    if (!this.connection.isOpen) return;
    if (!this.isMember) {
      this.heardAtMs = this.classroom.ports.now();
      this.count("strangers");
    }
    runPeerCommand(this, header, bytes, start, end);
    // Files have credit instead.
    if (header === v2HeaderCode.chunk || !this.isMember || !this.connection.isOpen) return;
    this.#pace.take(this.connection, end - start);
  }

  fileData(): void {}

  fileEnd(): void {}

  violation(text: string): void {
    this.classroom.counters.violations++;
    this.connection.close(encodeControl("error", { code: "malformed", text }));
    this.leave();
  }

  overflow(): void {
    const { counters, ports } = this.classroom;
    counters.slowReaders++;
    ports.log.warn(`${this.name || this.connection.address} read too slowly and was disconnected`);
    const text = "You read too slowly, so this connection ends here.";
    this.connection.closeSlow(encodeControl("bye", { code: "slow", text }));
    this.leave();
  }

  closed(): void {
    this.#pace.stop();
    this.leave();
  }
}
