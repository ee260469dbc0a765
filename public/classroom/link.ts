/** One web socket to the server, from where it opens to the last frame: greeting, `hello`, and then frames. */
import {
  decodeControl,
  encodeControl,
  type Control,
  type ControlHeader,
} from "../../src/classroom/protocol/v2/control.ts";
import { ownVersion } from "../../src/classroom/protocol/v2/version.ts";
import { FrameSplitter, type FrameSink } from "./frame-splitter.ts";
import { connectMs } from "./limits.ts";

export interface LinkEvents {
  /** Both have said `hello`: now one may log in. */
  ready(): void;
  frame: FrameSink;
  /** The connection is gone, or there never was one. Told once. @param refusal why the server would not have it */
  closed(refusal: string | undefined): void;
}

export class Link {
  #socket: WebSocket;
  #events: LinkEvents;
  #step: "greeting" | "hello" | "ready" | "closed" = "greeting";
  #refusal: string | undefined;

  constructor(url: string, events: LinkEvents) {
    this.#events = events;
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    const splitter = new FrameSplitter((...frame) => this.#frame(...frame));
    const late = setTimeout(() => this.#step !== "ready" && this.close(), connectMs);
    this.#socket.addEventListener("message", ({ data }) => {
      if (!splitter.push(new Uint8Array(data as ArrayBuffer))) this.close();
    });
    this.#socket.addEventListener("close", () => {
      clearTimeout(late);
      if (this.#step === "closed") return;
      this.#step = "closed";
      events.closed(this.#refusal);
    });
  }

  get isOpen(): boolean {
    return this.#step === "ready" && this.#socket.readyState === WebSocket.OPEN;
  }

  /** Bytes that wait for the network. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send<H extends ControlHeader>(header: H, content: Control<H>): void {
    this.sendFrame(encodeControl(header, content));
  }

  sendFrame(frame: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame as Uint8Array<ArrayBuffer>);
  }

  /** Nothing more is heard, and that it is closed is told at once: a dead network would keep us waiting. */
  close(): void {
    this.#socket.close();
    this.#socket.dispatchEvent(new Event("close"));
  }

  #frame(header: string, bytes: Uint8Array, start: number, end: number): void {
    if (this.#step === "ready") return this.#events.frame(header, bytes, start, end);
    if (this.#step === "greeting") {
      // The greeting is for clients of the first protocol, whatever it says.
      this.#step = "hello";
      this.send("hello", {
        version: ownVersion,
        tls: false,
        agent: "pcs page",
        capabilities: ["files", "quiz", "typing", "teach"],
      });
    } else if (this.#step === "hello" && header === "hello") {
      this.#step = "ready";
      this.#events.ready();
    } else if (header === "error") this.#refusal = decodeControl("error", bytes, start, end)?.text;
  }
}
