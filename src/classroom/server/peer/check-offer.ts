/** Whether a file may be offered as it is, before anything is opened for it. */
import { checkFileName, checkFolder, showFileName } from "../../files/file-name.ts";
import type { PartInfo } from "../../files/part-store.ts";
import { sameWord } from "../../files/same-word.ts";
import type { Control } from "../../protocol/v2/control.ts";
import type { Room } from "../chat/room.ts";
import type { AboutFile } from "../files/outgoing-file.ts";
import type { Refusal } from "../admission.ts";
import { enoughPushes, onlyTeachersToRooms } from "../refusals.ts";
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
  const room = number === undefined ? undefined : peer.places.get(number)?.room;
  if (number !== undefined) {
    const problem = problemOfPush(peer, offer, room);
    if (problem !== undefined) return { ok: false, ...problem };
  }
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
  const info: PartInfo = {
    owner,
    name: check.name,
    size,
    to: recipient?.name ?? "",
    folders,
    collect,
    bank,
    room: room?.name,
  };
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

/** A teacher sends one file to all who are in a room. */
function problemOfPush(
  { role, classroom }: Peer,
  { to, folder, collect, bank }: Control<"offer">,
  room: Room | undefined,
): Refusal | undefined {
  if (role !== "teacher") return onlyTeachersToRooms;
  if (room === undefined) return { code: "room", text: "You are not in this room." };
  if (to !== undefined || folder !== undefined || collect !== undefined || bank !== undefined)
    return { code: "refused", text: "What goes to a room is one file." };
  const others = room === classroom.rooms.main ? classroom.memberCount : room.peers.size;
  if (others < 2) return { code: "nobody", text: `Nobody else is in '${room.name}' now.` };
  if (classroom.pushes.isFull) return { code: "limit", text: `${enoughPushes}.` };
  return undefined;
}

function refused(text: string): CheckedOffer {
  return { ok: false, code: "refused", text };
}
