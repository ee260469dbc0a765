/** What Tab offers: commands, the names of people, and files. */
import { maxFilesOffered } from "./limits.ts";
import { showableLine } from "../../lib/showable.ts";
import { teachingCommands } from "../protocol/v2/teaching-line.ts";

/** One entry of a folder. */
export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

/** What completion may look at. */
export interface CompletionSources {
  /** Latest heard first. */
  names: readonly string[];
  /** @returns nothing where the folder cannot be read. `folder` is as typed, empty for the working folder */
  list: (folder: string) => readonly FolderEntry[];
}

const commands = ["msg:", "to:", "file_transfer:", "quiz_answer:", "cmd:disconnect", "help"];
/** What begins with `/` in the second protocol; where something must follow they end in a blank. */
const slashCommands = [
  "/help|/talk|/room |/rooms|/leave|/history|/search |/more|/team |/hand|/teacher |/bank |/banks|/quiz |/start|/close|/explain",
  "/next|/again|/skip|/pause|/resume|/extend |/results|/leaderboard|/stop",
  "/send |/handin |/accept |/decline |/files|/collect ",
  ...teachingCommands,
]
  .flatMap((some) => some.split("|"))
  .toSorted();
const fileTargets = ["file_to_server:", "file_to:"];
const toServer = "file_transfer:file_to_server:";
const toPerson = "file_transfer:file_to:";

/** @returns what could stand in place of the line's last part, and that part */
export function complete(line: string, sources: CompletionSources): [string[], string] {
  if (line.startsWith(toServer)) return completePath(line.slice(toServer.length), sources);
  if (line.startsWith(toPerson)) {
    const rest = line.slice(toPerson.length);
    const colon = rest.indexOf(":");
    return colon < 0 ? completeName(rest, sources) : completePath(rest.slice(colon + 1), sources);
  }
  if (line.startsWith("file_transfer:")) return matching(fileTargets, line.slice("file_transfer:".length));
  if (line.startsWith("to:")) {
    const rest = line.slice("to:".length);
    return rest.includes(":") ? [[], rest] : completeName(rest, sources);
  }
  if (line.startsWith("/")) return completeSlash(line, sources);
  return line.includes(":") ? [[], line] : matching(commands, line);
}

/** Commands; behind those about a person, names. */
function completeSlash(line: string, sources: CompletionSources): [string[], string] {
  const { names } = sources;
  const path = /^\/(?:(?:send|handin) (?:"[^"]*"|[^\s"]+)|bank(?: replace)?) (.*)$/.exec(line)?.[1];
  if (path !== undefined) return completePath(path, sources);
  if (line.startsWith("/send ")) return completeReceiver(line.slice("/send ".length), names);
  const command = teachingCommands.find((each) => each.endsWith(" ") && line.startsWith(each));
  if (command === undefined) return matching(slashCommands, line);
  return completeReceiver(line.slice(command.length), names);
}

function completeReceiver(begun: string, names: readonly string[]): [string[], string] {
  const wanted = begun.replace(/^"/, "").toLowerCase();
  const found = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return [found.map((name) => (/\s/.test(name) ? `"${name}"` : name)), begun];
}

function completeName(begun: string, { names }: CompletionSources): [string[], string] {
  const wanted = begun.toLowerCase();
  const found = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return [found.map((name) => `${name}:`), begun];
}

function completePath(path: string, { list }: CompletionSources): [string[], string] {
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash + 1);
  const begun = path.slice(slash + 1);
  const found: string[] = [];
  for (const { name, isFolder } of list(folder)) {
    if (!name.startsWith(begun) || (begun === "" && name.startsWith("."))) continue;
    // A name that cannot be shown as it is cannot be typed either.
    if (showableLine(name) !== name) continue;
    found.push(isFolder ? `${name}/` : name);
    if (found.length === maxFilesOffered) break;
  }
  return [found.sort(), begun];
}

function matching(choices: readonly string[], begun: string): [string[], string] {
  return [choices.filter((choice) => choice.startsWith(begun)), begun];
}
