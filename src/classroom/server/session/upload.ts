/** A raw file from a person: to the server's disk, or through it to another person. */
import { checkFileName, showFileName } from "../../files/file-name.ts";
import type { IncomingFile } from "../../files/file-store.ts";
import { OwnBlocks } from "../../files/own-blocks.ts";
import * as messages from "../../protocol/messages.ts";
import { deliverFile } from "../files/deliver-file.ts";
import { maxPendingUploadBytes } from "../limits.ts";
import { OutgoingFile } from "../files/outgoing-file.ts";
import { overQuota } from "../files/quota.ts";
import type { Session } from "./session.ts";

/** The raw bytes behind a `file_transfer`, until their end. */
export interface Upload {
  data(bytes: Uint8Array, start: number, end: number): void;
  end(): Promise<void>;
  /** The connection broke before the end. */
  abandon(): void;
}

/**
 * Starts what a `file_transfer` asks for. Raw bytes follow it whether it is granted or not, so those of a file
 * that is refused are read and thrown away.
 */
export function beginUpload(session: Session, request: string): void {
  const parsed = messages.parseFileRequest(request);
  if (parsed === undefined) {
    session.connection.decoder.expectFilePerhaps();
    return session.refuse("A file goes to file_to_server:FILE or file_to:NAME:FILE; nothing was sent.");
  }
  session.connection.decoder.expectFile();
  session.countUpload();
  const to = parsed.kind === "to-server" ? undefined : parsed.name;
  const { moderation, collects } = session.classroom;
  const isCollected = to === undefined && collects.forFile(parsed.file) !== undefined;
  const gag = moderation.fileGag(session, to, isCollected);
  if (gag !== undefined) {
    session.classroom.counters.gagged++;
    session.upload = new RefusedUpload(session, gag.text);
    return;
  }
  const check = checkFileName(parsed.file);
  if (!check.ok) {
    session.upload = new RefusedUpload(
      session,
      `File '${showFileName(parsed.file)}' was refused: ${check.reason}.`,
    );
    return;
  }
  if (parsed.kind === "to-server") {
    session.upload = new StoredUpload(session, check.name, keep(session, check.name), mostBytes(session));
    return;
  }
  const name = parsed.name.trim();
  const recipient = session.classroom.find(name);
  session.upload =
    recipient === undefined
      ? new RefusedUpload(
          session,
          `There is no client named '${showFileName(name)}' here, so '${check.name}' was not sent.`,
        )
      : new StoredUpload(session, check.name, (file) => relay(session, recipient.name, file, check.name));
}

/** What is still to come of a file is thrown away, and the sender told at its end. */
export function refuseRest(session: Session, upload: Upload, sentence: string): Upload {
  upload.abandon();
  return new RefusedUpload(session, sentence);
}

class RefusedUpload implements Upload {
  #session: Session;
  #sentence: string;

  constructor(session: Session, sentence: string) {
    this.#session = session;
    this.#sentence = sentence;
    session.classroom.counters.refusedFiles++;
  }

  data(): void {}

  async end(): Promise<void> {
    this.#session.refuse(this.#sentence);
  }

  abandon(): void {}
}

/** What becomes of a file that is whole. It keeps or discards the file. */
type Then = (file: IncomingFile, bytes: number) => Promise<void>;

class StoredUpload implements Upload {
  #session: Session;
  #name: string;
  #file: IncomingFile;
  #then: Then;
  #mostBytes: number;
  #bytes = 0;

  /** @param mostBytes of a file that `then` takes */
  constructor(session: Session, name: string, then: Then, mostBytes = Number.POSITIVE_INFINITY) {
    this.#mostBytes = mostBytes;
    this.#session = session;
    this.#name = name;
    this.#then = then;
    this.#file = session.classroom.ports.files.receive();
    this.#file.onDrain = () => session.connection.resume("disk");
  }

  data(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes += end - start;
    // What can never be kept need not be written.
    if (this.#bytes > this.#mostBytes) return;
    this.#file.write(bytes, start, end);
    if (this.#file.pendingBytes > maxPendingUploadBytes) this.#session.connection.pause("disk");
  }

  /** What the person sent behind the file waits until it is kept, so that everything is told in order. */
  async end(): Promise<void> {
    const session = this.#session;
    session.connection.hold();
    try {
      const failure = await this.#file.finish();
      session.connection.resume("disk");
      if (failure === undefined) return await this.#then(this.#file, this.#bytes);
      await this.#file.discard();
      session.refuse(`File '${this.#name}' was not taken: ${failure}.`);
    } finally {
      session.connection.release();
    }
  }

  abandon(): void {
    this.#session.classroom.background(this.#file.discard());
  }
}

function mostBytes({ role, classroom }: Session): number {
  return role === "student" ? classroom.ports.limits.quotaBytes : Number.POSITIVE_INFINITY;
}

function keep(session: Session, name: string): Then {
  return async (file, bytes) => {
    const { classroom } = session;
    const over =
      session.role === "student" ? await overQuota(classroom, session.name, { files: 1, bytes }) : undefined;
    if (over !== undefined) {
      await file.discard();
      classroom.counters.refusedFiles++;
      return session.refuse(`File '${name}' was not kept: ${over}.`);
    }
    const collection = classroom.collects.forFile(name);
    if (collection !== undefined && session.role === "student")
      return handIn(session, collection.number, file, name);
    const failure = await classroom.ports.files.keep(file, session.name, name);
    if (failure === undefined) {
      classroom.totals.filesKept++;
      classroom.tellOf(session, messages.uploadedSentence(name, session.name));
    } else session.refuse(`File '${name}' was not kept: ${failure}.`);
  };
}

/** What is collected; the first protocol knows no hash, so it is made here. */
async function handIn(session: Session, number: number, file: IncomingFile, name: string): Promise<void> {
  const { classroom } = session;
  const { files } = classroom.ports;
  const opened = await files.open(file);
  const blocks = new OwnBlocks(opened);
  const sha256 = await blocks.sha256();
  blocks.close();
  await opened.close();
  const handed = { student: session.name, file: name, bytes: opened.size, sha256 };
  const failure = await classroom.collects.handIn(number, file, handed);
  if (failure !== undefined) session.refuse(`File '${name}' was not kept: ${failure}.`);
}

/** Passes a whole file on; the sender is told when the recipient has it, and need not wait for that. */
async function relay(session: Session, to: string, file: IncomingFile, name: string): Promise<void> {
  const { classroom } = session;
  const send = async (): Promise<void> => {
    const outgoing = new OutgoingFile(
      { name, from: session.name },
      () => classroom.ports.files.open(file),
      false,
    );
    try {
      const failure = await deliverFile(classroom, to, outgoing);
      if (failure === undefined) session.info(messages.fileSent(name, to));
      else session.refuse(`File '${name}' was not sent to ${to}: ${failure}.`);
    } finally {
      await outgoing.close();
      await file.discard();
    }
  };
  classroom.background(send());
}
