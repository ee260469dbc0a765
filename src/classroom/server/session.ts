/**
 * One person's connection from the greeting to the last frame. What a frame does is in `commands.ts`; here is
 * only what a session has, and how it begins and ends.
 */
import { MessageBucket } from "../chat/message-bucket.ts";
import type { Connection, ConnectionEvents } from "../net/connection.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import type { Classroom } from "./classroom.ts";
import { runCommand } from "./commands.ts";
import { Login } from "./login.ts";
import { Outbox } from "./outbox.ts";
import type { Upload } from "./upload.ts";

const encoder = new TextEncoder();

export class Session implements ConnectionEvents {
  readonly classroom: Classroom;
  readonly outbox: Outbox;
  /** Set while this connection has not logged in. */
  login: Login | undefined;
  /** When this connection, not logged in, was last heard; it is not timed out while a password is checked. */
  heardAtMs: number;
  /** As it was registered; empty until the login. */
  name = "";
  /** `Client NAME: ` in UTF-8. */
  groupPrefix = new Uint8Array(0);
  /** The file that is arriving. */
  upload: Upload | undefined;
  #connection: () => Connection;
  #messages: MessageBucket;
  #bytes: MessageBucket;
  #throttle: Timer | undefined;
  #onClosed: () => void;

  constructor(classroom: Classroom, connection: () => Connection, onClosed: () => void) {
    this.classroom = classroom;
    this.#connection = connection;
    this.#onClosed = onClosed;
    this.login = new Login(this);
    this.outbox = new Outbox(this);
    const { limits, now } = classroom.ports;
    this.heardAtMs = now();
    this.#messages = new MessageBucket(limits.messageBurst, limits.messagesPerSecond, this.heardAtMs);
    this.#bytes = new MessageBucket(limits.byteBurst, limits.bytesPerSecond, this.heardAtMs);
  }

  get connection(): Connection {
    return this.#connection();
  }

  get isMember(): boolean {
    return this.name !== "";
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

  /** The last frame of all, when the server shuts down. */
  farewell(frame: Uint8Array): void {
    this.classroom.room.leave(this.connection.queue);
    this.connection.close(frame);
  }

  /** The login is done: takes the seat, welcomes, and tells the others. */
  enter(name: string): void {
    const { classroom } = this;
    this.login = undefined;
    classroom.newcomers.delete(this);
    this.name = name;
    this.groupPrefix = encoder.encode(messages.groupPrefix(name));
    const before = classroom.roster.find(name);
    if (before !== undefined) {
      before.dismiss(messages.fromServer("You logged in from another place, so this connection ends here."));
      before.leave();
    }
    classroom.roster.sit(name, this);
    this.info(messages.welcome);
    classroom.room.join(this.connection.queue);
    classroom.tell(messages.joined(name), this);
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
    classroom.tell(messages.left(name));
    classroom.ports.screen.line(`Client ${name} disconnected.`);
  }

  /** Reads the next message later if this person sends too many or too much; none is lost. */
  throttle(bytes: number): void {
    const { now } = this.classroom.ports;
    const waitMs = Math.max(this.#messages.take(1, now), this.#bytes.take(bytes, now));
    if (waitMs <= 0 || this.#throttle !== undefined) return;
    this.connection.hold();
    this.#throttle = setTimeout(() => {
      this.#throttle = undefined;
      this.connection.release();
    }, waitMs);
  }

  // Below: what the connection tells.

  frame(header: number, bytes: Uint8Array, start: number, end: number, ascii: boolean): void {
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
    clearTimeout(this.#throttle);
    this.upload?.abandon();
    this.upload = undefined;
    this.leave();
    this.#onClosed();
  }
}
