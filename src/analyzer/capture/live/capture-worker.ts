/**
 * The capturing thread: opens the interface, and moves packets from it into the ring until it is told to stop
 * or the interface is gone. It blocks, and so can only be told through the ring.
 */
import { kernelTimeoutMs } from "../../limits.ts";
import { BatchRing } from "./batch-ring.ts";
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
  let filled = 0;
  let isLast = false;
  while (!isLast) {
    const slot = ring.nextFree(filled);
    if (slot === undefined) break;
    slot.count = 0;
    slot.used = 0;
    let startedAt = Number.POSITIVE_INFINITY;
    while (!isLast) {
      const state = device.read(slot);
      if (state === "full") break;
      isLast = state === "ended";
      if (slot.count > 0 && startedAt === Number.POSITIVE_INFINITY) startedAt = performance.now();
      if (isLast || performance.now() - startedAt >= kernelTimeoutMs) break;
      if (ring.isStopped) {
        // What the kernel still gathers is handed on within its time.
        device.wait(2 * kernelTimeoutMs);
        isLast = device.read(slot) !== "full";
        break;
      }
      device.wait(kernelTimeoutMs);
    }
    self.postMessage({ kind: "batch", count: slot.count, dropped: device.dropped() });
    filled++;
  }
  self.postMessage({ kind: "ended", dropped: device.dropped(), problem: device.problem });
  device.close();
}
