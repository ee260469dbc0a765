/**
 * Inflates a compressed byte source as it is read: gzip and zstd. The steps are driven by hand rather than by
 * a pipe, because a pipe that meets damage throws away what it had inflated before, and that still counts.
 * A few bytes of zstd can become hundreds of megabytes, so it is made to wait while much is ready.
 */
import { createGunzip, createZstdDecompress } from "node:zlib";
import { inflateAheadBytes, inflateStepBytes, windowBytes } from "../limits.ts";
import type { ByteSource } from "./byte-source.ts";
import { ZstdFrames } from "./zstd-frames.ts";

export type Compression = "gzip" | "zstd";

/** A gzip member starts with 1f 8b (RFC 1952, section 2.3.1), a zstd frame with 28 b5 2f fd (RFC 8878, 3.1.1). */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return "zstd";
  return undefined;
}

/** The inflated bytes of `compressed`; `problem` says when it was cut or damaged. */
export function inflateBytes(compressed: ByteSource, compression: Compression): ByteSource {
  return new InflatedBytes(compressed, compression);
}

const cutShort = "The compressed file ends too early; what came before counts.";

class InflatedBytes implements ByteSource {
  private readonly compressed: ByteSource;
  private readonly stream: ReturnType<typeof createGunzip>;
  /** Only zstd needs to be followed; gzip tells by itself that it was cut. */
  private readonly frames: ZstdFrames | undefined;
  private readonly step = new Uint8Array(inflateStepBytes);
  private readonly ready: Uint8Array[] = [];
  private readyBytes = 0;
  /** Bytes of the first chunk that were taken. */
  private head = 0;
  private ownProblem: string | undefined;
  private isStepping = false;
  private ended = false;
  private wake = (): void => {};

  constructor(compressed: ByteSource, compression: Compression) {
    this.compressed = compressed;
    const options = { chunkSize: windowBytes / 4 };
    this.frames = compression === "zstd" ? new ZstdFrames() : undefined;
    this.stream = compression === "gzip" ? createGunzip(options) : createZstdDecompress(options);
    this.stream.on("data", (chunk: Uint8Array) => this.take(chunk));
    this.stream.on("error", (error: Error) => this.fail(error));
    this.stream.on("close", () => this.finish());
  }

  get problem(): string | undefined {
    return this.ownProblem ?? this.compressed.problem;
  }

  get progress(): ByteSource["progress"] {
    return this.compressed.progress;
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.ready.length === 0 && !this.ended) await this.inflateMore();
    const chunk = this.ready[0];
    if (chunk === undefined) return 0;
    const length = Math.min(chunk.length - this.head, into.length);
    into.set(chunk.subarray(this.head, this.head + length));
    this.head += length;
    this.readyBytes -= length;
    if (this.head === chunk.length) {
      this.ready.shift();
      this.head = 0;
    }
    if (this.readyBytes === 0 && this.stream.isPaused()) this.stream.resume();
    return length;
  }

  async close(): Promise<void> {
    this.stream.destroy();
    await this.compressed.close();
  }

  /** Goes on with the step that is being inflated, or begins one; returns once something may be ready. */
  private async inflateMore(): Promise<void> {
    if (!this.isStepping) {
      const length = await this.compressed.read(this.step);
      if (this.ended) return;
      this.isStepping = true;
      this.frames?.take(this.step.subarray(0, length));
      // The stream keeps what it is given until it is inflated, so it gets a copy.
      if (length > 0) this.stream.write(this.step.slice(0, length), () => this.finishStep());
      else this.stream.end();
    }
    // Nothing is awaited between the test and the promise, so no wake can be missed.
    if (this.ready.length === 0 && this.isStepping && !this.ended)
      await new Promise<void>((resolve) => (this.wake = resolve));
  }

  private take(chunk: Uint8Array): void {
    this.ready.push(chunk);
    this.readyBytes += chunk.length;
    if (this.readyBytes >= inflateAheadBytes) this.stream.pause();
    this.wake();
  }

  private finishStep(): void {
    this.isStepping = false;
    this.wake();
  }

  private finish(): void {
    this.ended = true;
    if (this.frames?.isWhole === false) this.ownProblem ??= cutShort;
    this.wake();
  }

  private fail(error: Error): void {
    this.ownProblem ??= /unexpected end|incomplete|truncated/i.test(error.message)
      ? cutShort
      : "The compressed file is damaged; what came before the damage counts.";
    this.finish();
  }
}
