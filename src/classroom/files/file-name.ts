/**
 * The names of files that people send: always one name inside one folder, whatever was typed, and a name that
 * every system can hold.
 */

import { composed } from "../../lib/composed.ts";
import { maxFolderDepth } from "./limits.ts";

/** Bytes of the longest name; room is left for the number that keeps an earlier file beside it. */
export const maxFileNameBytes = 240;

const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i;

export type FileNameCheck = { ok: true; name: string } | { ok: false; reason: string };

/**
 * The name under which a file is kept: folders in front of it are dropped, a `:` becomes `_`.
 * @returns the name, or words that fit behind "File '…' was refused: "
 */
export function checkFileName(typed: string): FileNameCheck {
  const name = composed(baseName(typed)).replaceAll(":", "_");
  const reason = brokenRule(name);
  return reason === undefined ? { ok: true, name } : { ok: false, reason };
}

/**
 * The folders in which a file of a folder is kept, from the one that was sent on.
 * @returns their names, or words that fit behind "File '…' was refused: "
 */
export function checkFolder(typed: string): { ok: true; folders: string[] } | { ok: false; reason: string } {
  const folders: string[] = [];
  for (const part of typed.split("/")) {
    const check = part.includes("\\")
      ? { ok: false as const, reason: "a folder's name holds a \\" }
      : checkFileName(part);
    if (!check.ok) return { ok: false, reason: check.reason.replace(/^it has/, "a folder of it has") };
    folders.push(check.name);
  }
  if (folders.length > maxFolderDepth)
    return { ok: false, reason: `it lies more than ${maxFolderDepth} folders deep` };
  return { ok: true, folders };
}

/** What stands behind the last `/` or `\`. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Whether Windows takes the name for one of its devices, whatever ending stands behind it. */
export function namesDevice(name: string): boolean {
  return deviceName.test(name);
}

/** A file name as part of a sentence: short, and without anything that moves a cursor. */
export function showFileName(typed: string): string {
  const shown = typed.replaceAll(/\p{Cc}/gu, "\uFFFD");
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

/**
 * The name under which a file arrives at an old client, which writes it beside its own program: a name that could
 * replace that program gets `.txt` behind it.
 */
export function nameForOldClient(name: string): string {
  // Windows leaves out blanks and dots at the end.
  const isProgram = /\.(py|pyc|pth|so|dll)[\s.]*$/i.test(name) || name.startsWith(".");
  return `${name.replaceAll(":", "_")}${isProgram ? ".txt" : ""}`;
}

/** `a.txt` as `a (2).txt`, for the second file of that name. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  const at = dot > 0 ? dot : name.length;
  return `${name.slice(0, at)} (${number})${name.slice(at)}`;
}

function brokenRule(name: string): string | undefined {
  if (name === "") return "it has no name";
  // Windows leaves out blanks at the end, so that `.. ` would be the folder above.
  if (/^[.\s]+$/u.test(name)) return "it has only dots or blanks for a name";
  if (/[\p{Cc}\uFFFD\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(name))
    return "its name holds characters that no file can have";
  if (Buffer.byteLength(name) > maxFileNameBytes) return `its name is longer than ${maxFileNameBytes} bytes`;
  if (namesDevice(name)) return "its name means a device on Windows";
  return undefined;
}
