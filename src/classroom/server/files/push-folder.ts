/** A folder of the operator's to one person or to everybody: its files one after the other to each, read once for all. */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import type { FolderFiles } from "../../../lib/folder-files.ts";
import { sameWord } from "../../files/same-word.ts";
import type { OpenFile } from "../../files/file-store.ts";
import type { Classroom } from "../classroom.ts";
import { deliverFile } from "./deliver-file.ts";
import type { OutgoingFile } from "./outgoing-file.ts";
import { fileToPush } from "./push-file.ts";

/**
 * Sends in the background.
 * @throws ExpectedError where there is no file in it, or one cannot be read: then nobody is bothered
 */
export async function pushFolder(
  classroom: Classroom,
  names: readonly string[],
  { name, files, bytes, skipped, emptyFolders }: FolderFiles,
  open: (path: string) => Promise<OpenFile>,
): Promise<void> {
  const { screen } = classroom.ports;
  if (files.length === 0) throw new ExpectedError(`the folder '${name}' has no file in it.`);
  if (skipped > 0) screen.line(`${counted(skipped, "link")} in '${name}': not sent.`);
  if (emptyFolders > 0) screen.line(`${counted(emptyFolders, "empty folder")} in '${name}': not sent.`);
  const batch = { word: sameWord(name, files.length, bytes), files: files.length, bytes };
  const pushed: OutgoingFile[] = [];
  for (const { path, folder, name: file } of files)
    pushed.push(await fileToPush(file, path, () => open(path), { folder, batch }));
  const left = pushed.map(() => names.length);
  const one = async (to: string): Promise<void> => {
    let failure: string | undefined;
    let count = 0;
    for (const [index, file] of pushed.entries()) {
      // Who has left gets none of the others.
      const failed =
        classroom.find(to) === undefined ? `${to} has left` : await deliverFile(classroom, to, file);
      if (failed === undefined) count++;
      failure ??= failed;
      if (--left[index]! === 0) await file.close();
    }
    const sent = `Folder '${name}': ${count} of ${counted(files.length, "file")} sent to ${to}`;
    screen.line(failure === undefined ? `${sent}.` : `${sent}: ${failure}.`);
  };
  for (const to of names) classroom.background(one(to));
}
