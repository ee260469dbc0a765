/** The classroom server: listens, gives each connection a session, and ends them all in order. */
import { listen, type Listener } from "../net/listen.ts";
import { WriteTick } from "../net/write-tick.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import { Classroom, type Ports } from "./classroom.ts";
import { shutdownMs } from "./limits.ts";
import { Session } from "./session.ts";

const sweepMs = 1_000;

export class Server {
  readonly classroom: Classroom;
  #listener: Listener;
  #sessions = new Set<Session>();
  #sweep: Timer;
  #stopped: Promise<void> | undefined;

  /** @throws ExpectedError with one sentence where it cannot listen */
  constructor(host: string, port: number, ports: Ports) {
    const classroom = new Classroom(ports, new WriteTick());
    this.classroom = classroom;
    this.#listener = listen(
      host,
      port,
      classroom.tick,
      (connection) => this.#open(connection),
      (error) => ports.log.fault(error),
    );
    this.#sweep = setInterval(() => this.sweepNewcomers(), sweepMs);
  }

  get port(): number {
    return this.#listener.port;
  }

  get connectionCount(): number {
    return this.#sessions.size;
  }

  /** Closes connections that have said nothing for too long before they logged in. */
  sweepNewcomers(): void {
    const { newcomers, counters, ports } = this.classroom;
    const now = ports.now();
    for (const session of newcomers) {
      if (session.login?.isChecking === true) session.heardAtMs = now;
      if (now - session.heardAtMs < ports.limits.loginTimeoutMs) continue;
      counters.loginTimeouts++;
      newcomers.delete(session);
      session.dismiss(messages.fromServer("Nobody logged in on this connection in time, so it ends here."));
    }
  }

  /** Tells everybody, waits until they were told as far as they read, and gives the port back. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopNow();
    return this.#stopped;
  }

  async #stopNow(): Promise<void> {
    clearInterval(this.#sweep);
    this.#listener.stop();
    const farewell = encodeFrame("info", messages.shuttingDown);
    const sessions = [...this.#sessions];
    // A raw file that runs is finished first: no frame can be told inside it.
    const idle = Promise.all(sessions.map((session) => session.outbox.whenIdle()));
    await Promise.race([idle, Bun.sleep(shutdownMs)]);
    this.classroom.isClosing = true;
    for (const session of sessions) session.farewell(farewell);
    const deadline = Date.now() + shutdownMs;
    while (this.#sessions.size > 0 && Date.now() < deadline) await Bun.sleep(10);
    for (const session of this.#sessions) session.connection.destroy();
  }

  #open(connection: () => Session["connection"]): Session {
    const { classroom } = this;
    const session: Session = new Session(classroom, connection, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    classroom.newcomers.add(session);
    // The connection is there only when this returns.
    queueMicrotask(() => this.#greet(session));
    return session;
  }

  #greet(session: Session): void {
    const { newcomers, counters, ports } = this.classroom;
    session.info(messages.greeting);
    if (newcomers.size <= ports.limits.maxNewcomers) return;
    for (const oldest of newcomers) {
      if (oldest.login?.isChecking === true) continue;
      counters.evictedNewcomers++;
      newcomers.delete(oldest);
      oldest.dismiss(messages.fromServer("Too many connections wait to log in; please connect again."));
      return;
    }
  }
}
