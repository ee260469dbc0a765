/** What all sessions of one server share: the room, its people, and the ports to what is kept. */
import type { Role } from "../accounts/account-store.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { LoginThrottle } from "../accounts/login-throttle.ts";
import { nameKey } from "../accounts/person-name.ts";
import type { ModerationStore } from "../accounts/moderation-store.ts";
import type { SessionTokens } from "../accounts/session-tokens.ts";
import type { TeacherCodes } from "../accounts/teacher-codes.ts";
import type { MessageSearch } from "../chat/message-search.ts";
import type { MessageStore } from "../chat/message-store.ts";
import type { Retention } from "../chat/retention.ts";
import { Roster } from "../chat/roster.ts";
import type { CollectionStore } from "../files/collection-store.ts";
import type { FileStore } from "../files/file-store.ts";
import type { PartStore } from "../files/part-store.ts";
import { Fanout } from "../net/fanout.ts";
import type { SelfSigned } from "../net/self-signed.ts";
import type { WriteTick } from "../net/write-tick.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import { encodeControl } from "../protocol/v2/control.ts";
import { encodeRoomHead } from "../protocol/v2/message.ts";
import type { QuizRun } from "../quiz/quiz-run.ts";
import type { RunStore } from "../quiz/run/run-store.ts";
import type { ScoreBook } from "../quiz/score-book.ts";
import type { AuditLog } from "../accounts/audit-log.ts";
import type { BankShelf } from "./quiz/bank-shelf.ts";
import type { ServerLimits } from "./limits.ts";
import { Entrance } from "./entrance.ts";
import { Arrivals } from "./chat/arrivals.ts";
import { PushDesk } from "./files/push-desk.ts";
import { CollectDesk } from "./files/collect-desk.ts";
import type { Member, Newcomer } from "./member.ts";
import { MessageKeeper } from "./chat/message-keeper.ts";
import { MessageLog } from "./chat/message-log.ts";
import { Moderation } from "./moderation/moderation.ts";
import type { Peer } from "./peer/peer.ts";
import type { Place } from "./chat/room.ts";
import { showFirstSteps } from "./operator/moderation.ts";
import { Allowances, type Delays } from "./pace.ts";
import { QuizDesk } from "./quiz/quiz-desk.ts";
import { Rooms } from "./chat/rooms.ts";
import type { Session } from "./session/session.ts";
import { TransferBoard } from "../files/transfer-board.ts";

/** What the operator sees. */
export interface OperatorScreen {
  line: (text: string) => void;
}

/** The sender of what the operator says; no person can have this name. */
const serverName = "Server";

/** What happens that only a log tells. */
export interface ServerLog {
  info(text: string): void;
  warn(text: string): void;
  /** A bug, whole. */
  fault(error: unknown): void;
}

/** Whether connections of the second protocol are encrypted, and with what. */
export type TlsPolicy =
  | { kind: "off" }
  | { kind: "auto" | "require"; identity: SelfSigned; /** What people know it by. */ code: string };

export interface Ports {
  accounts: Accounts;
  files: FileStore;
  parts: PartStore;
  collections: CollectionStore;
  scores: ScoreBook;
  runs: RunStore;
  screen: OperatorScreen;
  log: ServerLog;
  limits: ServerLimits;
  registration: "open" | "roster";
  messages: MessageStore;
  retention: Retention;
  search: MessageSearch;
  tokens: SessionTokens;
  throttle: LoginThrottle;
  moderation: ModerationStore;
  codes: TeacherCodes;
  audit: AuditLog;
  /** The questions that teachers may start a quiz of. */
  shelf: BankShelf;
  tls: TlsPolicy;
  /** Milliseconds that never run backwards. */
  now: () => number;
  /** Milliseconds since 1970. */
  wallClock: () => number;
}

/** What was refused or dropped since the start. */
export interface Counters extends Delays {
  slowReaders: number;
  loginTimeouts: number;
  evictedNewcomers: number;
  violations: number;
  refusedFiles: number;
  /** Of these, files that were more than their student may keep, and more than the disk has room for. */
  overQuota: number;
  noRoom: number;
  /** Messages that could not be written to disk. */
  unkeptMessages: number;
  /** How often somebody was not read because too much waited for the disk. */
  heldForDisk: number;
  /** Passwords that were not looked at because too many had been tried. */
  throttledLogins: number;
  /** Logins with the right password of who may not come in. */
  refusedLogins: number;
  /** Messages and files of who may not send any at present. */
  gagged: number;
}

/** What was done since the start. */
export interface Totals {
  messages: number;
  /** Files that were put into the server's folder. */
  filesKept: number;
  /** Files that people got. */
  filesSent: number;
}

export class Classroom {
  readonly ports: Ports;
  readonly tick: WriteTick;
  /** Everybody who speaks the first protocol, which knows one room. */
  readonly room: Fanout;
  readonly roster = new Roster<Session>();
  /** Everybody who speaks the second protocol. */
  readonly peers = new Roster<Peer>();
  readonly rooms: Rooms;
  readonly log: MessageLog;
  /** Files that every student is asked for. */
  readonly collects: CollectDesk;
  /** Files of teachers that go to a whole room. */
  readonly pushes: PushDesk;
  /** Files that are on their way. */
  readonly transfers: TransferBoard;
  /** Those whose connection was lost, and who may come back. */
  readonly arrivals = new Arrivals((name) => this.find(name));
  readonly entrance: Entrance;
  readonly moderation: Moderation;
  readonly keeper: MessageKeeper;
  readonly allowances: Allowances;
  /** Those whose search is being done. */
  readonly searching = new Set<Peer>();
  /** Connections that have not logged in, the oldest first. */
  readonly newcomers = new Set<Newcomer>();
  readonly counters: Counters = {
    slowReaders: 0,
    loginTimeouts: 0,
    evictedNewcomers: 0,
    violations: 0,
    refusedFiles: 0,
    overQuota: 0,
    noRoom: 0,
    unkeptMessages: 0,
    heldForDisk: 0,
    throttledLogins: 0,
    refusedLogins: 0,
    gagged: 0,
    delayedStrangers: 0,
    delayedMessages: 0,
    overKept: 0,
    delayedJoins: 0,
    delayedChunks: 0,
    delayedUploads: 0,
    delayedCommands: 0,
  };
  readonly totals: Totals = { messages: 0, filesKept: 0, filesSent: 0 };
  quiz: QuizRun | undefined;
  /** Stands for the quiz that runs; another one after a restart, too. */
  quizNumber: number;
  /** Quizzes of a bank, question by question. */
  readonly quizzes: QuizDesk;
  /** The server shuts down: nobody is told any more who leaves. */
  isClosing = false;
  #operator: Place;
  #isCodeShown = false;

  constructor(ports: Ports, tick: WriteTick) {
    this.ports = ports;
    this.tick = tick;
    this.room = new Fanout(tick);
    this.entrance = new Entrance(ports.now, (error) => ports.log.fault(error));
    this.quizNumber = Math.floor(ports.wallClock() / 1000) % 2 ** 31;
    this.quizzes = new QuizDesk(this);
    this.collects = new CollectDesk(this, ports.collections);
    this.pushes = new PushDesk(this);
    this.transfers = new TransferBoard(ports.now);
    this.rooms = new Rooms(tick, ports.messages);
    this.log = new MessageLog(this, ports.messages);
    this.moderation = new Moderation(this);
    this.keeper = new MessageKeeper(ports);
    this.allowances = new Allowances(ports.limits, ports.now);
    const { main } = this.rooms;
    this.#operator = { room: main, head: encodeRoomHead(main.number, serverName) };
  }

  /** @param name with any case */
  find(name: string): Member | undefined {
    return this.roster.find(name) ?? this.peers.find(name);
  }

  *members(): Iterable<Member> {
    yield* this.roster;
    yield* this.peers;
  }

  get memberCount(): number {
    return this.roster.size + this.peers.size;
  }

  /** Tells everybody a sentence of the server's. */
  tell(sentence: string): void {
    this.room.send(encodeFrame("info", messages.fromServer(sentence)));
    this.rooms.main.fanout.send(encodeControl("notice", { text: sentence }));
  }

  /**
   * Tells everybody what somebody has done. Where that person may not speak only the person and those who teach hear
   * it: the name of a file is a message, too.
   */
  tellOf(member: Member, sentence: string): void {
    if (member.gag === undefined) return this.tell(sentence);
    member.inform(sentence);
    this.moderation.tellTeachers(sentence, member.name);
  }

  /** What the operator says: kept as a message is. */
  say(text: string): void {
    this.room.send(encodeFrame("info", messages.fromServer(text)));
    this.log.toRoom(this.#operator, serverName, text, undefined, undefined, 0);
  }

  /** Tells everybody else that somebody has come into the main room, or has left it. */
  announce(member: Member, here: boolean): void {
    const { name, connection } = member;
    if (this.moderation.hides(member)) return this.#announceTo("teacher", member, here);
    const text = here ? messages.joined(name) : messages.left(name);
    this.room.sendNews(encodeFrame("info", text), connection.queue);
    const { number, fanout } = this.rooms.main;
    fanout.sendNews(encodeControl("presence", { number, name, here }), connection.queue);
  }

  /** Tells students, when an exam is over, of somebody who has come in meanwhile. */
  announceLate(member: Member): void {
    this.#announceTo("student", member, true);
    const { name, connection } = member;
    for (const { room } of this.peers.find(name)?.places.values() ?? [])
      if (room !== this.rooms.main)
        room.fanout.sendNews(
          encodeControl("presence", { number: room.number, name, here: true }),
          connection.queue,
        );
  }

  #announceTo(role: Role, member: Member, here: boolean): void {
    const { name } = member;
    const presence = encodeControl("presence", { number: this.rooms.main.number, name, here });
    const sentence = encodeFrame("info", here ? messages.joined(name) : messages.left(name));
    for (const each of this.members())
      if (each !== member && each.role === role)
        each.connection.send(each.via === "v1" ? sentence : presence);
  }

  /** Remembers what somebody has seen of what was sent privately. */
  noteSeen(name: string, id: number): void {
    this.ports.messages.setSeen(nameKey(name), id);
  }

  /** Shows the operator what this server is known by, and where nobody teaches yet how to, once. */
  showCode(): void {
    const { tls, screen } = this.ports;
    if (this.#isCodeShown) return;
    this.#isCodeShown = true;
    if (tls.kind !== "off") screen.line(`The code of this server is ${tls.code}.`);
    showFirstSteps(this);
  }

  /** Does something in the background whose failure is a bug. */
  background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.ports.log.fault(error));
  }
}
