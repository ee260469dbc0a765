/** What is typed about files in the second protocol: `/send`, `/accept`, `/decline`, `/files`. */
import { parseCollectLine } from "../protocol/v2/collect-line.ts";
import type { FileUploads } from "./file-uploads.ts";
import { askFor } from "./ask-for.ts";
import type { UploadTarget } from "./peer-files.ts";
import type { PeerSeat } from "./peer-seat.ts";

export const fileHelpText = `/send NAME FILE offers a file, or a folder, to a person ("Mary Ann" in quotes; server is the server).
/handin NAME FILE hands in what the teacher asks for.
/accept N and /decline N answer an offer, /files shows offers and how far files are.`;

/** No person is named `server` or `all`; the latter is everybody in the room that is typed into, for teachers. */
function targetOf(seat: PeerSeat, name: string): UploadTarget {
  const key = name.toLowerCase();
  if (key === "server") return {};
  const number = key === "all" && seat.role === "teacher" ? seat.roomNumber(seat.memory.current) : undefined;
  return number === undefined ? { to: name } : { number };
}

/** @returns whether the line was one of these */
export async function runFileCommand(seat: PeerSeat, uploads: FileUploads, line: string): Promise<boolean> {
  const [, word = "", rest = ""] = /^\/(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  switch (word.toLowerCase()) {
    case "send": {
      const match = /^(?:"([^"]+)"|(\S+))\s+(.+)$/s.exec(rest);
      const name = match?.[1] ?? match?.[2];
      const path = match?.[3];
      if (name === undefined || path === undefined) seat.presenter.note("Type /send NAME FILE.");
      else if (Buffer.byteLength(name) > 128) seat.presenter.note("There is no name as long as this.");
      else await uploads.send(targetOf(seat, name), path);
      return true;
    }
    case "handin": {
      const match = /^(?:"([^"]+)"|(\S+))\s+(.+)$/s.exec(rest);
      const name = match?.[1] ?? match?.[2];
      if (name === undefined) seat.presenter.note("Type /handin NAME FILE.");
      else {
        const collect = seat.desk.collections.find(name);
        if (collect !== undefined) await uploads.send({ collect }, match?.[3] ?? "");
      }
      return true;
    }
    case "collect": {
      if (seat.role !== "teacher") return false;
      const wish = parseCollectLine(line);
      if (wish !== undefined) askFor(seat, "collect", wish);
      return true;
    }
    case "bank": {
      if (seat.role !== "teacher") return false;
      const [, replace, path = ""] = /^(replace\s+)?(.*)$/is.exec(rest) ?? [];
      if (path === "") seat.presenter.note("Type /bank FILE, or /bank replace FILE.");
      else await uploads.send({ bank: replace === undefined ? "new" : "replace" }, path);
      return true;
    }
    case "accept":
    case "decline":
      seat.desk.answer(rest.trim(), word.toLowerCase() === "accept");
      return true;
    case "files":
      seat.desk.list();
      return true;
    default:
      return false;
  }
}
