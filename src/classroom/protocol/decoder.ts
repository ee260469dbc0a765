/**
 * The streaming decoder of the first protocol: bytes in as the socket gives them, whole frames and raw files out.
 *
 * It copies only the tail that is not whole yet, makes no object a frame, and checks every limit before it keeps
 * a byte. It reads no clock: where silence means something (`silenceMs` > 0), the connection calls `silence()`
 * after that many milliseconds without a byte.
 */
import { headerFollows, lookUpHeader } from "./header.ts";
import { countSilenceMs, fileEndSilenceMs, maxHeaderBytes, maxPayloadBytes } from "./limits.ts";
import { findPayloadEnd, type Counting } from "./payload-length.ts";
import { endMark, scanRawFile } from "./raw-file.ts";

/** Who is told what was decoded. The bytes belong to the decoder: copy what outlives the call. */
export interface DecoderSink {
  /**
   * @param header a code of `header.ts`, or `unknownHeader`. The payload is `bytes[start .. end)`
   * @param ascii whether the payload is known to be ASCII
   */
  frame(header: number, bytes: Uint8Array, start: number, end: number, ascii: boolean): void;
  fileData(bytes: Uint8Array, start: number, end: number): void;
  fileEnd(): void;
  /** The peer broke the wire's rules: nothing more is decoded. `sentence` is for the peer. */
  violation(sentence: string): void;
}

/** @returns the code of the header in `bytes[start .. start + length)` */
export type HeaderLookUp = (bytes: Uint8Array, start: number, length: number) => number;

const smallestBuffer = 4096;
/** A buffer that grew beyond this is given back as soon as it is empty; a chunk of a file of 64 KiB has room in it. */
const keptBuffer = 66_560;

export class FrameDecoder {
  /** What is known of how this peer counts lengths. */
  counting: Counting = "unknown";
  /** Whether the peer is a server, whose `file_transfer` frames are notices (`payload-length.ts`). */
  fromServer = false;
  #sink: DecoderSink;
  #held = new Uint8Array(0);
  #length = 0;
  /** No progress is possible before this many bytes are held. */
  #needed = 0;
  #silenceMs = 0;
  #inFile = false;
  /** A raw file follows unless a frame does. */
  #perhapsFile = false;
  /** How headers are looked up where a peer counts bytes for certain and sends no raw files. */
  #lookUp: HeaderLookUp | undefined;
  #onHold = false;
  #dead = false;

  constructor(sink: DecoderSink) {
    this.#sink = sink;
  }

  /** Milliseconds of silence after which `silence()` is due, or 0. */
  get silenceMs(): number {
    return this.#onHold || this.#dead ? 0 : this.#silenceMs;
  }

  /** Bytes that are kept because they are not whole, or because decoding is on hold. */
  get heldBytes(): number {
    return this.#length;
  }

  get inFile(): boolean {
    return this.#inFile;
  }

  get onHold(): boolean {
    return this.#onHold;
  }

  /** Call within `frame`: what follows this frame is a raw file. */
  expectFile(): void {
    this.#inFile = true;
  }

  /**
   * Call within `frame`, where that frame makes no sense but an original client sends a file behind it all the
   * same: what follows is a raw file unless it begins as a frame does.
   */
  expectFilePerhaps(): void {
    this.#perhapsFile = true;
  }

  /**
   * From here on frames alone come, whose lengths are bytes: the second protocol.
   * @param lookUp gives the codes that `frame` is told
   */
  readPlainFrames(lookUp: HeaderLookUp): void {
    this.#lookUp = lookUp;
  }

  /** Call within `frame`: keeps everything behind this frame until `release`. */
  hold(): void {
    this.#onHold = true;
  }

  release(): void {
    if (!this.#onHold) return;
    this.#onHold = false;
    this.#needed = 0;
    this.#decodeHeld(false);
  }

  /** Takes the next bytes of the stream; a chunk that is decoded whole is never copied. */
  push(chunk: Uint8Array): void {
    if (this.#dead || chunk.length === 0) return;
    if (this.#length === 0 && !this.#onHold) {
      const used = this.#decode(chunk, chunk.length, false);
      if (used < chunk.length) this.#keep(chunk, used, chunk.length);
      return;
    }
    const used = this.#lookUp === undefined || this.#onHold ? 0 : this.#complete(chunk);
    if (used > 0 && this.#length === 0 && !this.#onHold) return this.push(chunk.subarray(used));
    this.#keep(chunk, used, chunk.length);
    if (!this.#onHold && this.#length >= this.#needed) this.#decodeHeld(false);
  }

  /** Completes the frame that is kept, with as little of the chunk as that takes. @returns how much that was */
  #complete(chunk: Uint8Array): number {
    let used = 0;
    while (this.#length > 0 && used < chunk.length && !this.#onHold && !this.#dead) {
      const taken = Math.min(this.#needed - this.#length, chunk.length - used);
      if (taken <= 0) break;
      this.#keep(chunk, used, used + taken);
      used += taken;
      if (this.#length >= this.#needed) this.#decodeHeld(false);
    }
    return used;
  }

  /** The peer has been silent for `silenceMs`, or has closed its side. */
  silence(): void {
    if (!this.#onHold && !this.#dead) this.#decodeHeld(true);
  }

  #decodeHeld(silent: boolean): void {
    const used = this.#decode(this.#held, this.#length, silent);
    if (used === 0) return;
    this.#held.copyWithin(0, used, this.#length);
    this.#length -= used;
    if (this.#length === 0 && this.#held.length > keptBuffer) this.#held = new Uint8Array(0);
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    if (this.#dead) return;
    const length = this.#length + end - start;
    if (length > this.#held.length) {
      // What is kept is given back where it is larger than that, so it does not grow beyond without need.
      const most = this.#needed <= keptBuffer ? keptBuffer : Number.POSITIVE_INFINITY;
      const larger = new Uint8Array(
        Math.max(smallestBuffer, length, Math.min(this.#held.length * 2, length * 2, most)),
      );
      larger.set(this.#held.subarray(0, this.#length));
      this.#held = larger;
    }
    this.#held.set(start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end), this.#length);
    this.#length = length;
  }

  /** @returns how many bytes are done with; what is needed to go on is left in `#needed` and `#silenceMs` */
  #decode(bytes: Uint8Array, end: number, silent: boolean): number {
    this.#needed = 0;
    this.#silenceMs = 0;
    let at = 0;
    while (at < end && !this.#onHold && !this.#dead) {
      if (this.#perhapsFile && !this.#decidePerhaps(bytes, at, end, silent)) break;
      const next = this.#inFile
        ? this.#decodeFile(bytes, at, end, silent)
        : this.#decodeFrame(bytes, at, end, silent);
      if (next < 0) break;
      at = next;
    }
    // What is needed was counted from the start of `bytes`; the rest moves to the front.
    this.#needed = Math.max(0, this.#needed - at);
    return this.#dead ? end : at;
  }

  /** @returns false where more bytes must tell whether a file or a frame follows */
  #decidePerhaps(bytes: Uint8Array, at: number, end: number, silent: boolean): boolean {
    const follows = headerFollows(bytes, at, end);
    if (follows === "perhaps" && !silent) return false;
    this.#perhapsFile = false;
    this.#inFile = follows === "no";
    return true;
  }

  /** @returns the end of the frame at `at`, or -1 where it is not whole */
  #decodeFrame(bytes: Uint8Array, at: number, end: number, silent: boolean): number {
    if (at + 2 > end) return this.#need(at + 2);
    const headerBytes = (bytes[at]! << 8) | bytes[at + 1]!;
    if (headerBytes > maxHeaderBytes)
      return this.#violate(`A header of ${headerBytes} bytes is too long; ${maxHeaderBytes} are allowed.`);
    const place = at + 2 + headerBytes;
    if (place + 4 > end) return this.#need(place + 4);
    const count =
      bytes[place]! * 0x1000000 + (bytes[place + 1]! << 16) + (bytes[place + 2]! << 8) + bytes[place + 3]!;
    if (count > maxPayloadBytes)
      return this.#violate(`A message of ${count} bytes is too long; ${maxPayloadBytes} are allowed.`);
    const start = place + 4;
    if (this.#lookUp !== undefined) {
      const payloadEnd = start + count;
      if (payloadEnd > end) return this.#need(payloadEnd);
      this.#sink.frame(this.#lookUp(bytes, at + 2, headerBytes), bytes, start, payloadEnd, false);
      return payloadEnd;
    }
    const header = lookUpHeader(bytes, at + 2, headerBytes);
    const payload = findPayloadEnd(bytes, start, end, count, header, this.counting, silent, this.fromServer);
    if (payload.kind === "need") return this.#need(payload.bytes);
    if (payload.kind === "ambiguous") {
      this.#silenceMs = countSilenceMs;
      return -1;
    }
    if (payload.learnt !== undefined) this.counting = payload.learnt;
    this.#sink.frame(header, bytes, start, payload.end, payload.ascii);
    return payload.end;
  }

  /** @returns how far the file's bytes are done with, or -1 where nothing more can be told */
  #decodeFile(bytes: Uint8Array, at: number, end: number, silent: boolean): number {
    const { dataEnd, state } = scanRawFile(bytes, at, end, silent);
    if (dataEnd > at) this.#sink.fileData(bytes, at, dataEnd);
    if (state === "ended") {
      this.#inFile = false;
      this.#sink.fileEnd();
      return dataEnd + endMark.length;
    }
    if (state === "silence") this.#silenceMs = fileEndSilenceMs;
    // Nothing of what is left may be given out; go round again only if something was.
    return dataEnd > at ? dataEnd : -1;
  }

  #need(bytes: number): number {
    this.#needed = bytes;
    return -1;
  }

  #violate(sentence: string): number {
    this.#dead = true;
    this.#length = 0;
    this.#sink.violation(sentence);
    return -1;
  }
}
