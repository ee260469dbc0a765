/**
 * Names of received files as this disk may have them. A sender may announce `../../.ssh/authorized_keys`, `CON`,
 * or 300 characters; what is made of it here is always a plain name within the downloads folder.
 */
import { composed } from "../../lib/composed.ts";
import { baseName, namesDevice } from "../files/file-name.ts";
import { maxFolderDepth } from "../files/limits.ts";
import { maxFileNameBytes } from "./limits.ts";
import { showableLine } from "../../lib/showable.ts";

/** What stands in for a name of which nothing is left. */
const nameless = "file";

/** Bytes kept free for ` (9999)` and for the ending of a temporary name. */
const spareBytes = 16;

/** A name that every common disk takes and that names nothing outside its folder. Safe names stay as they are. */
export function safeFileName(announced: string): string {
  const plain = showableLine(composed(baseName(announced)))
    .toWellFormed()
    .replace(/[<>:"|?*�]/g, "_")
    .replace(/^ +|[. ]+$/g, "");
  const short = shorten(plain, maxFileNameBytes - spareBytes);
  if (short === "") return nameless;
  return namesDevice(short) ? `_${short}` : short;
}

/** The folder of an offer as parts that are safe each; one that is none, or too deep, is left out. */
export function safeFolder(announced: string | undefined): string[] {
  const parts = (announced ?? "")
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.slice(0, maxFolderDepth).map(safeFileName);
}

/** Cuts the stem, between characters, until the whole fits. */
function shorten(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  const [stem, ending] = splitEnding(name);
  const room = bytes - Buffer.byteLength(ending);
  if (room < 1) return cut(name, bytes);
  return cut(stem, room) + ending;
}

function cut(text: string, bytes: number): string {
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept.replace(/[. ]+$/, "");
}

function splitEnding(name: string): [string, string] {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}
