/** A file of the operator's to one person or to everybody: read once for all, and told how far it is. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import { sameWord } from "../../files/same-word.ts";
import type { OpenFile } from "../../files/file-store.ts";
import * as messages from "../../protocol/messages.ts";
import type { Classroom } from "../classroom.ts";
import { deliverFile } from "./deliver-file.ts";
import { pushToldEveryMs } from "../limits.ts";
import { OutgoingFile, type AboutFile } from "./outgoing-file.ts";

/**
 * A file to be pushed. Path, size and time stand for its content, so that receivers go on with it after a restart, too.
 * @throws ExpectedError where it cannot be read: then nobody is bothered
 */
export async function fileToPush(
  name: string,
  path: string,
  open: () => Promise<OpenFile>,
  part: Pick<AboutFile, "folder" | "batch"> = {},
): Promise<OutgoingFile> {
  const opened = await open();
  const same = sameWord(path, opened.size, opened.modifiedMs);
  await opened.close();
  return new OutgoingFile({ name, from: undefined, same, ...part }, open, true);
}

/** Sends it in the background. */
export function pushFile(classroom: Classroom, names: readonly string[], file: OutgoingFile): void {
  classroom.background(pushToAll(classroom, names, file));
}

async function pushToAll(classroom: Classroom, names: readonly string[], file: OutgoingFile): Promise<void> {
  const { screen } = classroom.ports;
  let done = 0;
  const timer = setInterval(
    () =>
      screen.line(`File '${file.about.name}': ${done} of ${names.length} have it; /files shows the others.`),
    pushToldEveryMs,
  );
  if (names.length === 1) clearInterval(timer);
  try {
    await Promise.all(
      names.map(async (to) => {
        if (await push(classroom, to, file)) done++;
      }),
    );
  } finally {
    clearInterval(timer);
    await file.close();
  }
}

/** @returns whether it was delivered */
async function push(classroom: Classroom, to: string, file: OutgoingFile): Promise<boolean> {
  const { screen } = classroom.ports;
  const { name } = file.about;
  let failure: string | undefined;
  try {
    failure = await deliverFile(classroom, to, file);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    screen.line(asSentence(error.message));
    return false;
  }
  if (failure === undefined) {
    classroom.find(to)?.inform(messages.sentSentence(name, to));
    screen.line(`File '${name}' sent to ${to}.`);
  } else screen.line(`File '${name}' was not sent to ${to}: ${failure}.`);
  return failure === undefined;
}
