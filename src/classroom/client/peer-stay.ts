/**
 * A whole stay in the second protocol: connect, log in, talk, and after a lost connection come back by itself to
 * the same seat, with nothing lost and nothing twice.
 *
 *      connect --> log in --> talk --> left 0 | shut down 0 | replaced 1
 *                     ^         | lost
 *                     '--token--'   after 0.5 s, 1 s, 2 s … 30 s
 */
import { ExpectedError } from "../../lib/errors.ts";
import { formatBytes } from "../../lib/format-amount.ts";
import { showableLine } from "../../lib/showable.ts";
import * as limits from "./limits.ts";
import { logIn, type LoginEnd } from "./login.ts";
import { PeerChat } from "./peer-chat.ts";
import { removeOldParts } from "./part-download.ts";
import { PartsInUse } from "./parts-in-use.ts";
import { PeerDownloads, type DownloadEnd, type Offer } from "./peer-downloads.ts";
import { PeerFiles } from "./peer-files.ts";
import { hearFrame } from "./peer-frames.ts";
import { PeerLink } from "./peer-link.ts";
import { PeerLoginWire } from "./peer-login-wire.ts";
import type { Presenter } from "./presenter.ts";
import { PeerSeat } from "./peer-seat.ts";
import type { SessionOptions, SessionPorts } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { within } from "./within.ts";

const connectionLost = "the connection to the server was lost.";

export class PeerStay {
  #seat: PeerSeat;
  #terminal: Terminal;
  #presenter: Presenter;
  #options: SessionOptions;
  #ports: SessionPorts;
  /** When something was last heard, in milliseconds. */
  #heardMs = Number.NEGATIVE_INFINITY;
  #plain: boolean;
  #inUse = new PartsInUse();

  constructor(options: SessionOptions, ports: SessionPorts, presenter: Presenter, plain: boolean) {
    this.#options = options;
    this.#ports = ports;
    this.#terminal = ports.terminal;
    this.#presenter = presenter;
    this.#seat = new PeerSeat(ports.terminal, presenter, options.home, ports.now);
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
      await removeOldParts(this.#options.downloads, Date.now());
      const link = await this.#connect();
      this.#presenter.note(`Connected to ${link.server}`);
      if (this.#terminal.interactive) this.#tellCode(link);
      const refused = await this.#logIn(link);
      if (refused !== undefined) return refused;
      if (!this.#terminal.interactive) this.#tellCode(link);
      return await this.#stay();
    } finally {
      this.#seat.end();
      this.#seat.link?.connection.close();
      await this.#seat.files?.settled();
      interrupted.removeEventListener("abort", interrupt);
    }
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
      now: this.#ports.now,
      isDeaf: () => this.#terminal.caughtUp() !== undefined,
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
    const { desk } = this.#seat;
    const downloads = new PeerDownloads(link, this.#options.downloads, () => this.#seat.name, this.#inUse, {
      decide: (offer) => desk.decide(offer, downloads),
      withdrawn: (offer) => desk.withdrawn(offer),
      progress: (offer, bytes) => {
        this.#heardMs = this.#ports.now();
        desk.progress(offer, bytes);
        const key = `download ${offer.transfer}`;
        this.#presenter.progress(key, `${offer.name} from ${offer.from ?? "server"}`, bytes, offer.size);
      },
      ended: (offer, end) => this.#tellEnd(offer, end),
    });
    const files = new PeerFiles(link, downloads);
    this.#seat.use(link, files);
    link.onFrame = (header, bytes, start, end) => {
      this.#heardMs = this.#ports.now();
      hearFrame(this.#seat, files, header, bytes, start, end);
      this.#awaitScreen(link);
    };
    void link.ended.then(() => this.#lost());
  }

  #tellEnd(offer: Offer, end: DownloadEnd): void {
    this.#heardMs = this.#ports.now();
    this.#seat.desk.ended(offer);
    this.#presenter.progressEnded(`download ${offer.transfer}`);
    const { name: file, from: sender } = offer;
    if (end.kind === "saved")
      this.#presenter.tell({ kind: "file-received", file, savedAs: end.name, sender });
    else if (end.kind === "failed")
      this.#presenter.tell({ kind: "file-lost", file, sender, reason: end.reason });
    else
      this.#presenter.note(
        `File '${showableLine(file)}': ${formatBytes(end.bytes)} of ${formatBytes(offer.size)} are here; ` +
          "it goes on when it is offered again.",
      );
  }

  #lost(): void {
    this.#seat.isEntered = false;
    this.#terminal.cancel();
    this.#seat.signal();
  }

  /** Nobody reads what we print: then we read nothing either. */
  #awaitScreen(link: PeerLink): void {
    const caughtUp = this.#terminal.caughtUp();
    if (caughtUp === undefined) return;
    link.connection.pause("screen");
    void caughtUp.then(() => link.connection.resume("screen"));
  }

  /** Prints what the server is known by, and writes it down. */
  #tellCode({ code, trust, server }: PeerLink): void {
    if (code === undefined)
      return this.#presenter.note("This server does not encrypt: others may read along.");
    const { known } = this.#options;
    const problem = trust === "known" ? undefined : known.remember(server, code);
    const isNew = trust === "first" ? " It is new here: compare it with what the server shows." : "";
    this.#presenter.note(`Encrypted. The code of this server is ${code}.${isNew}`);
    if (problem !== undefined)
      this.#presenter.note(`It could not be written down in ${known.place}: ${problem}.`);
  }

  /** @returns the exit code where nobody came in */
  async #logIn(link: PeerLink): Promise<number | undefined> {
    const wire = new PeerLoginWire(link);
    this.#seat.login = wire;
    const { user, password } = this.#options;
    let end: LoginEnd;
    try {
      end = await logIn(this.#terminal, wire, { name: user, password, remembered: false });
    } finally {
      this.#seat.login = undefined;
    }
    if (end.kind === "input-ended") throw new ExpectedError("the input ended before the login did.");
    if (end.kind === "refused") return this.#ports.interrupted.aborted ? interruptedCode : 1;
    if (end.kind === "joined") {
      this.#presenter.tell({ kind: "named", name: this.#seat.name });
      return undefined;
    }
    const code = this.#codeOfEnd();
    if (code === undefined) throw new ExpectedError("the server hung up during the login.");
    return code;
  }

  async #stay(): Promise<number> {
    const reading = new PeerChat(this.#seat).run();
    for (;;) {
      const link = this.#seat.link!;
      const end = await Promise.race([reading, link.ended.then(() => "lost" as const)]);
      if (this.#ports.interrupted.aborted) return interruptedCode;
      if (end === "leave" || end === "input-ended") {
        if (end === "input-ended" || !this.#terminal.interactive) await this.#untilDone();
        if (this.#seat.link?.isOpen === true) {
          this.#seat.tellRead();
          this.#seat.link.leave();
          await within(this.#seat.link.ended, this.#options.limits.leaveMs);
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
    if (this.#seat.link?.fault !== undefined) throw this.#seat.link.fault;
    if (this.#seat.goodbye === undefined) return undefined;
    if (!this.#presenter.state.shutDown) return 1;
    this.#presenter.note("The classroom is closed.");
    return 0;
  }

  async #comeBack(): Promise<void> {
    const { interrupted, now } = this.#ports;
    const { token } = this.#seat.memory;
    const since = now();
    this.#presenter.note("The connection was lost; trying to come back.");
    for (
      let waitMs: number = limits.firstReconnectMs;
      ;
      waitMs = Math.min(waitMs * 2, limits.longestReconnectMs)
    ) {
      const isTooLong = !this.#terminal.interactive && now() - since + waitMs > limits.scriptReconnectMs;
      if (token === undefined || isTooLong) throw new ExpectedError(connectionLost);
      await Promise.race([Bun.sleep(waitMs * (0.75 + Math.random() / 2)), aborted(interrupted)]);
      if (interrupted.aborted) return;
      if (await this.#tryAgain(token)) return;
    }
  }

  /** @returns whether the seat was taken again; a server that is not there yet is tried once more */
  async #tryAgain(token: string): Promise<boolean> {
    const known = this.#options.known.find(this.#seat.link!.server);
    try {
      const link = await this.#connect();
      link.send("login", { token });
      while (link.isOpen && !this.#seat.isEntered && !this.#seat.isTokenRefused) await this.#seat.change();
      if (this.#seat.isTokenRefused) throw new ComeBackError("this login has run out; please join again.");
      if (!this.#seat.isEntered) return false;
      this.#presenter.note("Here again.");
      return true;
    } catch (error) {
      if (error instanceof ComeBackError || !(error instanceof ExpectedError)) throw error;
      // A server that is another one now is told, and not tried again.
      if (this.#seat.link?.fault === error || (known !== undefined && /IS NOT THE ONE/.test(error.message)))
        throw error;
      return false;
    }
  }

  /** All that a script said is acknowledged, and nothing has come for a moment. */
  async #untilDone(): Promise<void> {
    const { now } = this.#ports;
    const began = now();
    while (
      this.#seat.memory.waitingCount > 0 &&
      now() - began < limits.lastAcknowledgementMs &&
      this.#seat.link?.isOpen === true
    )
      await this.#seat.change();
    const { quietMs, quietAtMostMs } = this.#options.limits;
    const quietSince = now();
    while (this.#seat.link?.isOpen === true) {
      const at = now();
      const quietFor = at - Math.max(quietSince, this.#heardMs);
      const isTooLong = at - quietSince >= quietAtMostMs && this.#seat.files?.isReceiving !== true;
      if (quietFor >= quietMs || isTooLong) return;
      await Bun.sleep(Math.max(1, quietMs - quietFor));
    }
  }

  /** Ctrl-C: says goodbye and hangs up. */
  #interrupt(): void {
    this.#seat.end();
    this.#seat.link?.leave();
    this.#terminal.cancel();
  }
}

const interruptedCode = 130;

/** The seat cannot be taken again. */
class ComeBackError extends ExpectedError {}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
