/** Whether a file may be offered as it is, before anything is opened for it. */
import { checkFileName, checkFolder, showFileName } from "../../files/file-name.ts";
import type { PartInfo } from "../../files/part-store.ts";
import { sameWord } from "../../files/same-word.ts";
import type { Control } from "../../protocol/v2/control.ts";
import type { AboutFile } from "../files/outgoing-file.ts";
import type { Peer } from "./peer.ts";
import { problemOfBankOffer } from "./take-bank.ts";

export type CheckedOffer =
  | { ok: true; info: PartInfo; /** As a receiver is told of it. */ about: AboutFile }
  | { ok: false; code: string; text: string };

export function checkOffer(peer: Peer, offer: Control<"offer">): CheckedOffer {
  const { name, size, to, number, same, folder, batch, collect, bank } = offer;
  const { classroom } = peer;
  const isCollected = collect !== undefined && classroom.collects.find(collect) !== undefined;
  const gag = classroom.moderation.fileGag(peer, to, isCollected);
  if (gag !== undefined) {
    classroom.counters.gagged++;
    return { ok: false, code: gag.code, text: gag.text };
  }
  const check = checkFileName(name);
  if (!check.ok) return refused(`File '${showFileName(name)}' was refused: ${check.reason}.`);
  const place = folder === undefined ? undefined : checkFolder(folder);
  if (place?.ok === false) return refused(`File '${check.name}' was refused: ${place.reason}.`);
  if (number !== undefined) return refused("A file goes to the server or to one person.");
  if (collect !== undefined) {
    if (!isCollected) return { ok: false, code: "closed", text: "This is not collected any more." };
    if (to !== undefined || folder !== undefined)
      return refused("What is collected is one file, to the server.");
  }
  if (bank !== undefined && (to !== undefined || folder !== undefined || collect !== undefined))
    return refused("A file of questions is one file, to the server.");
  const recipient = to === undefined ? undefined : classroom.find(to);
  if (to !== undefined && recipient === undefined) {
    const text = `There is no client named '${showFileName(to)}' here, so '${check.name}' was not sent.`;
    return { ok: false, code: "nobody", text };
  }
  const folders = place?.folders;
  const owner = peer.name;
  const info: PartInfo = { owner, name: check.name, size, to: recipient?.name ?? "", folders, collect, bank };
  const problem = bank === undefined ? undefined : problemOfBankOffer(peer, info);
  if (problem !== undefined) return { ok: false, ...problem };
  return {
    ok: true,
    info,
    about: {
      name: check.name,
      from: owner,
      same: same === undefined ? undefined : sameWord(owner, same),
      folder: folders?.join("/"),
      batch: batch === undefined ? undefined : { ...batch, word: sameWord(owner, batch.word) },
    },
  };
}

function refused(text: string): CheckedOffer {
  return { ok: false, code: "refused", text };
}
