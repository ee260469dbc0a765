/**
 * One stream for all tabs of a browser that follow the same capture: a browser opens six connections to a host at
 * most, and ten windows with a stream each would leave none to ask by. One tab holds the stream and passes on what
 * comes; the others hear it on a channel.
 *
 *     ask    a tab that is new: does anybody hold the stream?
 *     beat   who holds it says so: when asked, with all that comes, and every `beatMs`
 *     gone   who held it leaves: somebody else, please
 *
 * Who hears no beat for a while (the holder was killed, or sleeps) takes the stream itself; of two that hold one the
 * smaller id keeps it. Web locks would do a part of this, but browsers have none on plain http in a LAN.
 */
import type { LiveSnapshot } from "../../../src/analyzer/dashboard/contract.ts";

export type StreamMessage =
  | { readonly kind: "ask" | "gone"; readonly from: string }
  | {
      readonly kind: "beat";
      readonly from: string;
      readonly connected: boolean;
      readonly snapshot?: LiveSnapshot;
    };

/** What of the browser it needs. */
export interface StreamPlaces {
  /** Differs from tab to tab. */
  readonly id: string;
  /** From 0 up to 1, another one at each call. */
  random(): number;
  /** Calls `ring` in `ms`. @returns what keeps it from doing so */
  after(ms: number, ring: () => void): () => void;
  /** Joins the channel of all tabs; undefined where the browser has none. */
  join(hear: (message: StreamMessage) => void): StreamChannel | undefined;
  /** Opens the stream itself. @returns what closes it */
  open(listener: StreamListener): () => void;
}

export interface StreamChannel {
  post(message: StreamMessage): void;
  close(): void;
}

export interface StreamListener {
  came(snapshot: LiveSnapshot): void;
  /** Whether the server is heard. */
  connected(isConnected: boolean): void;
}

/** So long, and up to twice as long, nobody answers: then there is nobody. */
const answerMs = 150;
const beatMs = 2000;
/** Beats may be late where a tab has much to draw. */
const silenceMs = 5000;

export class SharedStream {
  private readonly places: StreamPlaces;
  private readonly listener: StreamListener;
  private readonly channel: StreamChannel | undefined;
  private latest: LiveSnapshot | undefined;
  private isConnected = true;
  /** Ends the stream that this tab holds; undefined in a tab that only hears. */
  private closeStream: (() => void) | undefined;
  /** Until somebody has to be there, or in the holder until the next beat. */
  private cancelWait: (() => void) | undefined;

  /** Joins, and opens the stream where no other tab holds it. */
  constructor(places: StreamPlaces, listener: StreamListener) {
    this.places = places;
    this.listener = listener;
    this.channel = places.join((message) => this.hear(message));
    if (this.channel === undefined) this.hold();
    else this.waitFor(answerMs);
    this.channel?.post({ kind: "ask", from: places.id });
  }

  /** Leaves, for good; another tab takes over what this one held. */
  leave(): void {
    const wasHolder = this.closeStream !== undefined;
    this.release();
    this.cancelWait?.();
    if (wasHolder) this.channel?.post({ kind: "gone", from: this.places.id });
    this.channel?.close();
  }

  private hear(message: StreamMessage): void {
    const isHolder = this.closeStream !== undefined;
    if (message.kind === "beat") this.hearBeat(message, isHolder);
    else if (isHolder) this.beat();
    else if (message.kind === "gone") this.waitFor(answerMs);
  }

  private hearBeat(message: StreamMessage & { kind: "beat" }, isHolder: boolean): void {
    if (isHolder && message.from > this.places.id) return this.beat();
    this.release();
    this.waitFor(silenceMs);
    if (message.snapshot !== undefined) this.listener.came(message.snapshot);
    this.listener.connected(message.connected);
  }

  /** Holds the stream, unless somebody is heard of before. Not all at the same time. */
  private waitFor(ms: number): void {
    this.cancelWait?.();
    this.cancelWait = this.places.after(ms + this.places.random() * answerMs, () => this.hold());
  }

  private hold(): void {
    this.isConnected = true;
    this.closeStream = this.places.open({
      came: (snapshot) => {
        this.latest = snapshot;
        this.isConnected = true;
        // The others first: who is told of the end leaves.
        this.beat();
        this.listener.came(snapshot);
      },
      connected: (isConnected) => {
        this.isConnected = isConnected;
        this.beat();
        this.listener.connected(isConnected);
      },
    });
    this.beat();
  }

  private beat(): void {
    const { id } = this.places;
    const told = this.latest === undefined ? {} : { snapshot: this.latest };
    this.channel?.post({ kind: "beat", from: id, connected: this.isConnected, ...told });
    this.cancelWait?.();
    if (this.channel !== undefined) this.cancelWait = this.places.after(beatMs, () => this.beat());
  }

  private release(): void {
    this.closeStream?.();
    this.closeStream = undefined;
    this.latest = undefined;
  }
}
