/**
 * One connection to a server, as the client uses it: frames as text, received files on the disk, files to send.
 */
import { encodeFrame } from "../protocol/frame.ts";
import { headerCode, headerNames } from "../protocol/header.ts";
import { parseFileNotice, type FileNotice } from "../protocol/messages.ts";
import type { Connection, ConnectionEvents } from "../net/connection.ts";
import { dial } from "../net/dial.ts";
import { sendRawFile, type RawOutcome } from "../net/raw-sender.ts";
import { WriteTick } from "../net/write-tick.ts";
import { Download, type DownloadResult } from "./download.ts";
import { maxWaitingSendBytes } from "./limits.ts";
import type { UploadSource } from "./upload-source.ts";

export interface LinkEvents {
  /** @param text as it came: not yet safe to print */
  frame(header: string, text: string): void;
  fileProgress(notice: FileNotice, bytes: number): void;
  fileEnded(notice: FileNotice, result: DownloadResult): void;
}

/** Why a connection ended, where it was not simply closed. */
export type LinkFault = { kind: "told"; sentence: string } | { kind: "bug"; error: Error };

const nonAscii = /[^\x00-\x7f]/;

export class ServerLink {
  /** Resolves when the connection is gone and every file of it is settled. */
  readonly ended: Promise<void>;
  fault: LinkFault | undefined;
  /** Whether chat may be sent: the login is over. */
  joined = false;
  /** Whether a file is on its way to the server. */
  uploading = false;
  #connection!: Connection;
  #taught = false;

  private constructor(ended: Promise<void>) {
    this.ended = ended;
  }

  /**
   * @param folder where received files go
   * @throws ExpectedError with one sentence where nothing answers
   */
  static async open(host: string, port: number, folder: string, events: LinkEvents): Promise<ServerLink> {
    const ended = Promise.withResolvers<void>();
    const link = new ServerLink(ended.promise);
    link.#connection = await dial(
      host,
      port,
      new WriteTick(),
      (connection) => receiver(connection, folder, events, (fault) => (link.fault ??= fault), ended.resolve),
      (error) => (link.fault ??= { kind: "bug", error }),
    );
    link.#connection.decoder.fromServer = true;
    return link;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Whether a file is on its way to us. */
  get isReceiving(): boolean {
    return this.#connection.decoder.inFile;
  }

  /** Sends one frame; the lengths are within the limits. */
  send(header: string, payload: string): void {
    if (nonAscii.test(payload)) this.#teachCounting();
    this.#connection.send(encodeFrame(header, payload));
  }

  /** Resolves when little enough waits for the server that more may be said. */
  async whenWritten(): Promise<void> {
    if (this.#connection.queue.queuedBytes > maxWaitingSendBytes) await this.#connection.whenEmpty();
  }

  /** Sends a file. Other frames wait until it is over; one file at a time. @param to undefined for the server */
  async sendFile(
    to: string | undefined,
    source: UploadSource,
    progress: (bytes: number) => void,
  ): Promise<RawOutcome> {
    const request = to === undefined ? `file_to_server:${source.name}` : `file_to:${to}:${source.name}`;
    if (nonAscii.test(request)) this.#teachCounting();
    this.uploading = true;
    try {
      return await sendRawFile(this.#connection, encodeFrame("file_transfer", request), source, progress);
    } finally {
      this.uploading = false;
    }
  }

  /** Stops reading for a reason, until it is over. */
  pause(reason: string): void {
    this.#connection.pause(reason);
  }

  resume(reason: string): void {
    this.#connection.resume(reason);
  }

  /** Says goodbye and hangs up without waiting. Within a file there is no goodbye: a part of it must not pass for it. */
  hangUp(): void {
    if (this.uploading) this.#connection.destroy();
    else this.#connection.close(this.joined ? encodeFrame("cmd", "disconnect") : undefined);
  }

  /** Hangs up without a word. */
  close(): void {
    this.#connection.close();
  }

  /**
   * The original programs count characters in lengths and pcs counts bytes; a server finds out which from what
   * follows a payload that is not ASCII, and for a file, where raw bytes follow, it cannot. So before the first such
   * payload goes one that teaches it: `info` after the login means nothing, and a known header follows it at once.
   * During the login a known header or silence follows by itself.
   */
  #teachCounting(): void {
    if (this.#taught) return;
    this.#taught = true;
    if (!this.joined) return;
    this.#connection.send(encodeFrame("info", "é"));
    this.#connection.send(encodeFrame("info", "."));
  }
}

/** What listens to the connection: frames and files apart. */
function receiver(
  connection: () => Connection,
  folder: string,
  events: LinkEvents,
  blame: (fault: LinkFault) => void,
  ended: () => void,
): ConnectionEvents {
  const text = new TextDecoder();
  let notice: FileNotice | undefined;
  let download: Download | undefined;

  // A file is told when the disk has it; what came behind it is told behind it, too.
  let waiting = 0;
  let last = Promise.resolve();
  const inOrder = (tell: () => void | Promise<void>): void => {
    waiting++;
    last = last
      .then(tell)
      .catch((error: unknown) =>
        blame({ kind: "bug", error: error instanceof Error ? error : new Error(String(error)) }),
      )
      .finally(() => {
        if (--waiting === 0) connection().resume("order");
      });
  };
  const settle = (of: FileNotice, result: Promise<DownloadResult>): void => {
    connection().pause("order");
    inOrder(async () => events.fileEnded(of, await result));
  };
  return {
    frame(header, bytes, start, end) {
      const payload = text.decode(bytes.subarray(start, end));
      notice = header === headerCode.file_transfer ? parseFileNotice(payload) : undefined;
      if (notice === undefined) {
        const deliver = (): void => events.frame(headerNames[header] ?? "unknown", payload);
        if (waiting === 0) deliver();
        else inOrder(deliver);
        return;
      }
      connection().decoder.expectFile();
      download = new Download(folder, notice.file, {
        pause: () => connection().pause("disk"),
        resume: () => connection().resume("disk"),
      });
    },
    fileData(bytes, start, end) {
      download!.add(bytes.subarray(start, end));
      events.fileProgress(notice!, download!.bytes);
    },
    fileEnd() {
      settle(notice!, download!.end());
      download = undefined;
    },
    violation() {
      blame({ kind: "told", sentence: "what answers there does not speak the classroom's protocol." });
      connection().destroy();
    },
    overflow() {
      blame({ kind: "told", sentence: "the server takes no more messages." });
      connection().destroy();
    },
    closed() {
      if (download !== undefined) settle(notice!, download.abort("the connection was cut"));
      void last.then(() => ended());
    },
  };
}
