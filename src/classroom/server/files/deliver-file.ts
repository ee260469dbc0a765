/** Brings one file to one person: over the next connection where one is lost in the middle, and shown while it runs. */
import type { Classroom } from "../classroom.ts";
import type { FileOutcome, OutgoingFile } from "./outgoing-file.ts";

/**
 * @param first sends it to the person who is here now, where it was asked for before
 * @returns words that fit behind a colon where the person did not get it
 */
export async function deliverFile(
  classroom: Classroom,
  to: string,
  file: OutgoingFile,
  first?: (progress: (bytes: number, size: number) => void) => Promise<FileOutcome>,
): Promise<string | undefined> {
  const row = classroom.transfers.begin({ file: file.about.name, from: file.about.from, to });
  const progress = (bytes: number, size: number): void => row.progress(bytes, size);
  let send = first;
  try {
    for (;;) {
      const member = classroom.find(to);
      if (member === undefined) return `${to} has left`;
      row.goOn();
      const outcome = await (send?.(progress) ?? member.receiveFile(file, progress));
      send = undefined;
      if (outcome.kind === "delivered") return undefined;
      if (outcome.kind === "failed") return outcome.words;
      row.wait();
      if (!(await classroom.arrivals.returns(member))) return outcome.words;
    }
  } finally {
    row.end();
  }
}
