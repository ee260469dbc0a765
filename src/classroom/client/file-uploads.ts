/**
 * The files that a person sends, over whatever connection there is; a folder file by file. Those to one receiver go one
 * after the other: an offer that nobody answers holds up none to others.
 */
import { counted } from "../../lib/counted.ts";
import { asSentence, ExpectedError } from "../../lib/errors.ts";
import { listFolder, type FolderFiles } from "../../lib/folder-files.ts";
import { showableLine } from "../../lib/showable.ts";
import { sameWord } from "../files/same-word.ts";
import { maxFolderDepth, maxFolderFiles } from "../files/limits.ts";
import type { UploadTarget } from "./peer-files.ts";
import type { PeerSeat } from "./peer-seat.ts";
import { homePath, openUpload, type UploadSource } from "./upload-source.ts";

export class FileUploads {
  #seat: PeerSeat;
  /** The last one to each receiver, by its name; the server has none. */
  #last = new Map<string, Promise<void>>();
  #count = 0;

  constructor(seat: PeerSeat) {
    this.#seat = seat;
  }

  /** Files that are on their way or wait for their turn. */
  get count(): number {
    return this.#count;
  }

  /** Resolves when all are sent, or cannot be. */
  async done(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  /** Sends a file or a folder behind those that wait. What cannot be read is told at once. */
  async send(target: UploadTarget, path: string): Promise<void> {
    const { presenter, terminal, home } = this.#seat;
    let work: () => Promise<void>;
    try {
      const place = homePath(path, home);
      const folder = await listFolder(place, { files: maxFolderFiles, depth: maxFolderDepth });
      if (folder === undefined) {
        const source = await openUpload(path, home);
        work = async () => void (await this.#sendFile(target, path, source));
      } else work = () => this.#sendFolder(target, folder);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return presenter.note(asSentence(showableLine(error.message)));
    }
    this.#count++;
    const receiver = (target.to ?? "").toLowerCase();
    const sent = this.#sendBehind(this.#last.get(receiver), work);
    this.#last.set(receiver, sent);
    // A person goes on typing; the next line of a script waits its turn.
    if (!terminal.interactive) await sent;
  }

  async #sendBehind(before: Promise<void> | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await before;
      await work();
    } finally {
      this.#count--;
    }
  }

  async #sendFolder(target: UploadTarget, folder: FolderFiles): Promise<void> {
    const { presenter } = this.#seat;
    const { files, bytes, skipped, emptyFolders } = folder;
    const shown = showableLine(folder.name);
    const left: string[] = [];
    // Devices and pipes are counted among the links: neither is followed.
    if (skipped > 0) left.push(counted(skipped, "link"));
    if (emptyFolders > 0) left.push(counted(emptyFolders, "empty folder"));
    if (left.length > 0) presenter.note(`Not sent with '${shown}': ${left.join(", ")}.`);
    const word = sameWord(folder.name, files.length, bytes, crypto.randomUUID());
    const batch = { word, files: files.length, bytes };
    let sent = 0;
    for (const file of files) {
      let source: UploadSource;
      try {
        source = await openUpload(file.path, undefined);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        presenter.note(error.message);
        continue;
      }
      const isSent = await this.#sendFile({ ...target, folder: file.folder, batch }, file.path, source);
      if (isSent) sent++;
      // Who does not want the first of them wants none.
      else if (sent === 0) break;
    }
    presenter.note(`Folder '${shown}': ${sent} of ${counted(files.length, "file")} sent.`);
  }

  /** @returns whether it has arrived */
  async #sendFile(target: UploadTarget, path: string, first: UploadSource): Promise<boolean> {
    const { presenter, home, desk } = this.#seat;
    const file = first.name;
    const to = target.number === undefined ? target.to : "all";
    const key = `upload ${to ?? ""}`;
    const row = desk.begin(file, undefined, to ?? "server");
    let source: UploadSource | undefined = first;
    let resume: string | undefined;
    try {
      for (;;) {
        const files = await this.#seat.connectedFiles();
        if (files === undefined) {
          presenter.note(`File '${file}' was not sent: the connection is gone.`);
          return false;
        }
        source ??= await openUpload(path, home);
        const { size } = source;
        row.goOn();
        const draw = (bytes: number): void => {
          row.progress(bytes, size);
          presenter.progress(key, file, bytes, size);
        };
        draw(0);
        const end = await files.upload(source, this.#seat.memory.takeTag(), target, resume, draw);
        await source.close();
        source = undefined;
        if (end.kind === "received") {
          // To everybody it goes from now on, and how that goes is told as it does.
          if (target.number === undefined) presenter.tell({ kind: "file-sent", file, to });
          return true;
        }
        if (end.kind === "refused") presenter.note(end.text);
        if (end.kind === "failed")
          presenter.note(`File '${file}' could not be read to its end: it was not sent.`);
        if (end.kind !== "gone") return false;
        // It is gone on with where it was, over the next connection.
        row.wait();
        ({ resume } = end);
      }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      presenter.note(error.message);
      return false;
    } finally {
      row.end();
      presenter.progressEnded(key);
      await source?.close();
    }
  }
}
