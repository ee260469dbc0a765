/**
 * A web socket of a page as a connection sees a socket: the same stream of frames, in binary messages that are cut
 * anywhere.
 *
 * A web socket cannot be left unread. What comes while its connection does not read waits here, as much as a peer
 * of this kind may have under way; who sends more is cut off.
 */
import type { FramedSocket } from "./connection.ts";
import { maxPageMessageBytes } from "./limits.ts";

/** What is needed of Bun's web socket. */
export interface WebSocketLink {
  readonly remoteAddress: string;
  /** Copies the bytes. @returns -1 where they wait and no more should come, 0 where it is closed */
  send(bytes: Uint8Array<ArrayBuffer>): number;
  close(code?: number): void;
  terminate(): void;
}

export class PageSocket implements FramedSocket {
  readonly remoteAddress: string;
  readonly isEncrypted: boolean;
  #link: WebSocketLink;
  #maxHeldBytes: () => number;
  #receive: (bytes: Uint8Array) => void = () => {};
  #overrun: () => void = () => {};
  #isFull = false;
  #isPaused = false;
  #isDelivering = false;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** @param maxHeldBytes what may wait while it is not read */
  constructor(link: WebSocketLink, isEncrypted: boolean, maxHeldBytes: () => number) {
    this.#link = link;
    this.isEncrypted = isEncrypted;
    this.remoteAddress = link.remoteAddress;
    this.#maxHeldBytes = maxHeldBytes;
  }

  /** Bytes that came and wait. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** In how many pieces they do. */
  get heldPieces(): number {
    return this.#held.length;
  }

  /**
   * @param receive takes what comes, as far as it is read
   * @param overrun told where more came than may wait; the socket is ended with it
   */
  deliverTo(receive: (bytes: Uint8Array) => void, overrun: () => void): void {
    this.#receive = receive;
    this.#overrun = overrun;
  }

  write(bytes: Uint8Array, start: number, length: number): number {
    let taken = 0;
    while (taken < length && !this.#isFull) {
      const size = Math.min(length - taken, maxPageMessageBytes);
      const from = start + taken;
      const sent = this.#link.send(bytes.subarray(from, from + size) as Uint8Array<ArrayBuffer>);
      if (sent === 0) return -1;
      this.#isFull = sent < 0;
      taken += size;
    }
    return taken;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    // As with a socket of the system, nothing comes within the call.
    queueMicrotask(() => this.#deliver());
  }

  end(): void {
    this.#link.close(normalClosure);
  }

  terminate(): void {
    this.#link.terminate();
  }

  // Below: what the web socket tells.

  message(bytes: Uint8Array): void {
    this.#hold(bytes);
    this.#deliver();
    if (this.#heldBytes <= this.#maxHeldBytes()) return;
    this.#held = [];
    this.#heldBytes = 0;
    this.#overrun();
    this.terminate();
  }

  /** There is room again. */
  drained(): void {
    this.#isFull = false;
  }

  /** Of many that wait small ones do so together: a million of one byte each must not cost more than a megabyte does. */
  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#heldBytes += bytes.length;
    const last = this.#held.length < manyPieces ? undefined : this.#held.at(-1);
    if (last === undefined || last.length + bytes.length > gatheredBytes) this.#held.push(bytes);
    else this.#held[this.#held.length - 1] = Buffer.concat([last, bytes]);
  }

  #deliver(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      while (!this.#isPaused) {
        const next = this.#held.shift();
        if (next === undefined) return;
        this.#heldBytes -= next.length;
        this.#receive(next);
      }
    } finally {
      this.#isDelivering = false;
    }
  }
}

/** Where so many messages wait, small ones are put together up to so many bytes. */
const manyPieces = 64;
const gatheredBytes = 4_096;

/** RFC 6455 §7.4.1. */
const normalClosure = 1000;
