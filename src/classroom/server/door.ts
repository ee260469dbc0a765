/**
 * Where a connection comes in. It is taken for one of the first protocol until it says `hello`; from then on
 * somebody else speaks over it.
 */
import type { Connection, ConnectionEvents } from "../net/connection.ts";
import type { Classroom } from "./classroom.ts";
import { Handshake } from "./handshake.ts";
import { Peer } from "./peer/peer.ts";
import { Session, type Hello } from "./session/session.ts";

export class Door implements ConnectionEvents {
  readonly connection: () => Connection;
  #classroom: Classroom;
  #onClosed: () => void;
  #speaker: Session | Handshake | Peer;

  constructor(classroom: Classroom, connection: () => Connection, onClosed: () => void) {
    this.#classroom = classroom;
    this.connection = connection;
    this.#onClosed = onClosed;
    const session = new Session(classroom, connection, (hello) => this.#shakeHands(session, hello));
    this.#speaker = session;
    classroom.newcomers.add(session);
  }

  /** Whether somebody has logged in here. */
  get isMember(): boolean {
    return this.#speaker instanceof Handshake ? false : this.#speaker.isMember;
  }

  whenIdle(): Promise<unknown> {
    return this.#speaker.whenIdle();
  }

  farewell(): void {
    this.#speaker.farewell();
  }

  frame(header: number, bytes: Uint8Array, start: number, end: number, ascii: boolean): void {
    this.#speaker.frame(header, bytes, start, end, ascii);
  }

  fileData(bytes: Uint8Array, start: number, end: number): void {
    this.#speaker.fileData(bytes, start, end);
  }

  fileEnd(): void {
    this.#speaker.fileEnd();
  }

  violation(sentence: string): void {
    this.#speaker.violation(sentence);
  }

  overflow(): void {
    this.#speaker.overflow();
  }

  closed(): void {
    this.#speaker.closed();
    this.#onClosed();
  }

  #shakeHands(session: Session, hello: Hello): void {
    const handshake = new Handshake(this.#classroom, this.connection(), hello, (capabilities) => {
      const peer = new Peer(this.#classroom, this.connection, capabilities, hello.content.agent);
      this.#replace(handshake, peer);
    });
    this.#replace(session, handshake);
    handshake.begin();
  }

  #replace(before: Session | Handshake, after: Handshake | Peer): void {
    this.#classroom.newcomers.delete(before);
    this.#classroom.newcomers.add(after);
    this.#speaker = after;
  }
}
