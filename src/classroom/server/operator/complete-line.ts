/** What Tab offers on the operator's console. */
import { teachingCommands } from "../../protocol/v2/teaching-line.ts";
import { quizCommands, quizWords } from "./quiz-line.ts";

const starts = ["help", "shutdown", "send_file:", "Quiz:"];

/**
 * @param names of those who are here
 * @param filesIn lists the names in a folder, none where it cannot be read
 * @returns whole lines that begin with what is typed
 */
export function completeLine(
  line: string,
  names: readonly string[],
  filesIn: (folder: string) => readonly string[],
): string[] {
  if (line.startsWith("/quiz ")) return completeQuiz(line, filesIn);
  const command = teachingCommands.find((each) => each.endsWith(" ") && line.startsWith(each));
  if (command !== undefined) return completeName(command, line.slice(command.length), names);
  if (line.startsWith("/"))
    return [...quizCommands, ...teachingCommands, "/teacher", "/qr", "/files", "/collect "]
      .filter((each) => each.startsWith(line))
      .toSorted();
  const parts = line.split(":");
  const begun = parts.at(-1)!;
  const before = line.slice(0, line.length - begun.length);
  if (parts.length === 1) return starts.filter((start) => start.startsWith(line));
  const offer = (candidates: readonly string[], end = ""): string[] =>
    candidates
      .filter((candidate) => candidate.startsWith(begun))
      .map((candidate) => before + candidate + end);
  if (parts[0] === "send_file") {
    if (parts.length === 2) return offer(["all", ...names], ":");
    if (parts.length === 3) return offer(filesIn("."), ":");
    return offer(filesIn(parts.slice(2, -1).join(":")));
  }
  if (parts[0] !== "Quiz") return [];
  if (parts.length === 2) return offer(filesIn("."), ":");
  return parts.length <= 4 ? offer(filesIn(parts[1]!), ":") : [];
}

/** First FILE, then words behind it. */
function completeQuiz(line: string, filesIn: (folder: string) => readonly string[]): string[] {
  const at = line.lastIndexOf(" ") + 1;
  const begun = line.slice(at);
  const before = line.slice(0, at);
  if (before.trim() !== "/quiz")
    return quizWords.filter((word) => word.startsWith(begun)).map((word) => before + word);
  const folder = begun.slice(0, begun.lastIndexOf("/") + 1);
  return filesIn(folder === "" ? "." : folder)
    .map((file) => folder + file)
    .filter((file) => file.startsWith(begun) && !file.includes(" "))
    .map((file) => before + file);
}

/** A name with blanks is put into quotes. */
function completeName(command: string, begun: string, names: readonly string[]): string[] {
  const start = begun.replace(/^"/, "");
  return names
    .filter((name) => name.startsWith(start))
    .map((name) => command + (/\s/.test(name) ? `"${name}"` : name));
}
