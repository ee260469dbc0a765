/** A capture's live stream by what a browser has: server-sent events, and a channel between its tabs. */
import type { LiveSnapshot } from "../../../src/analyzer/dashboard/contract.ts";
import { routeAddress } from "../route-address.ts";
import { SharedStream, type StreamListener, type StreamMessage } from "./shared-stream.ts";

/** A browser gives up a stream that the server refuses; there may be room for it later. */
const refusedMs = 5000;

/** @param capture its id; undefined for the first one */
export function followCapture(capture: string | undefined, listener: StreamListener): SharedStream {
  return new SharedStream(
    {
      id: newId(),
      random: Math.random,
      after,
      join(hear) {
        if (typeof BroadcastChannel === "undefined") return undefined;
        const channel = new BroadcastChannel(`pcs-live ${capture ?? ""}`);
        channel.addEventListener("message", (event) => hear(event.data as StreamMessage));
        return { post: (message) => channel.postMessage(message), close: () => channel.close() };
      },
      open: (listener) => openStream(routeAddress("/api/live", { capture }), listener),
    },
    listener,
  );
}

/** Calls `ring` in `ms`. @returns what keeps it from doing so */
export function after(ms: number, ring: () => void): () => void {
  const timer = setTimeout(ring, ms);
  return () => clearTimeout(timer);
}

function openStream(address: string, listener: StreamListener): () => void {
  let cancel: (() => void) | undefined;
  let source: EventSource;
  const open = (): void => {
    source = new EventSource(address);
    source.addEventListener("snapshot", (event) =>
      listener.came(JSON.parse(event.data as string) as LiveSnapshot),
    );
    source.addEventListener("open", () => listener.connected(true));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) cancel = after(refusedMs, open);
      listener.connected(false);
    });
  };
  open();
  return () => {
    cancel?.();
    source.close();
  };
}

/** Not `randomUUID`, which browsers have none of on plain http in a LAN. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
