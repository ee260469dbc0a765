/**
 * A whole stay in the second protocol: connect, log in, talk, and after a lost connection come back by itself to
 * the same seat, with nothing lost and nothing twice.
 *
 *      connect --> log in --> talk --> left 0 | shut down 0 | replaced 1
 *                     ^         | lost
 *                     '--token--'   after 0.5 s, 1 s, 2 s … 30 s
 */
import { ExpectedError } from "../../lib/errors.ts";
import type { Control } from "../protocol/v2/control.ts";
import * as messages from "../protocol/messages.ts";
import * as limits from "./limits.ts";
import { logIn, type LoginEnd } from "./login.ts";
import { PeerChat } from "./peer-chat.ts";
import { PeerFiles } from "./peer-files.ts";
import { hearFrame } from "./peer-frames.ts";
import { PeerLink } from "./peer-link.ts";
import { PeerLoginWire } from "./peer-login-wire.ts";
import type { Presenter } from "./presenter.ts";
import { SeatMemory } from "./seat-memory.ts";
import type { SessionOptions, SessionPorts } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { within } from "./within.ts";

const connectionLost = "the connection to the server was lost.";

export class PeerStay {
  readonly terminal: Terminal;
  readonly presenter: Presenter;
  readonly memory = new SeatMemory();
  readonly home: string | undefined;
  /** The present connection; undefined while there is none. */
  link: PeerLink | undefined;
  files: PeerFiles | undefined;
  /** Set during a login. */
  login: PeerLoginWire | undefined;
  /** The quiz that runs. */
  quiz: number | undefined;
  /** False while a quiz comes once more that was shown before. */
  isQuizNews = true;
  isOver = false;
  name = "";
  /** The last words of the server. */
  goodbye: Control<"bye"> | undefined;
  /** When something was last heard, in milliseconds. */
  heardMs = Number.NEGATIVE_INFINITY;
  #options: SessionOptions;
  #ports: SessionPorts;
  /** Numbers of the rooms over the present connection, by name. */
  #numbers = new Map<string, number>();
  #names = new Map<number, string>();
  #ask = 1;
  /** What is said again once all rooms are joined. */
  #toJoin = new Set<string>();
  #isEntered = false;
  #refusedToken = false;
  #plain: boolean;
  #wakers: (() => void)[] = [];

  constructor(options: SessionOptions, ports: SessionPorts, presenter: Presenter, plain: boolean) {
    this.#options = options;
    this.#ports = ports;
    this.terminal = ports.terminal;
    this.presenter = presenter;
    this.home = options.home;
    this.#plain = plain;
  }

  /**
   * Runs to the end.
   * @returns the exit code
   * @throws ExpectedError with one sentence, where nothing that was printed tells what went wrong
   */
  async run(): Promise<number> {
    const { interrupted } = this.#ports;
    const interrupt = (): void => this.#interrupt();
    interrupted.addEventListener("abort", interrupt);
    try {
      const link = await this.#connect();
      this.presenter.note(`Connected to ${link.server}`);
      if (this.terminal.interactive) this.#tellCode(link);
      const refused = await this.#logIn(link);
      if (refused !== undefined) return refused;
      if (!this.terminal.interactive) this.#tellCode(link);
      return await this.#stay();
    } finally {
      this.#end();
      this.link?.connection.close();
      await this.files?.settled();
      interrupted.removeEventListener("abort", interrupt);
    }
  }

  // What a chat does.

  roomNumber(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  roomName(number: number): string | undefined {
    return this.#names.get(number);
  }

  /** Says something now, or as soon as there is a connection again. */
  say(make: (tag: number) => Uint8Array | undefined, isToRoom = false): void {
    const entry = this.memory.add(make, isToRoom);
    if (!this.#isEntered) return;
    const frame = entry.frame();
    if (frame === undefined) this.memory.refuse(entry.tag);
    else this.link?.connection.send(frame);
  }

  /** Waits until more may be said; a script waits for the network too. */
  async roomToSay(): Promise<void> {
    while (this.memory.isFull && !this.isOver) await this.#change();
    const connection = this.link?.connection;
    if (
      !this.terminal.interactive &&
      connection !== undefined &&
      connection.queue.queuedBytes > limits.maxWaitingSendBytes
    )
      await connection.whenEmpty();
  }

  enterRoom(room: string): void {
    this.memory.current = room;
    if (this.#numbers.has(room)) return this.presenter.note(`You type into ${room} now.`);
    this.#join(room);
  }

  leaveRoom(room: string): void {
    const number = this.#numbers.get(room);
    if (number === undefined) return this.presenter.note("You are not in this room.");
    this.link?.send("part", { ask: this.#ask++, number });
  }

  ask(what: "rooms" | "history"): void {
    const number = this.#numbers.get(this.memory.current);
    if (what === "rooms") this.link?.send("rooms", { ask: this.#ask++ });
    else if (number !== undefined)
      this.link?.send("history", {
        ask: this.#ask++,
        number,
        before: Number.MAX_SAFE_INTEGER,
        count: limits.shownHistory,
      });
  }

  /** The files of the present connection, or of the next one; undefined where the stay ends first. */
  async connectedFiles(): Promise<PeerFiles | undefined> {
    while (!this.isOver && !this.#isEntered) await this.#change();
    return this.isOver ? undefined : this.files;
  }

  // What the server tells (`peer-frames.ts`).

  seated(seat: Control<"seat">): void {
    const { memory } = this;
    if (seat.token !== undefined) memory.token = seat.token;
    this.name = seat.name;
    if (memory.rooms.size === 0) memory.rooms.set(seat.room, undefined);
    if (memory.current === "") memory.current = seat.room;
    memory.seen = Math.max(memory.seen, seat.seen);
    memory.resume(seat.lastTag);
    this.#toJoin = new Set(memory.rooms.keys());
    for (const room of memory.rooms.keys()) this.#join(room);
  }

  joined({ room, number, skipped }: Control<"joined">): void {
    this.#numbers.set(room, number);
    this.#names.set(number, room);
    if (!this.memory.rooms.has(room)) this.memory.rooms.set(room, undefined);
    if (this.memory.current.toLowerCase() === room.toLowerCase()) this.memory.current = room;
    if (skipped) this.presenter.note("There was more than is shown here: the oldest messages were left out.");
    if (!this.#toJoin.delete(room) || this.#toJoin.size > 0) {
      if (this.#isEntered) this.presenter.note(`You are in ${room}, and type into it.`);
      return;
    }
    this.#isEntered = true;
    if (this.login !== undefined) {
      this.presenter.tell({ kind: "frame", header: "info", text: messages.welcome });
      this.login.seated();
    }
    for (const entry of this.memory.resume(0)) {
      const frame = entry.frame();
      if (frame === undefined) this.memory.refuse(entry.tag);
      else this.link?.connection.send(frame);
    }
    this.#signal();
  }

  parted(number: number): void {
    const room = this.#names.get(number);
    if (room === undefined) return;
    this.#names.delete(number);
    this.#numbers.delete(room);
    this.memory.rooms.delete(room);
    this.memory.current = this.memory.rooms.keys().next().value ?? "";
    this.presenter.note(`You left ${room}, and type into ${this.memory.current}.`);
  }

  acknowledged(tag: number, id: number): void {
    this.memory.acknowledge(tag, id);
    this.#signal();
  }

  refused(error: Control<"error">): void {
    if (error.tag !== undefined) this.memory.refuse(error.tag);
    if (error.code === "token") this.#refusedToken = true;
    else if (this.login !== undefined) this.login.refused(error);
    else this.presenter.tell({ kind: "frame", header: "error", text: messages.fromServer(error.text) });
    this.#signal();
  }

  // Below: the way in, and back.

  async #connect(): Promise<PeerLink> {
    const { host, port, fingerprint, known, limits: times } = this.#options;
    const opening = PeerLink.open({
      host,
      port,
      fingerprint,
      known,
      plain: this.#plain,
      handshakeMs: times.greetingMs,
    });
    const isDone = await within(Promise.race([opening, aborted(this.#ports.interrupted)]), times.connectMs);
    if (!isDone || this.#ports.interrupted.aborted) {
      // A dial cannot be taken back: should it succeed all the same, the connection is not wanted any more.
      opening.then(
        (link) => link.connection.destroy(),
        () => undefined,
      );
      const why = isDone ? "interrupted" : "it did not answer in time";
      throw new ExpectedError(`cannot connect to ${host} port ${port}: ${why}.`);
    }
    const link = await opening;
    this.#use(link);
    return link;
  }

  #use(link: PeerLink): void {
    this.link = link;
    this.#isEntered = false;
    this.#numbers.clear();
    this.#names.clear();
    const downloads = new PeerFiles(link, this.#options.downloads, {
      progress: (offer, bytes) => {
        this.heardMs = this.#ports.now();
        const key = `download ${offer.transfer}`;
        this.presenter.progress(key, `${offer.name} from ${offer.from ?? "server"}`, bytes, offer.size);
      },
      ended: (offer, result) => {
        this.heardMs = this.#ports.now();
        this.presenter.progressEnded(`download ${offer.transfer}`);
        const { name: file, from: sender } = offer;
        if (result.kind === "saved")
          this.presenter.tell({ kind: "file-received", file, savedAs: result.name, sender });
        else this.presenter.tell({ kind: "file-lost", file, sender, reason: result.reason });
      },
    });
    this.files = downloads;
    link.onFrame = (header, bytes, start, end) => {
      this.heardMs = this.#ports.now();
      hearFrame(this, downloads, header, bytes, start, end);
      this.#awaitScreen(link);
    };
    void link.ended.then(() => {
      this.#isEntered = false;
      this.terminal.cancel();
      this.#signal();
    });
  }

  /** Nobody reads what we print: then we read nothing either. */
  #awaitScreen(link: PeerLink): void {
    const caughtUp = this.terminal.caughtUp();
    if (caughtUp === undefined) return;
    link.connection.pause("screen");
    void caughtUp.then(() => link.connection.resume("screen"));
  }

  /** Prints what the server is known by, and writes it down. */
  #tellCode({ code, trust, server }: PeerLink): void {
    if (code === undefined)
      return this.presenter.note("This server does not encrypt: others may read along.");
    const { known } = this.#options;
    const problem = trust === "known" ? undefined : known.remember(server, code);
    const isNew = trust === "first" ? " It is new here: compare it with what the server shows." : "";
    this.presenter.note(`Encrypted. The code of this server is ${code}.${isNew}`);
    if (problem !== undefined)
      this.presenter.note(`It could not be written down in ${known.place}: ${problem}.`);
  }

  /** @returns the exit code where nobody came in */
  async #logIn(link: PeerLink): Promise<number | undefined> {
    const wire = new PeerLoginWire(link);
    this.login = wire;
    const { user, password } = this.#options;
    let end: LoginEnd;
    try {
      end = await logIn(this.terminal, wire, { name: user, password, remembered: false });
    } finally {
      this.login = undefined;
    }
    if (end.kind === "input-ended") throw new ExpectedError("the input ended before the login did.");
    if (end.kind === "refused") return this.#ports.interrupted.aborted ? interruptedCode : 1;
    if (end.kind === "joined") {
      this.presenter.tell({ kind: "named", name: this.name });
      return undefined;
    }
    const code = this.#codeOfEnd();
    if (code === undefined) throw new ExpectedError("the server hung up during the login.");
    return code;
  }

  async #stay(): Promise<number> {
    const reading = new PeerChat(this).run();
    for (;;) {
      const link = this.link!;
      const end = await Promise.race([reading, link.ended.then(() => "lost" as const)]);
      if (this.#ports.interrupted.aborted) return interruptedCode;
      if (end === "leave" || end === "input-ended") {
        if (end === "input-ended" || !this.terminal.interactive) await this.#untilDone();
        if (this.link?.isOpen === true) {
          this.link.leave();
          await within(this.link.ended, this.#options.limits.leaveMs);
        }
        return 0;
      }
      const code = this.#codeOfEnd();
      if (code !== undefined) return code;
      await this.#comeBack();
      if (this.#ports.interrupted.aborted) return interruptedCode;
    }
  }

  /** @returns the exit code where the end was told; undefined where the connection was lost */
  #codeOfEnd(): number | undefined {
    if (this.link?.fault !== undefined) throw this.link.fault;
    if (this.goodbye === undefined) return undefined;
    if (!this.presenter.state.shutDown) return 1;
    this.presenter.note("The classroom is closed.");
    return 0;
  }

  async #comeBack(): Promise<void> {
    const { interrupted, now } = this.#ports;
    const { token } = this.memory;
    const since = now();
    this.presenter.note("The connection was lost; trying to come back.");
    for (
      let waitMs: number = limits.firstReconnectMs;
      ;
      waitMs = Math.min(waitMs * 2, limits.longestReconnectMs)
    ) {
      const isTooLong = !this.terminal.interactive && now() - since + waitMs > limits.scriptReconnectMs;
      if (token === undefined || isTooLong) throw new ExpectedError(connectionLost);
      await Promise.race([Bun.sleep(waitMs * (0.75 + Math.random() / 2)), aborted(interrupted)]);
      if (interrupted.aborted) return;
      if (await this.#tryAgain(token)) return;
    }
  }

  /** @returns whether the seat was taken again; a server that is not there yet is tried once more */
  async #tryAgain(token: string): Promise<boolean> {
    const known = this.#options.known.find(this.link!.server);
    try {
      const link = await this.#connect();
      link.send("login", { token });
      while (link.isOpen && !this.#isEntered && !this.#refusedToken) await this.#change();
      if (this.#refusedToken) throw new ComeBackError("this login has run out; please join again.");
      if (!this.#isEntered) return false;
      this.presenter.note("Here again.");
      return true;
    } catch (error) {
      if (error instanceof ComeBackError || !(error instanceof ExpectedError)) throw error;
      // A server that is another one now is told, and not tried again.
      if (this.link?.fault === error || (known !== undefined && /IS NOT THE ONE/.test(error.message)))
        throw error;
      return false;
    }
  }

  #join(room: string): void {
    const since = this.memory.rooms.get(room);
    const history = this.terminal.interactive ? limits.shownHistory : 0;
    this.link?.send("join", { ask: this.#ask++, room, ...(since === undefined ? { history } : { since }) });
  }

  /** All that a script said is acknowledged, and nothing has come for a moment. */
  async #untilDone(): Promise<void> {
    const { now } = this.#ports;
    const began = now();
    while (
      this.memory.waitingCount > 0 &&
      now() - began < limits.lastAcknowledgementMs &&
      this.link?.isOpen === true
    )
      await this.#change();
    const { quietMs, quietAtMostMs } = this.#options.limits;
    const quietSince = now();
    while (this.link?.isOpen === true) {
      const at = now();
      const quietFor = at - Math.max(quietSince, this.heardMs);
      const isTooLong = at - quietSince >= quietAtMostMs && this.files?.isReceiving !== true;
      if (quietFor >= quietMs || isTooLong) return;
      await Bun.sleep(Math.max(1, quietMs - quietFor));
    }
  }

  /** Ctrl-C: says goodbye and hangs up. */
  #interrupt(): void {
    this.#end();
    this.link?.leave();
    this.terminal.cancel();
  }

  #end(): void {
    this.isOver = true;
    this.#signal();
  }

  /** Waits until something changed that somebody may wait for, or a moment passed. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.#wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #signal(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}

const interruptedCode = 130;

/** The seat cannot be taken again. */
class ComeBackError extends ExpectedError {}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
