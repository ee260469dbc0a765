/**
 * The capturing thread: opens the interface, and moves packets from it into the ring until it is told to stop
 * or the interface is gone. It blocks, and so can only be told through the ring.
 */
import { kernelTimeoutMs, liveSlots } from "../../limits.ts";
import { BatchRing, type RingSlot } from "./batch-ring.ts";
import type { CaptureDevice } from "./capture-device.ts";
import type { WorkerNews, WorkerRequest } from "./live-messages.ts";
import { openDevice } from "./open-device.ts";

declare const self: {
  onmessage: ((event: { data: WorkerRequest }) => void) | null;
  postMessage(news: WorkerNews): void;
};

self.onmessage = ({ data }) => {
  self.onmessage = null;
  const device = openDevice(data);
  if ("refused" in device) self.postMessage({ kind: "refused", sentence: device.refused });
  else {
    self.postMessage({ kind: "opened", linkType: device.linkType });
    capture(device, new BatchRing(data.memory));
  }
};

function capture(device: CaptureDevice, ring: BatchRing): void {
  // What comes faster than it is counted would never end: once told to stop, a bounded rest is still taken.
  let slotsLeft = Number.POSITIVE_INFINITY;
  for (let filled = 0; slotsLeft > 0; filled++) {
    const slot = ring.nextFree(filled);
    if (slot === undefined) break;
    slot.count = 0;
    slot.used = 0;
    const isLast = fill(device, ring, slot);
    self.postMessage({ kind: "batch", count: slot.count, bytes: slot.used, dropped: device.dropped() });
    if (isLast) break;
    slotsLeft = ring.isStopped ? Math.min(slotsLeft, liveSlots) - 1 : slotsLeft;
  }
  self.postMessage({ kind: "ended", dropped: device.dropped(), problem: device.problem });
  device.close();
}

/**
 * Fills a slot until it is full, or its first packet has waited long enough to be handed on.
 * @returns whether it is the last one
 */
function fill(device: CaptureDevice, ring: BatchRing, slot: RingSlot): boolean {
  let firstAt = Number.POSITIVE_INFINITY;
  for (;;) {
    const state = device.read(slot);
    if (state !== "drained") return state === "ended";
    if (ring.isStopped) {
      // What the kernel still gathers is handed on within its time.
      device.wait(2 * kernelTimeoutMs);
      return device.read(slot) !== "full";
    }
    if (slot.count > 0) firstAt = Math.min(firstAt, performance.now());
    if (performance.now() - firstAt >= kernelTimeoutMs) return false;
    device.wait(kernelTimeoutMs);
  }
}
