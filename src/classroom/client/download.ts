/**
 * One received file on its way to the disk: first under a temporary name in the downloads folder, then, when it is
 * whole, under the first name that is free. Nothing that is there is ever replaced.
 *
 * The bytes come when the network has them, so those the disk has not taken yet wait here; beyond
 * `maxWaitingFileBytes` the giver is told to pause. After a fault the rest is swallowed, for the connection goes on.
 */
import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../../lib/errors.ts";
import { maxWaitingFileBytes } from "./limits.ts";
import { placeFile } from "./place-file.ts";
import { safeFileName } from "./safe-name.ts";

export type DownloadResult = { kind: "saved"; name: string } | { kind: "failed"; reason: string };

/** Told when the disk is behind, and when it has caught up. */
export interface DownloadFlow {
  pause(): void;
  resume(): void;
}

export class Download {
  /** Bytes received so far. */
  bytes = 0;
  #folder: string;
  #name: string;
  #flow: DownloadFlow;
  #temporary: string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #paused = false;
  #failure: string | undefined;
  #writing: Promise<void> | undefined;
  #file: FileHandle | undefined;

  /** @param announced the name as the sender gave it; any text */
  constructor(folder: string, announced: string, flow: DownloadFlow) {
    this.#folder = folder;
    this.#name = safeFileName(announced);
    this.#flow = flow;
    this.#temporary = join(folder, `.pcs-${crypto.randomUUID()}.part`);
  }

  /** Bytes that the disk has not taken yet. */
  get pendingBytes(): number {
    return this.#waitingBytes;
  }

  /** Takes a copy of the bytes. */
  add(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.#failure !== undefined) return;
    this.#waiting.push(bytes.slice());
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > maxWaitingFileBytes && !this.#paused) {
      this.#paused = true;
      this.#flow.pause();
    }
    this.#writing ??= this.#write();
  }

  /** The file is whole: gives it its name. */
  async end(): Promise<DownloadResult> {
    await (this.#writing ?? this.#write());
    if (this.#failure === undefined) {
      try {
        await this.#file?.close();
        this.#file = undefined;
        return { kind: "saved", name: await placeFile(this.#temporary, this.#folder, this.#name) };
      } catch (error) {
        this.#fail(error);
      }
    }
    await this.#discard();
    return { kind: "failed", reason: this.#failure ?? "unknown" };
  }

  /** The file will never be whole: nothing of it is kept. */
  async abort(reason: string): Promise<DownloadResult> {
    this.#failure ??= reason;
    this.#forget();
    await this.#writing;
    await this.#discard();
    return { kind: "failed", reason: this.#failure };
  }

  /** Writes until nothing waits. Never rejects. */
  async #write(): Promise<void> {
    try {
      if (this.#file === undefined) {
        await mkdir(this.#folder, { recursive: true });
        this.#file = await open(this.#temporary, "wx");
      }
      while (this.#waiting.length > 0) {
        const chunks = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        for (const chunk of chunks) await this.#file.writeFile(chunk);
        this.#caughtUp();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= reasonOf(error);
    this.#forget();
  }

  #forget(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#caughtUp();
  }

  #caughtUp(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#flow.resume();
  }

  async #discard(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
    await rm(this.#temporary, { force: true }).catch(() => undefined);
  }
}
