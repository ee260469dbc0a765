/** Answers that are made while they are read, so many at once. */
import type { Context } from "hono";
import { exportSliceMs, idleReaderSeconds } from "../limits.ts";
import { keepOpen } from "./doors.ts";

export class OpenStreams {
  open = 0;
  /** Those that were one too many. */
  refused = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @returns what ends it, as often as it likes; undefined where there are too many */
  begin(): (() => void) | undefined {
    if (this.open >= this.limit) {
      this.refused++;
      return undefined;
    }
    this.open++;
    let isOpen = true;
    return () => {
      if (isOpen) this.open--;
      isOpen = false;
    };
  }
}

/**
 * The pieces of something that takes long to make, with turns for everything else between its slices: else a reader
 * that is fast enough would have all the turns there are, and what it is sent would wait in memory.
 * @param make is given whether its slice is over: then it should yield what it has, be it an empty piece
 * @param now milliseconds of a clock that never goes back
 */
export function inSlices(
  make: (isOver: () => boolean) => Iterator<Uint8Array, void>,
  now: () => number,
): () => Promise<Uint8Array | undefined> {
  let startedAt = 0;
  const pieces = make(() => now() - startedAt >= exportSliceMs);
  return async () => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      startedAt = now();
      const { value } = pieces.next();
      if (value === undefined || value.length > 0) return value ?? undefined;
    }
  };
}

/**
 * A body whose next piece is asked for when the one before was taken; a reader that stands still is cut off.
 * @param next undefined at the end
 * @param end is called once, whatever ends it
 */
export function streamBody(
  c: Context,
  next: () => Promise<Uint8Array | undefined> | Uint8Array | undefined,
  end: () => void,
): ReadableStream<Uint8Array> {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) end();
    isOpen = false;
  };
  c.req.raw.signal.addEventListener("abort", close, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        keepOpen(c, idleReaderSeconds);
        try {
          const piece = await next();
          // It may have ended while the piece was made.
          if (!isOpen) return;
          if (piece !== undefined) return controller.enqueue(piece);
          if (isOpen) controller.close();
          close();
        } catch (error) {
          close();
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
