/**
 * From a client's `hello` to where it may log in (PROTOCOL.md §2):
 *
 *      hello --> version, TLS or not --no--> error, end
 *                  | yes
 *                  v
 *      server's hello in clear --without TLS--> done
 *                  | with
 *                  v
 *      TLS in place --> hello again, byte for byte --> server's hello again --> done
 */
import type { Connection } from "../net/connection.ts";
import { encodeControl } from "../protocol/v2/control.ts";
import { lookUpV2Header, v2HeaderCode } from "../protocol/v2/header.ts";
import { agreeVersion, ownCapabilities, ownVersion } from "../protocol/v2/version.ts";
import type { Classroom } from "./classroom.ts";
import { handshakeMs } from "./limits.ts";
import type { Newcomer, Speaker } from "./member.ts";
import type { Hello } from "./session/session.ts";

export class Handshake implements Speaker, Newcomer {
  readonly isChecking = false;
  heardAtMs: number;
  #classroom: Classroom;
  readonly connection: Connection;
  #hello: Hello;
  #answer: Uint8Array = new Uint8Array(0);
  #done: (capabilities: readonly string[]) => void;
  #timer: Timer | undefined;

  /** @param done told what both can do, when the peer may log in */
  constructor(
    classroom: Classroom,
    connection: Connection,
    hello: Hello,
    done: (capabilities: readonly string[]) => void,
  ) {
    this.#classroom = classroom;
    this.connection = connection;
    this.#hello = hello;
    this.#done = done;
    this.heardAtMs = classroom.ports.now();
  }

  /** Call within the frame that said `hello`: nothing behind it may be there yet. */
  begin(): void {
    const { version, tls } = this.#hello.content;
    const policy = this.#classroom.ports.tls;
    this.connection.hold();
    const agreed = agreeVersion(version);
    if (agreed === undefined)
      return this.#end("version", `This server speaks version ${ownVersion}, and the client ${version}.`);
    const startsTls = tls && policy.kind !== "off" && this.connection.canStartTls;
    if (policy.kind === "require" && !startsTls && !this.connection.isSecure)
      return this.#end("tls-required", "This server takes only clients with TLS.");
    this.#answer = encodeControl("hello", {
      version: agreed,
      tls: startsTls,
      capabilities: [...ownCapabilities],
    });
    const classroom = this.#classroom;
    // What else came in the same chunk is known only when it is decoded.
    queueMicrotask(() =>
      classroom.entrance.enter(() => {
        if (!this.connection.isOpen) return;
        this.#timer = setTimeout(
          () => this.turnAway("The handshake took too long, so this connection ends here."),
          handshakeMs,
        );
        classroom.background(this.#reply(startsTls));
      }),
    );
  }

  async #reply(startsTls: boolean): Promise<void> {
    const connection = this.connection;
    if (this.#isEarly()) return;
    connection.send(this.#answer);
    await connection.whenEmpty();
    if (!connection.isOpen || this.#isEarly()) return;
    connection.decoder.readPlainFrames(lookUpV2Header);
    const policy = this.#classroom.ports.tls;
    if (!startsTls || policy.kind === "off") this.#finish();
    else {
      const { key, certificate } = policy.identity;
      connection.startTls({ kind: "server", key, certificate }, () => {});
    }
    connection.release();
  }

  #isEarly(): boolean {
    if (this.connection.heldBytes === 0) return false;
    this.#end("early", "Nothing may be sent before the server's hello.");
    return true;
  }

  #finish(): void {
    clearTimeout(this.#timer);
    const { capabilities } = this.#hello.content;
    this.#done(ownCapabilities.filter((own) => capabilities.includes(own)));
  }

  #end(code: string, text: string): void {
    clearTimeout(this.#timer);
    this.#classroom.counters.violations++;
    this.connection.close(encodeControl("error", { code, text }));
  }

  turnAway(text: string): void {
    clearTimeout(this.#timer);
    // Within a TLS handshake nothing can be said.
    if (this.connection.isSecure) this.connection.destroy();
    else this.connection.close(encodeControl("bye", { code: "idle", text }));
  }

  whenIdle(): Promise<void> {
    return Promise.resolve();
  }

  farewell(): void {
    this.connection.destroy();
  }

  // Below: what the connection tells.

  /** The second `hello`, inside TLS. */
  frame(header: number, bytes: Uint8Array, start: number, end: number): void {
    const isSame =
      header === v2HeaderCode.hello && Buffer.compare(bytes.subarray(start, end), this.#hello.payload) === 0;
    if (!isSame)
      return this.#end(
        "downgrade",
        "This is not the hello that was said in clear: somebody changed it on the way.",
      );
    this.connection.send(this.#answer);
    this.#finish();
  }

  fileData(): void {}

  fileEnd(): void {}

  violation(sentence: string): void {
    this.#end("malformed", sentence);
  }

  overflow(): void {
    this.connection.destroy();
  }

  closed(): void {
    clearTimeout(this.#timer);
    this.#classroom.newcomers.delete(this);
  }
}
