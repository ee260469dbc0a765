/** Answers that are made while they are read, so many at once. */
import type { Context } from "hono";
import { idleReaderSeconds } from "../limits.ts";
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
