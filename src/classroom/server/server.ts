/** The classroom server: listens, gives each connection a session, and ends them all in order. */
import { listen, type Listener } from "../net/listen.ts";
import { WriteTick } from "../net/write-tick.ts";
import { Connection, type FramedSocket } from "../net/connection.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import { crowdedNetwork, networkOf } from "./crowd.ts";
import { Classroom, type Ports } from "./classroom.ts";
import { crowdMs, largeHeldBytes, shutdownMs } from "./limits.ts";
import { Door } from "./door.ts";

const sweepMs = 1_000;

/** What everybody is told first, encoded once. */
const greeting = encodeFrame("info", messages.greeting);
const tlsOnly = encodeFrame("info", messages.tlsOnly);

export class Server {
  readonly classroom: Classroom;
  #listener: Listener;
  #doors = new Set<Door>();
  #sweep: Timer;
  #stopped: Promise<void> | undefined;
  /** Where most newcomers were when it was looked for last. */
  #crowd: { network: string | undefined; untilMs: number } = { network: undefined, untilMs: 0 };

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
    classroom.keeper.start();
    this.#sweep = setInterval(() => {
      this.sweepNewcomers();
      classroom.moderation.recheck();
    }, sweepMs);
  }

  get port(): number {
    return this.#listener.port;
  }

  get connectionCount(): number {
    return this.#doors.size;
  }

  /**
   * Somebody comes in by something else than the listener: a page over its web socket.
   * @returns the connection, to be told what comes, and whether that person has logged in by now
   */
  admit(socket: FramedSocket): { connection: Connection; isMember: () => boolean } {
    const door = this.#open(() => connection);
    const connection: Connection = new Connection(socket, this.classroom.tick, door);
    if (this.#stopped !== undefined) queueMicrotask(() => connection.destroy());
    return { connection, isMember: () => door.isMember };
  }

  /** Closes connections that have said nothing for too long before they logged in. */
  sweepNewcomers(): void {
    const { newcomers, counters, ports } = this.classroom;
    const now = ports.now();
    for (const newcomer of newcomers) {
      if (newcomer.isChecking) newcomer.heardAtMs = now;
      if (now - newcomer.heardAtMs < ports.limits.loginTimeoutMs) continue;
      counters.loginTimeouts++;
      newcomers.delete(newcomer);
      newcomer.turnAway("Nobody logged in on this connection in time, so it ends here.");
    }
    this.#closeThoseThatHoldMuch();
  }

  #closeThoseThatHoldMuch(): void {
    const { newcomers, counters, ports } = this.classroom;
    let bytes = 0;
    for (const newcomer of newcomers) {
      const { heldBytes } = newcomer.connection;
      bytes += heldBytes;
      if (bytes <= ports.limits.maxNewcomerBytes || heldBytes < largeHeldBytes) continue;
      bytes -= heldBytes;
      counters.evictedNewcomers++;
      newcomers.delete(newcomer);
      newcomer.turnAway("Nobody has logged in on this connection, and it has begun too long a message.");
    }
  }

  /** Tells everybody, waits until they were told as far as they read, and gives the port back. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopNow();
    return this.#stopped;
  }

  async #stopNow(): Promise<void> {
    clearInterval(this.#sweep);
    this.classroom.keeper.stop();
    this.#listener.stop();
    this.classroom.arrivals.end();
    const doors = [...this.#doors];
    // A raw file that runs is finished first: no frame can be told inside it.
    const idle = Promise.all(doors.map((door) => door.whenIdle()));
    await Promise.race([idle, Bun.sleep(shutdownMs)]);
    await Promise.race([this.classroom.log.settled(), Bun.sleep(shutdownMs)]);
    this.classroom.isClosing = true;
    for (const door of doors) door.farewell();
    const deadline = Date.now() + shutdownMs;
    while (this.#doors.size > 0 && Date.now() < deadline) await Bun.sleep(10);
    for (const door of this.#doors) door.connection().destroy();
    await Promise.race([this.classroom.log.settled(), Bun.sleep(shutdownMs)]);
    this.classroom.moderation.hands.stop();
    this.classroom.pushes.close();
    this.classroom.collects.board.close();
    await this.classroom.quizzes.stop();
  }

  #open(connection: () => Connection): Door {
    const door: Door = new Door(this.classroom, connection, () => this.#doors.delete(door));
    this.#doors.add(door);
    // The connection is there only when this returns.
    queueMicrotask(() => this.#greet(connection()));
    return door;
  }

  /** Looked for anew only now and then: thousands may come in a second. */
  #crowdedNetwork(): string | undefined {
    const now = this.classroom.ports.now();
    if (now >= this.#crowd.untilMs) {
      const addresses = Array.from(this.classroom.newcomers, ({ connection }) => connection.address);
      this.#crowd = { network: crowdedNetwork(addresses), untilMs: now + crowdMs };
    }
    return this.#crowd.network;
  }

  #greet(connection: Connection): void {
    const { newcomers, counters, ports } = this.classroom;
    connection.send(ports.tls.kind === "require" ? tlsOnly : greeting);
    if (newcomers.size <= ports.limits.maxNewcomers) return;
    const crowded = this.#crowdedNetwork();
    for (const oldest of newcomers) {
      if (oldest.isChecking || networkOf(oldest.connection.address) !== crowded) continue;
      counters.evictedNewcomers++;
      newcomers.delete(oldest);
      oldest.turnAway("Too many connections wait to log in; please connect again.");
      return;
    }
  }
}
