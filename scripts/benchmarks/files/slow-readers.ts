/**
 * Receivers that each read no faster than so many Mbit/s, a process of its own:
 *
 *   bun slow-readers.ts PORT COUNT MBIT
 *
 * Prints `in` when all are in, and for each file that all have got the seconds from its first offer to the end of each,
 * as JSON. A file that is not what was announced ends the run.
 */
import { encodeCredit, decodeChunk } from "../../../src/classroom/protocol/v2/chunk.ts";
import { decodeControl, type Control } from "../../../src/classroom/protocol/v2/control.ts";
import { v2HeaderCode } from "../../../src/classroom/protocol/v2/header.ts";
import type { PeerLink } from "../../../src/classroom/client/peer-link.ts";
import { connected } from "./connected.ts";

const [port = 0, count = 0, megabits = 0] = process.argv.slice(2).map(Number);
const bytesPerMs = (megabits * 1e6) / 8 / 1000;
const windowBytes = 1 << 20;
/** How far a reader may be ahead of its pace before it stops reading. */
const burstBytes = 64 << 10;

let firstOfferMs: number | undefined;
let seconds: number[] = [];

function receive(link: PeerLink): void {
  let offer: Control<"offer"> | undefined;
  let hash = new Bun.CryptoHasher("sha256");
  let at = 0;
  let upTo = 0;
  let beganMs = 0;
  let isPaused = false;
  const pace = (): void => {
    const aheadBytes = at - (performance.now() - beganMs) * bytesPerMs;
    if (aheadBytes < burstBytes) {
      if (isPaused) link.connection.resume("pace");
      isPaused = false;
      return;
    }
    if (!isPaused) {
      isPaused = true;
      link.connection.pause("pace");
      const again = (): void => {
        pace();
        if (isPaused) setTimeout(again, 5);
      };
      setTimeout(again, 5);
    }
  };
  link.onFrame = (code, bytes, start, end) => {
    if (code === v2HeaderCode.offer) {
      offer = decodeControl("offer", bytes, start, end)!;
      beganMs = performance.now();
      firstOfferMs ??= beganMs;
      at = 0;
      upTo = Math.min(offer.size, windowBytes);
      hash = new Bun.CryptoHasher("sha256");
      link.send("accept", { transfer: offer.transfer, offset: 0, upTo });
    } else if (code === v2HeaderCode.chunk && offer !== undefined) {
      const chunk = decodeChunk(bytes, start, end)!;
      if (chunk.offset !== at) throw new Error(`a chunk at ${chunk.offset} in place of ${at}`);
      hash.update(bytes.subarray(chunk.start, chunk.end));
      at += chunk.end - chunk.start;
      if (at + windowBytes / 2 > upTo && upTo < offer.size) {
        upTo = Math.min(offer.size, at + windowBytes);
        link.connection.send(encodeCredit({ transfer: offer.transfer, upTo }));
      }
      pace();
    } else if (code === v2HeaderCode.end && offer !== undefined) {
      const { transfer, sha256 } = decodeControl("end", bytes, start, end)!;
      if (hash.digest("hex") !== sha256) throw new Error("another hash");
      link.send("received", { transfer, name: offer.name, sha256 });
      seconds.push((performance.now() - firstOfferMs!) / 1000);
      if (seconds.length < count) return;
      process.stdout.write(`${JSON.stringify(seconds)}\n`);
      seconds = [];
      firstOfferMs = undefined;
    }
  };
}

for (let i = 0; i < count; i++) receive(await connected(port, `reader${i}`, true));
process.stdout.write("in\n");
