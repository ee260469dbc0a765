/** What all sessions of one server share: the room, its people, and the ports to what is kept. */
import type { Accounts } from "../accounts/accounts.ts";
import { Roster } from "../chat/roster.ts";
import type { FileStore } from "../files/file-store.ts";
import { Fanout } from "../net/fanout.ts";
import type { WriteTick } from "../net/write-tick.ts";
import { encodeFrame } from "../protocol/frame.ts";
import type { QuizRun } from "../quiz/quiz-run.ts";
import type { ScoreBook } from "../quiz/score-book.ts";
import type { ServerLimits } from "./limits.ts";
import type { Session } from "./session.ts";

/** What the operator sees. */
export interface OperatorScreen {
  line: (text: string) => void;
}

/** What happens that only a log tells. */
export interface ServerLog {
  info(text: string): void;
  warn(text: string): void;
  /** A bug, whole. */
  fault(error: unknown): void;
}

export interface Ports {
  accounts: Accounts;
  files: FileStore;
  scores: ScoreBook;
  screen: OperatorScreen;
  log: ServerLog;
  limits: ServerLimits;
  registration: "open" | "roster";
  /** Milliseconds that never run backwards. */
  now: () => number;
}

/** What was refused or dropped since the start. */
export interface Counters {
  slowReaders: number;
  loginTimeouts: number;
  evictedNewcomers: number;
  violations: number;
  refusedFiles: number;
}

export class Classroom {
  readonly ports: Ports;
  readonly tick: WriteTick;
  readonly room: Fanout;
  readonly roster = new Roster<Session>();
  /** Connections that have not logged in, the oldest first. */
  readonly newcomers = new Set<Session>();
  readonly counters: Counters = {
    slowReaders: 0,
    loginTimeouts: 0,
    evictedNewcomers: 0,
    violations: 0,
    refusedFiles: 0,
  };
  quiz: QuizRun | undefined;
  /** The server shuts down: nobody is told any more who leaves. */
  isClosing = false;

  constructor(ports: Ports, tick: WriteTick) {
    this.ports = ports;
    this.tick = tick;
    this.room = new Fanout(tick);
  }

  /** Tells everybody in the room, or all but one. */
  tell(text: string, except?: Session): void {
    this.room.send(encodeFrame("info", text), except?.connection.queue);
  }

  /** Does something in the background whose failure is a bug. */
  background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.ports.log.fault(error));
  }
}
