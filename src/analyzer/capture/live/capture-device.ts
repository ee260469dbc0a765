/**
 * The port between the capturing thread and what packets are taken from: libpcap, or on Linux a packet
 * socket. All calls come from that one thread.
 */
import type { RingSlot } from "./batch-ring.ts";

/** What is to be captured. Plain data: it crosses to the capturing thread. */
export interface DeviceRequest {
  interfaceName: string;
  /** An expression for libpcap's compiler; undefined takes everything. */
  filter: string | undefined;
  promiscuous: boolean;
}

/** How a read stopped: nothing further is there now, the slot is full, or nothing will come any more. */
export type ReadState = "drained" | "full" | "ended";

export interface CaptureDevice {
  /** By its number in capture files. */
  readonly linkType: number;
  /** Adds what is there to the slot, without waiting, until nothing is left or the slot is full. */
  read(slot: RingSlot): ReadState;
  /** Waits until there is something to read, at most so long. */
  wait(timeoutMs: number): void;
  /** Packets that the kernel had no room for, so far. */
  dropped(): number;
  /** After "ended": a sentence that says why. */
  readonly problem: string | undefined;
  close(): void;
}

/** A device that could not be opened, as a sentence. */
export interface Refusal {
  refused: string;
}
