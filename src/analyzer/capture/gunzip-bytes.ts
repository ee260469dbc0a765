/**
 * Inflates a gzip byte source as it is read. The steps are driven by hand rather than by a pipe, because a
 * pipe that meets damage throws away what it had inflated before, and that still counts.
 */
import { createGunzip } from "node:zlib";
import { inflateStepBytes, windowBytes } from "../limits.ts";
import type { ByteSource } from "./byte-source.ts";

/** A gzip member starts with 1f 8b (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The inflated bytes of `compressed`; `problem` says when it was cut or damaged. */
export function gunzipBytes(compressed: ByteSource): ByteSource {
  const gunzip = createGunzip({ chunkSize: windowBytes / 4 });
  const step = new Uint8Array(inflateStepBytes);
  const ready: Uint8Array[] = [];
  let head = 0;
  let problem: string | undefined;
  let ended = false;
  gunzip.on("data", (chunk: Uint8Array) => ready.push(chunk));
  gunzip.on("error", (error: Error) => {
    problem ??= /unexpected end/i.test(error.message)
      ? "The compressed file ends too early; what came before counts."
      : "The compressed file is damaged; what came before the damage counts.";
    ended = true;
  });

  async function inflateMore(): Promise<void> {
    const length = await compressed.read(step);
    // The stream keeps what it is given until it is inflated, so it gets a copy.
    if (length > 0) await settled((done) => gunzip.write(step.slice(0, length), done));
    else {
      await settled((done) => {
        gunzip.once("close", done);
        gunzip.end();
      });
      ended = true;
    }
  }

  /** Waits for a step, or for the stream to close, which is how a step that fails ends. */
  async function settled(start: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      gunzip.once("close", resolve);
      start(() => {
        gunzip.off("close", resolve);
        resolve();
      });
    });
  }

  return {
    get problem() {
      return problem ?? compressed.problem;
    },
    async read(into) {
      while (ready.length === 0 && !ended) await inflateMore();
      const chunk = ready[0];
      if (chunk === undefined) return 0;
      const length = Math.min(chunk.length - head, into.length);
      into.set(chunk.subarray(head, head + length));
      head += length;
      if (head === chunk.length) {
        ready.shift();
        head = 0;
      }
      return length;
    },
    async close() {
      gunzip.destroy();
      await compressed.close();
    },
  };
}
