/** Brings one file to one person: over the next connection where one is lost in the middle, and shown while it runs. */
import type { Classroom } from "../classroom.ts";
import type { TransferRow } from "../../files/transfer-board.ts";
import { stoppedWords, type FileOutcome, type OutgoingFile } from "./outgoing-file.ts";

/**
 * @param first sends it to the person who is here now, where it was asked for before
 * @param watch told what the board of transfers is told, too
 * @returns words that fit behind a colon where the person did not get it
 */
export async function deliverFile(
  classroom: Classroom,
  to: string,
  file: OutgoingFile,
  first?: (progress: (bytes: number, size: number) => void) => Promise<FileOutcome>,
  watch?: TransferRow,
): Promise<string | undefined> {
  const row = classroom.transfers.begin({ file: file.about.name, from: file.about.from, to });
  const progress = (bytes: number, size: number): void => {
    row.progress(bytes, size);
    watch?.progress(bytes, size);
  };
  let send = first;
  try {
    for (;;) {
      if (file.isStopped) return stoppedWords;
      const member = classroom.find(to);
      if (member === undefined) return `${to} has left`;
      row.goOn();
      watch?.goOn();
      const outcome = await (send?.(progress) ?? member.receiveFile(file, progress));
      send = undefined;
      if (outcome.kind === "delivered") return undefined;
      if (outcome.kind === "failed") return outcome.words;
      row.wait();
      watch?.wait();
      const isBack = await Promise.race([classroom.arrivals.returns(member), file.stopped]);
      if (isBack === false) return outcome.words;
    }
  } finally {
    row.end();
  }
}
