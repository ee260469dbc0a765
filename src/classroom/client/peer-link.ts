/**
 * One connection to a server in the second protocol, from the dial to the last frame: greeting, `hello`, TLS in
 * place, the server's CODE, and then frames (PROTOCOL.md §2).
 */
import { ExpectedError } from "../../lib/errors.ts";
import { dial } from "../net/dial.ts";
import type { Connection, ConnectionEvents } from "../net/connection.ts";
import { WriteTick } from "../net/write-tick.ts";
import { decodeControl, encodeControl, type Control, type ControlHeader } from "../protocol/v2/control.ts";
import { lookUpV2Header, v2HeaderCode } from "../protocol/v2/header.ts";
import { serverCode } from "../protocol/v2/server-code.ts";
import { ownCapabilities, ownVersion } from "../protocol/v2/version.ts";
import type { KnownServers } from "./known-servers.ts";
import { LinkWatch } from "./link-watch.ts";
import { trustServer, type Trust } from "./server-trust.ts";
import { within } from "./within.ts";

export interface LinkOptions {
  host: string;
  port: number;
  /** The CODE that the server must have, where the person named one. */
  fingerprint: string | undefined;
  known: KnownServers;
  /** Whether the person agreed to speak without encryption. */
  plain: boolean;
  /** How long the server may take to greet and to shake hands. */
  handshakeMs: number;
  /** Milliseconds. */
  now: () => number;
  /** Whether nothing is read at present. */
  isDeaf: () => boolean;
}

/** What the server offers is less than what was wanted: the first protocol, or the second without encryption. */
export class LesserServer extends ExpectedError {
  readonly kind: "first-protocol" | "plain";

  constructor(kind: LesserServer["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

export type FrameHandler = (header: number, bytes: Uint8Array, start: number, end: number) => void;

export class PeerLink {
  /** Resolves when the connection is gone. */
  readonly ended: Promise<void>;
  /** Why it ended, where it was not simply cut. */
  fault: Error | undefined;
  /** What people know the server by; undefined without TLS. */
  code: string | undefined;
  trust: Trust = "known";
  connection!: Connection;
  onFrame: FrameHandler = () => {};
  #ended = Promise.withResolvers<void>();
  #ready = Promise.withResolvers<void>();
  #options: LinkOptions;
  #watch: LinkWatch;
  #hello: Uint8Array;
  /** The server's `hello` in clear. */
  #answer: Uint8Array | undefined;
  #step: "greeting" | "hello" | "tls" | "second-hello" | "ready" = "greeting";

  private constructor(options: LinkOptions) {
    this.#options = options;
    this.#watch = new LinkWatch(options.now, options.isDeaf);
    this.ended = this.#ended.promise;
    this.#hello = encodeControl("hello", {
      version: ownVersion,
      tls: true,
      capabilities: [...ownCapabilities],
    });
  }

  /**
   * Dials and shakes hands. Nothing is known of the person yet.
   * @throws LesserServer where the server offers less than was wanted
   * @throws ExpectedError with one sentence where nothing answers, or the server is not the one it was
   */
  static async open(options: LinkOptions): Promise<PeerLink> {
    const link = new PeerLink(options);
    link.connection = await dial(
      options.host,
      options.port,
      new WriteTick(),
      () => link.#events(),
      (error) => (link.fault ??= error),
    );
    link.connection.decoder.fromServer = true;
    const ready = link.#ready.promise;
    try {
      if (await within(ready, options.handshakeMs)) return link;
      throw new ExpectedError("the server says nothing: it may be no classroom server.");
    } catch (error) {
      link.connection.destroy();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.connection.isOpen;
  }

  get server(): string {
    const { host, port } = this.#options;
    return `${host.includes(":") ? `[${host}]` : host}:${port}`;
  }

  send<H extends ControlHeader>(header: H, content: Control<H>): void {
    this.connection.send(encodeControl(header, content));
  }

  /** Says goodbye and hangs up. */
  leave(): void {
    this.connection.close(encodeControl("bye", { code: "leaving" }));
  }

  #events(): ConnectionEvents {
    return {
      frame: (header, bytes, start, end) => this.#frame(header, bytes, start, end),
      fileData() {},
      fileEnd() {},
      violation: () =>
        this.#fail(new ExpectedError("what answers there does not speak the classroom's protocol.")),
      overflow: () => this.#fail(new ExpectedError("the server takes no more messages.")),
      closed: () => {
        if (this.#step !== "ready") this.#ready.reject(this.fault ?? this.#hungUp());
        this.#watch.stop();
        this.#ended.resolve();
      },
    };
  }

  #frame(header: number, bytes: Uint8Array, start: number, end: number): void {
    switch (this.#step) {
      case "greeting":
        this.#step = "hello";
        this.connection.decoder.readPlainFrames(lookUpV2Header);
        this.connection.send(this.#hello);
        return;
      case "hello":
        return this.#heardHello(header, bytes, start, end);
      case "tls":
        return;
      case "second-hello":
        if (header === v2HeaderCode.hello && Buffer.compare(bytes.subarray(start, end), this.#answer!) === 0)
          return this.#becomeReady();
        return this.#fail(
          new ExpectedError(
            "what the server said in clear was changed on the way: somebody may be listening in.",
          ),
        );
      case "ready":
        this.#watch.heard();
        return this.onFrame(header, bytes, start, end);
    }
  }

  #heardHello(header: number, bytes: Uint8Array, start: number, end: number): void {
    const error = header === v2HeaderCode.error ? decodeControl("error", bytes, start, end) : undefined;
    if (error !== undefined) return this.#fail(new ExpectedError(lowerFirst(error.text)));
    const hello = header === v2HeaderCode.hello ? decodeControl("hello", bytes, start, end) : undefined;
    if (hello === undefined) return this.#fail(this.#oldServer());
    this.#answer = bytes.slice(start, end);
    if (hello.tls) return this.#secure();
    if (this.#options.plain) return this.#becomeReady();
    this.#fail(new LesserServer("plain", `the server at ${this.server} does not encrypt.`));
  }

  #secure(): void {
    this.#step = "tls";
    const { host, fingerprint, known } = this.#options;
    this.connection.startTls({ kind: "client", host }, (publicKey) => {
      if (publicKey === undefined) return this.#fail(new ExpectedError("the server shows no key."));
      this.code = serverCode(publicKey);
      try {
        this.trust = trustServer(this.server, this.code, fingerprint, known);
      } catch (error) {
        return this.#fail(error instanceof Error ? error : new Error(String(error)));
      }
      this.#step = "second-hello";
      this.connection.send(this.#hello);
    });
  }

  #becomeReady(): void {
    this.#step = "ready";
    this.#watch.watch(this.connection);
    this.#ready.resolve();
  }

  #fail(error: Error): void {
    this.fault ??= error;
    this.connection.destroy();
  }

  #hungUp(): Error {
    return this.#step === "hello"
      ? this.#oldServer()
      : new ExpectedError("the server hung up before the login.");
  }

  #oldServer(): LesserServer {
    return new LesserServer(
      "first-protocol",
      `the server at ${this.server} speaks only the first protocol, without encryption.`,
    );
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
