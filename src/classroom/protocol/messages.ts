/**
 * The sentences and payloads of the first protocol, word for word as course clients and scripts expect them.
 * One place builds them and one place takes them apart.
 */
import { counted } from "../../lib/counted.ts";
import { maxQuizFrameBytes } from "./limits.ts";

export const greeting = "Are you already registered? (yes/no):";
/** The greeting of a server that takes no client of the first protocol. */
export const tlsOnly = "This server takes only pcs with TLS.\n";
export const registered = "Username registered successfully.";
export const nameTaken = "Username already exists. Please choose another: ";
export const badLogin = "Invalid username or password.";
export const badResponse = "Invalid response.";
export const welcome = "Server: You joined the server.\n";
export const invalidMessage = "Server: Invalid message format. Please adhere to the message protocol.\n";
export const shuttingDown = "Server is shutting down.\n";
export const quizOver = "Quiz is over. Thank you for participating!\n";

/** A name that breaks the rules is asked for again in the form that old clients know. */
export function nameRefused(reason: string): string {
  return `${reason} Please choose another: `;
}

export function joined(name: string): string {
  return `Server: Client ${name} joined the server.\n`;
}

export function left(name: string): string {
  return `Server: Client ${name} left the server.\n`;
}

export function groupPrefix(name: string): string {
  return `Client ${name}: `;
}

export function privateText(sender: string, text: string): string {
  return `${sender} (private): ${text}\n`;
}

/** A sentence of the server's or the operator's. */
export function fromServer(sentence: string): string {
  return `Server: ${sentence}\n`;
}

export function fileUploaded(file: string, name: string): string {
  return fromServer(uploadedSentence(file, name));
}

export function uploadedSentence(file: string, name: string): string {
  return `File '${file}' uploaded by ${name}`;
}

export function folderUploadedSentence(folder: string, files: number, name: string): string {
  return `Folder '${folder}' of ${counted(files, "file")} uploaded by ${name}`;
}

export function fileSent(file: string, name: string): string {
  return fromServer(sentSentence(file, name));
}

export function sentSentence(file: string, name: string): string {
  return `File '${file}' sent to ${name}`;
}

/** The payload that announces a file from another person. */
export function fileFromPerson(sender: string, file: string): string {
  return `file_to:${sender}:${file}`;
}

/** The payload that announces a file from the operator. */
export function fileFromServer(file: string): string {
  return `file from server:${file}`;
}

/** What a `file_transfer` of a client asks for. */
export type FileRequest =
  { kind: "to-server"; file: string } | { kind: "to-person"; name: string; file: string };

/** @returns undefined where the payload has neither shape; a file name may hold `:` */
export function parseFileRequest(payload: string): FileRequest | undefined {
  const parts = payload.split(":");
  if (parts[0] === "file_to_server" && parts.length >= 2)
    return { kind: "to-server", file: parts.slice(1).join(":") };
  if (parts[0] === "file_to" && parts.length >= 3)
    return { kind: "to-person", name: parts[1]!, file: parts.slice(2).join(":") };
  return undefined;
}

/** What a `file_transfer` of the server announces: `sender` is undefined for the operator. */
export interface FileNotice {
  sender: string | undefined;
  file: string;
}

/** @returns undefined where the payload has neither shape; the original's line feed behind the name is dropped */
export function parseFileNotice(payload: string): FileNotice | undefined {
  const text = payload.endsWith("\n") ? payload.slice(0, -1) : payload;
  const parts = text.split(":");
  if (parts[0] === "file from server" && parts.length >= 2)
    return { sender: undefined, file: parts.slice(1).join(":") };
  if (parts[0] === "file_to" && parts.length >= 3)
    return { sender: parts[1]!, file: parts.slice(2).join(":") };
  return undefined;
}

/** @returns recipient and text of a `to` payload, or undefined where there is no `:`; the text stays untrimmed */
export function parsePrivate(payload: string): { name: string; text: string } | undefined {
  const at = payload.indexOf(":");
  return at < 0 ? undefined : { name: payload.slice(0, at), text: payload.slice(at + 1) };
}

const quizRule = `${"-".repeat(29)}\n\n`;

/** One question as a terminal shows it. @param number counts from 1 */
export function quizQuestion(number: number, text: string, options: readonly string[]): string {
  return `Question ${number}: ${text}\n\nOptions: ${options.join(" ")}\n\n${quizRule}`;
}

/**
 * Puts questions into as few payloads as the frame limit allows, cut between questions.
 * @returns payloads of at most `maxQuizFrameBytes` bytes, except where one question alone is longer
 */
export function quizPayloads(questions: readonly string[]): string[] {
  const payloads: string[] = [];
  let current = "";
  let bytes = 0;
  for (const question of questions) {
    const size = Buffer.byteLength(question);
    if (bytes > 0 && bytes + size > maxQuizFrameBytes) {
      payloads.push(current);
      current = "";
      bytes = 0;
    }
    current += question;
    bytes += size;
  }
  if (bytes > 0) payloads.push(current);
  return payloads;
}
