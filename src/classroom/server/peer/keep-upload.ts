/** What becomes of a file of a person's that has come whole: to its place on the server's disk, or to a person. */
import { otherHash } from "../../files/chunk-receiver.ts";
import type { Part, PartInfo } from "../../files/part-store.ts";
import type { Control } from "../../protocol/v2/control.ts";
import type { Refusal } from "../admission.ts";
import { enoughPushes, onlyTeachersToRooms } from "../refusals.ts";
import type { Peer } from "./peer.ts";
import type { Relay } from "./relay.ts";
import { bankNameOf, takeBank } from "./take-bank.ts";

/** One that has arrived, and what its offer said. */
export interface WholeFile {
  transfer: number;
  info: PartInfo;
  /** Where it goes to a person. */
  relay: Relay | undefined;
  /** Where it is a file of questions of the first pcs: the file that goes with it. */
  answers: Control<"offer">["answers"];
}

/**
 * The word of the part stands for a finished file, on disk, before the sender can hear of it.
 * @returns why it was not kept
 */
export async function keepUpload(
  peer: Peer,
  whole: WholeFile,
  part: Part,
  sha256: string,
): Promise<Refusal | undefined> {
  const { parts } = peer.classroom.ports;
  const { transfer, info, answers, relay } = whole;
  const broken = await part.file.finish();
  if (broken !== undefined) return notKept(info, broken);
  if (part.file.sha256 !== sha256) {
    relay?.withdraw();
    return otherHash;
  }
  if (info.bank !== undefined) {
    const problem = await takeBank(peer, transfer, part, info, answers);
    if (problem === undefined) await parts.seal(part, info, sha256);
    return problem;
  }
  if (info.room !== undefined) {
    if (peer.role !== "teacher") return onlyTeachersToRooms;
    await parts.seal(part, info, sha256);
    return undefined;
  }
  const failure = await pass(peer, whole, part, sha256);
  return failure === undefined ? undefined : notKept(info, failure);
}

/** The name under which it is on disk. */
export function keptName({ info: { name, bank }, answers }: WholeFile): string {
  return bank === undefined ? name : bankNameOf(name, answers);
}

function notKept({ name, to }: PartInfo, failure: string): Refusal {
  const what = to === "" ? "kept" : `sent to ${to}`;
  return { code: "not-kept", text: `File '${name}' was not ${what}: ${failure}.` };
}

async function pass(
  { classroom }: Peer,
  { info, relay }: WholeFile,
  part: Part,
  sha256: string,
): Promise<string | undefined> {
  const { files, parts } = classroom.ports;
  const { owner: student, name: file, size: bytes, collect, folders } = info;
  if (relay === undefined) {
    await parts.seal(part, info, sha256);
    if (collect !== undefined)
      return classroom.collects.handIn(collect, part.file, { student, file, bytes, sha256 });
    return files.keep(part.file, student, file, folders);
  }
  const failure = await relay.pass(part);
  if (failure === undefined) await parts.seal(part, info, sha256);
  return failure;
}

/** Sends what has come whole to all in a room; resolves when all have it, or cannot get it. */
export async function sendToRoom(peer: Peer, { info }: WholeFile, part: Part, sha256: string): Promise<void> {
  const { rooms, pushes, ports } = peer.classroom;
  const room = rooms.find(info.room ?? "");
  if (room === undefined)
    return peer.inform(`Nobody is left in '${info.room}', so nobody got '${info.name}'.`);
  // Several were taken before one of them had come.
  if (pushes.isFull) return peer.inform(`${enoughPushes}, so nobody got '${info.name}'.`);
  await pushes.run({ info, word: part.word, sha256, open: () => ports.files.open(part.file) }, room);
}
