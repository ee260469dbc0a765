/**
 * One framed connection over a TCP socket: decoder in, send queue out, and the little time there is to it (the
 * silences of the first protocol, and how long a closing connection may linger).
 *
 * Nothing calls back from within a write: what a write brings about (overflow, a broken socket) is told in a
 * microtask, so that nobody sends while a room's log is being written out.
 */
import { constants } from "node:crypto";
import type { Socket, SocketHandler } from "bun";
import { FrameDecoder, type DecoderSink } from "../protocol/decoder.ts";
import { giveBack } from "./give-back.ts";
import { lingerMs, maxHeldBytes, maxQueuedBytes, slowLingerMs } from "./limits.ts";
import { SendQueue } from "./send-queue.ts";
import type { WriteTick } from "./write-tick.ts";

/** What a connection tells whoever speaks over it, besides what it decodes. */
export interface ConnectionEvents extends DecoderSink {
  /** The reader takes too little: more would wait for it than may. Told once. */
  overflow(): void;
  /** The connection is gone, whoever ended it. Told once, and last. */
  closed(): void;
}

/** What is needed of a socket. */
export type FramedSocket = Pick<Socket, "remoteAddress"> & {
  /** Takes as much as it can at once. @returns the bytes taken, or -1 where it is closed */
  write(bytes: Uint8Array, start: number, length: number): number;
  pause(): unknown;
  resume(): unknown;
  end(): unknown;
  terminate(): unknown;
  /** Missing where TLS cannot be put in place. */
  upgradeTLS?: Socket["upgradeTLS"];
  /** Whether what carries it is encrypted already. */
  isEncrypted?: boolean;
};

/** Which side of TLS this end is. A server shows its certificate; a client looks at it itself. */
export type TlsSide = { kind: "server"; key: string; certificate: string } | { kind: "client"; host: string };

const defaultLimits = { maxQueuedBytes, lingerMs, slowLingerMs };

export class Connection {
  readonly decoder: FrameDecoder;
  readonly queue: SendQueue;
  #socket: FramedSocket;
  #lingerMs: number;
  #slowLingerMs: number;
  #events: ConnectionEvents;
  #silence: Timer | undefined;
  #linger: Timer | undefined;
  #closing = false;
  #isSecure = false;
  /** The socket is gone; what it sent before may still wait on hold. */
  #gone = false;
  #closed = false;
  #pausedFor = new Set<string>();
  #holds = 0;
  #emptyWaiters: (() => void)[] = [];

  constructor(socket: FramedSocket, tick: WriteTick, events: ConnectionEvents, limits = defaultLimits) {
    this.#socket = socket;
    this.#isSecure = socket.isEncrypted === true;
    this.#lingerMs = limits.lingerMs;
    this.#slowLingerMs = limits.slowLingerMs;
    this.#events = events;
    this.decoder = new FrameDecoder(events);
    this.queue = new SendQueue(
      { write: (bytes, start, length) => (this.#gone ? -1 : this.#socket.write(bytes, start, length)) },
      tick,
      limits.maxQueuedBytes,
    );
    this.queue.onOverflow = () => queueMicrotask(() => this.isOpen && this.#events.overflow());
  }

  get address(): string {
    return this.#socket.remoteAddress;
  }

  get isOpen(): boolean {
    return !this.#closing && !this.#closed;
  }

  /** Nothing can be written any more; while a connection is only being closed, what waits still can. */
  get isGone(): boolean {
    return this.#gone;
  }

  /** Whether TLS is between the frames and the network. */
  get isSecure(): boolean {
    return this.#isSecure;
  }

  /** Whether TLS can be put between the frames and the network here. */
  get canStartTls(): boolean {
    return !this.#isSecure && this.#socket.upgradeTLS !== undefined;
  }

  /** Bytes that came and are not decoded yet. */
  get heldBytes(): number {
    return this.decoder.heldBytes;
  }

  /**
   * Puts TLS between this connection and its socket, in place. Nothing may wait, in either direction.
   * @param secured told when the handshake is done, with the peer's public key (SPKI, DER) where it showed one;
   *   where the handshake fails the connection is closed instead
   */
  startTls(side: TlsSide, secured: (publicKey: Uint8Array | undefined) => void): void {
    const handler: SocketHandler<undefined> = {
      ...plainBytes,
      handshake: (socket, _isTrusted, error) => {
        if (socket.getTLSVersion() === undefined || error?.message.includes("SSL routines"))
          return this.destroy();
        // The certificates of classrooms are their own, so whom one belongs to is for the caller to say.
        secured(side.kind === "client" ? publicKeyOf(socket) : undefined);
      },
      data: (_socket, chunk) => {
        this.received(chunk);
        giveBack(chunk);
      },
      drain: () => this.drained(),
      close: () => this.socketClosed(),
      error: (socket) => socket.terminate(),
    };
    const tls =
      side.kind === "server"
        ? { key: side.key, cert: side.certificate, ...oldestTls }
        : { rejectUnauthorized: false, serverName: side.host, ...oldestTls };
    const halves = this.#socket.upgradeTLS?.({
      ...((side.kind === "server" ? { isServer: true } : {}) as object),
      tls,
      data: undefined,
      socket: handler,
    });
    if (halves === undefined) return this.destroy();
    // The other half would show the same bytes encrypted.
    this.#socket = halves[1];
    this.#isSecure = true;
  }

  send(frame: Uint8Array): void {
    if (!this.#closing) this.queue.send(frame);
  }

  /** Ends the connection once everything that waits (a raw file too) is written, `lastFrame` behind it. */
  close(lastFrame?: Uint8Array): void {
    if (this.#closing || this.#closed) return;
    if (lastFrame !== undefined) this.queue.send(lastFrame);
    this.#closing = true;
    if (this.#gone) return this.#finish();
    this.#linger = setTimeout(() => this.#socket.terminate(), this.#lingerMs);
    // What the peer still sends is read and thrown away: unread bytes would make the system drop our last frames.
    this.#pausedFor.clear();
    this.#socket.resume();
    this.#hearWhenEmpty();
    if (this.queue.queuedBytes === 0) this.#onEmpty();
  }

  /** Drops what waits and says why, as far as the peer still reads. */
  closeSlow(lastFrame: Uint8Array): void {
    if (this.#closing || this.#closed) return;
    if (!this.queue.replaceAll(lastFrame)) return this.destroy();
    // Whoever reads slowly reads what the system holds for it slowly too.
    this.#lingerMs = this.#slowLingerMs;
    this.close();
  }

  /** Ends the connection at once: nothing that waits is written, nothing that came is heard any more. */
  destroy(): void {
    this.#closing = true;
    if (this.#gone) this.#finish();
    else this.#socket.terminate();
  }

  /** Stops reading for one of several reasons until each of them is gone. */
  pause(reason: string): void {
    if (this.#closing || this.#gone) return;
    if (this.#pausedFor.size === 0) this.#socket.pause();
    this.#pausedFor.add(reason);
    this.#awaitSilence();
  }

  resume(reason: string): void {
    if (!this.#pausedFor.delete(reason) || this.#pausedFor.size > 0 || this.#gone) return;
    this.#socket.resume();
    this.#awaitSilence();
  }

  /** Keeps what comes behind the present frame undecoded, until each `hold` has its `release`. Call within `frame`. */
  hold(): void {
    this.#holds++;
    this.decoder.hold();
  }

  release(): void {
    if (this.#closing || this.#closed) return;
    this.#holds = Math.max(0, this.#holds - 1);
    if (this.#holds > 0) return;
    this.decoder.release();
    if (this.#gone) return this.#finish();
    if (!this.#holdsMuch()) this.resume("hold");
    this.#awaitSilence();
  }

  /** Resolves when every byte given so far is with the system, or the connection is gone. */
  whenEmpty(): Promise<void> {
    if (this.queue.unwrittenBytes === 0 || this.#gone) return Promise.resolve();
    this.#hearWhenEmpty();
    return new Promise((resolve) => this.#emptyWaiters.push(resolve));
  }

  // Below: what the socket calls.

  received(chunk: Uint8Array): void {
    if (this.#closing || this.#closed) return;
    this.decoder.push(chunk);
    if (this.decoder.silenceMs > 0 || this.#silence !== undefined) this.#awaitSilence();
    if (this.#holdsMuch()) this.pause("hold");
  }

  drained(): void {
    this.queue.drained();
  }

  /** The peer has sent its last byte, or the socket broke. What it sent before is still heard. */
  socketClosed(): void {
    this.#gone = true;
    clearTimeout(this.#silence);
    clearTimeout(this.#linger);
    this.queue.close();
    this.#finish();
  }

  #finish(): void {
    if (this.#closed) return;
    if (!this.#closing) {
      if (this.decoder.onHold) return;
      this.decoder.silence();
      if (this.decoder.onHold) return;
    }
    this.#closed = true;
    queueMicrotask(() => {
      this.#onEmpty();
      this.#events.closed();
    });
  }

  /** Only while somebody wants to know: most writes of a room are the last that waited. */
  #hearWhenEmpty(): void {
    this.queue.onEmpty ??= () => queueMicrotask(() => this.#onEmpty());
  }

  #onEmpty(): void {
    if (this.queue.unwrittenBytes > 0) return;
    if (!this.#closing) this.queue.onEmpty = undefined;
    const waiters = this.#emptyWaiters;
    this.#emptyWaiters = [];
    for (const resolve of waiters) resolve();
    const { queuedBytes, inFile } = this.queue;
    if (this.#closing && !this.#gone && queuedBytes === 0 && !inFile) this.#socket.end();
  }

  #holdsMuch(): boolean {
    return this.decoder.onHold && this.decoder.heldBytes > maxHeldBytes;
  }

  #awaitSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
    const { silenceMs } = this.decoder;
    // A peer that is not read is not silent.
    if (silenceMs === 0 || this.#pausedFor.size > 0) return;
    this.#silence = setTimeout(() => {
      this.#silence = undefined;
      if (this.#closing || this.#closed) return;
      this.decoder.silence();
      this.#awaitSilence();
    }, silenceMs);
  }
}

/** A Buffer's `slice` would be a view of what is given back. */
export const plainBytes = { binaryType: "uint8array" } as object;

const oldestTls = { secureOptions: constants.SSL_OP_NO_TLSv1 | constants.SSL_OP_NO_TLSv1_1 };

function publicKeyOf(socket: Socket): Uint8Array | undefined {
  return socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
}
