/** A file of questions that a teacher sends: read as a quiz would read it, and kept only where nothing is wrong. */
import { counted } from "../../../lib/counted.ts";
import { parseBankFile, parseSeedFiles, type BankFile } from "../../quiz/banks/bank-file.ts";
import { formatJsonBank } from "../../quiz/banks/json-bank.ts";
import { maxBankBytes } from "../../quiz/banks/limits.ts";
import { decodeSource } from "../../quiz/banks/source-text.ts";
import type { Part, PartInfo } from "../../files/part-store.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { maxFindingCharacters, maxFindingsTold } from "../limits.ts";
import type { Refusal } from "../admission.ts";
import { onlyTeachers } from "../refusals.ts";
import type { Peer } from "./peer.ts";

type Answers = Control<"offer">["answers"];

/** @returns why it is not taken, before a byte of it is sent */
export function problemOfBankOffer(peer: Peer, { name, size }: PartInfo): Refusal | undefined {
  if (peer.role !== "teacher") return onlyTeachers;
  if (name.startsWith("."))
    return { code: "refused", text: "A file of questions has no dot in front of its name." };
  if (size > maxBankBytes)
    return { code: "size", text: `${size} bytes are too many for questions; ${maxBankBytes} are allowed.` };
  return undefined;
}

/** The name under which it is kept: the two files of the first pcs become one of JSON. */
export function bankNameOf(name: string, answers: Answers): string {
  return answers === undefined ? name : `${name.replace(/\.[^.]*$/, "")}.json`;
}

/** Reads a file that has come whole, tells its sender what is wrong or doubtful in it, and keeps it. */
export async function takeBank(
  peer: Peer,
  transfer: number,
  part: Part,
  { name, bank }: PartInfo,
  answers: Answers,
): Promise<Refusal | undefined> {
  const { ports } = peer.classroom;
  // Meanwhile somebody may have decided otherwise.
  if (peer.role !== "teacher") return onlyTeachers;
  const bytes = await bytesOf(peer, part);
  const { read, kept } = readQuestions(name, bytes, answers);
  peer.send(encodeControl("findings", { transfer, ...findingsOf(read) }));
  if (read.errors.length > 0)
    return { code: "bank", text: `'${name}' was not kept: ${counted(read.errors.length, "error")}.` };
  const place = bankNameOf(name, answers);
  const outcome = await ports.shelf.keep(place, kept, bank === "replace");
  if (outcome === "exists")
    return { code: "exists", text: `There is a file '${place}' already, and it was left as it is.` };
  if (outcome !== "kept") return { code: "not-kept", text: `'${place}' was not kept: ${outcome.failure}.` };
  ports.audit.write({ by: peer.name, did: bank === "replace" ? "bank-replaced" : "bank-kept", what: place });
  const questions = counted(read.questions.length, "question");
  ports.screen.line(`${peer.name} put '${place}' among the files of questions: ${questions}.`);
  return undefined;
}

async function bytesOf({ classroom }: Peer, { file: incoming }: Part): Promise<Uint8Array> {
  const file = await classroom.ports.files.open(incoming);
  try {
    const bytes = new Uint8Array(file.size);
    if (file.size > 0) await file.readAt([bytes], 0);
    return bytes;
  } finally {
    await file.close();
  }
}

/** @returns what was found, and the bytes that are kept */
function readQuestions(
  name: string,
  bytes: Uint8Array,
  answers: Answers,
): { read: BankFile; kept: Uint8Array } {
  if (answers === undefined) return { read: parseBankFile(name, bytes), kept: bytes };
  const decoded = decodeSource(bytes);
  // What cannot be decoded is told as it is for any other file.
  if (!decoded.ok) return { read: parseBankFile(name, bytes, "gift"), kept: bytes };
  const read = parseSeedFiles({ name, text: decoded.source.text }, answers);
  return { read, kept: new TextEncoder().encode(formatJsonBank(read.questions).text) };
}

function findingsOf({ questions, errors, warnings }: BankFile): Omit<Control<"findings">, "transfer"> {
  const more = [errors, warnings].reduce((sum, each) => sum + Math.max(0, each.length - maxFindingsTold), 0);
  return {
    questions: questions.length,
    errors: told(errors),
    warnings: told(warnings),
    ...(more === 0 ? {} : { more }),
  };
}

function told(lines: readonly string[]): string[] {
  return lines.slice(0, maxFindingsTold).map((line) => line.slice(0, maxFindingCharacters).toWellFormed());
}
