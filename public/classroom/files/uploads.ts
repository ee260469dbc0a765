/**
 * Files that this person sends: in chunks, one after another, gone on with over the next connection. A file to a person
 * is offered first, and while that person thinks about it others go on.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeCredit, encodeChunk } from "../../../src/classroom/protocol/v2/chunk.ts";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import { offerTo, type Destination } from "./destination.ts";
import { chunkBytes, maxFilesListed, maxOffersAtOnce, maxWaitingChunkBytes } from "../limits.ts";

export interface Upload {
  readonly file: File;
  readonly to: Destination;
  state: "waiting" | "offered" | "sending" | "sent" | "failed" | "cancelled";
  /** Bytes given to the network. */
  sent: number;
  /** Why it failed, or under which name it is kept. */
  text: string;
  /** The code of why it failed, where the server said it. */
  code: string;
  /** What was found in a file of questions. */
  findings: Control<"findings"> | undefined;
  /** The word that goes on with what has arrived. */
  resume: string | undefined;
}

/** One that is offered, or on its way. */
interface Running {
  upload: Upload;
  transfer: number;
  upTo: number;
  wake: () => void;
  isStopped: boolean;
}

export class Uploads {
  readonly list: Upload[] = [];
  #classroom: Classroom;
  #transfer = -1;
  #running = new Map<number, Running>();
  /** Files are sent one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  add(file: File, to: Destination): void {
    const begun = { state: "waiting", sent: 0, text: "", code: "" } as const;
    this.list.unshift({ file, to, ...begun, findings: undefined, resume: undefined });
    if (this.list.length > maxFilesListed) {
      const done = this.list.findLastIndex(({ state }) => isDone(state));
      if (done >= 0) this.list.splice(done, 1);
    }
    this.#changed();
    this.goOn();
  }

  cancel(upload: Upload): void {
    upload.state = "cancelled";
    for (const running of this.#running.values()) {
      if (running.upload !== upload) continue;
      this.#classroom.send("cancel", { transfer: running.transfer, code: "cancelled" });
      this.#stop(running);
    }
    this.#changed();
    this.goOn();
  }

  /** What is done is not listed any more. */
  forget(upload: Upload): void {
    const at = this.list.indexOf(upload);
    if (at >= 0 && isDone(upload.state)) this.list.splice(at, 1);
    this.#changed();
  }

  /** There is a connection, or the file before is done. */
  goOn(): void {
    const { link, stage } = this.#classroom;
    if (link === undefined || stage.kind !== "in" || this.#running.size >= maxOffersAtOnce) return;
    for (const { upload } of this.#running.values()) if (upload.to.kind !== "person") return;
    const upload = this.list.findLast(({ state }) => state === "waiting");
    if (upload === undefined) return;
    const about = offerTo(upload.to, (room) => this.#classroom.conversation("room", room).number);
    if (about === undefined) {
      upload.state = "failed";
      upload.text = "you are not in this room any more";
      this.#changed();
      return this.goOn();
    }
    // A transfer is never used twice on a connection; numbers that go on over all of them are not either.
    this.#transfer += 2;
    const { file, to, resume } = upload;
    const isAsked = to.kind === "person";
    upload.state = isAsked ? "offered" : "sending";
    this.#running.set(this.#transfer, {
      upload,
      transfer: this.#transfer,
      upTo: 0,
      wake: () => {},
      isStopped: false,
    });
    this.#classroom.send("offer", {
      tag: this.#classroom.memory.takeTag(),
      transfer: this.#transfer,
      name: file.name,
      size: file.size,
      ...about,
      ...(resume === undefined ? {} : { resume }),
    });
    this.#changed();
    // The next one need not wait for a person to answer.
    if (isAsked) this.goOn();
  }

  /** The connection is gone: what was on its way waits for the next one. */
  pause(): void {
    for (const running of this.#running.values()) {
      running.upload.state = "waiting";
      this.#stop(running);
    }
    this.#changed();
  }

  accepted({ transfer, offset, upTo, resume }: Control<"accept">): void {
    const running = this.#find(transfer);
    if (running === undefined) return;
    running.upload.resume = resume;
    running.upload.state = "sending";
    running.upTo = Math.max(running.upTo, upTo);
    this.#last = this.#last
      .then(() => this.#send(running, offset))
      .catch(() => this.#fail(running, "The file cannot be read any more: was it moved or changed?"));
    this.#changed();
  }

  credit(bytes: Uint8Array, start: number, end: number): void {
    const credit = decodeCredit(bytes, start, end);
    const running = credit === undefined ? undefined : this.#find(credit.transfer);
    if (credit === undefined || running === undefined) return;
    running.upTo = Math.max(running.upTo, credit.upTo);
    running.wake();
  }

  received({ transfer, name }: Control<"received">): void {
    const running = this.#find(transfer);
    if (running === undefined) return;
    const { upload } = running;
    upload.state = "sent";
    upload.text = name === upload.file.name ? "" : `kept as ${name}`;
    this.#stop(running);
    if (upload.to.kind === "bank") this.#classroom.hearNewBank(name);
    this.#changed();
    this.goOn();
  }

  found(findings: Control<"findings">): void {
    const running = this.#find(findings.transfer);
    if (running !== undefined) running.upload.findings = findings;
  }

  cancelled({ transfer, code, text }: Control<"cancel">): void {
    const running = this.#find(transfer);
    if (running === undefined) return;
    running.upload.code = code;
    this.#end(running, text ?? "The server did not take it.");
  }

  async #send(running: Running, offset: number): Promise<void> {
    const { upload, transfer } = running;
    const { file } = upload;
    const hash = sha256.create();
    // What is there already is only hashed.
    for (let at = 0; at < file.size; at += chunkBytes) {
      if (running.isStopped) return;
      const piece = new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer());
      if (piece.length === 0) throw new Error("it has become shorter");
      hash.update(piece);
      const from = Math.max(0, offset - at);
      if (from >= piece.length) continue;
      await this.#untilAllowed(running, at + piece.length);
      if (running.isStopped) return;
      this.#classroom.link?.sendFrame(encodeChunk(transfer, at + from, piece.subarray(from)));
      upload.sent = at + piece.length;
      this.#changed();
    }
    if (running.isStopped) return;
    this.#classroom.send("end", { transfer, size: file.size, sha256: bytesToHex(hash.digest()) });
  }

  /** Waits for credit, and until little waits for the network, so that chat passes between. */
  async #untilAllowed(running: Running, offset: number): Promise<void> {
    while (!running.isStopped && offset > running.upTo)
      await new Promise<void>((resolve) => (running.wake = resolve));
    while (!running.isStopped && (this.#classroom.link?.waitingBytes ?? 0) > maxWaitingChunkBytes)
      await new Promise<void>((resolve) => setTimeout(resolve, 10));
  }

  #find(transfer: number): Running | undefined {
    return this.#running.get(transfer);
  }

  #fail(running: Running, text: string): void {
    if (running.isStopped) return;
    this.#classroom.send("cancel", { transfer: running.transfer, code: "failed" });
    this.#end(running, text);
  }

  #end(running: Running, text: string): void {
    const { upload } = running;
    upload.state = "failed";
    upload.text = text;
    // Where it is not collected any more there is no place for it either.
    if (upload.to.kind === "collection") this.#classroom.note(`${upload.file.name}: ${text}`);
    this.#stop(running);
    this.#changed();
    this.goOn();
  }

  #stop(running: Running): void {
    running.isStopped = true;
    running.wake();
    this.#running.delete(running.transfer);
  }

  #changed(): void {
    this.#classroom.changes.tell("files");
  }
}

function isDone(state: Upload["state"]): boolean {
  return state === "sent" || state === "failed" || state === "cancelled";
}
