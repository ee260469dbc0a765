/**
 * Lines by which somebody decides for others, the same on the server's console and in a teacher's client:
 *
 *      /kick NAME [REASON]    /ban NAME [MINUTES|2h|3d] [REASON]    /unban NAME
 *      /mute NAME             /unmute NAME                          /exam on|off
 *      /people                /hands                                /lower NAME
 *
 * A name with blanks stands in quotes; no name holds any.
 */
import type { Control } from "./control.ts";
import { moderationWords } from "./teaching-shapes.ts";

export type TeachingLine =
  | { kind: "wish"; wish: Omit<Control<"moderate">, "ask"> }
  | { kind: "people" }
  | { kind: "hands" }
  | { kind: "lower"; name: string }
  | { kind: "wrong"; explanation: string };

export const teachingHelp = `  /people /hands /lower NAME              who is here, whose hands are up; take one down
  /mute NAME /unmute NAME                 nobody hears what NAME writes; answers to quizzes still count
  /kick NAME [REASON]                     ends the connection of NAME
  /ban NAME [MINUTES|2h|3d] [REASON]      the same, and NAME cannot come back; /unban NAME
  /exam on|off                            chat and files of students are off, quizzes go on
  A name with blanks stands in quotes: /mute "Mary Ann".`;

/** The commands, for completion; those that take a name first end in a blank. */
export const teachingCommands = [
  "/ban ",
  "/exam off",
  "/exam on",
  "/hands",
  "/kick ",
  "/lower ",
  "/mute ",
  "/people",
  "/unban ",
  "/unmute ",
];

const shapes: Record<string, string> = {
  kick: "/kick NAME [REASON]",
  ban: "/ban NAME [MINUTES|2h|3d] [REASON]",
  exam: "/exam on|off",
  people: "/people",
  hands: "/hands",
};

const unitMinutes: Record<string, number> = { "": 1, m: 1, h: 60, d: 1_440 };
const maxMinutes = 5_256_000;

/** @returns undefined where the line begins with none of these words */
export function parseTeachingLine(line: string): TeachingLine | undefined {
  const match = /^\/([a-z]+)(?:\s+(.*))?$/is.exec(line.trim());
  const word = match?.[1]?.toLowerCase() ?? "";
  const rest = match?.[2] ?? "";
  if (word === "people" || word === "hands") return rest === "" ? { kind: word } : wrong(line, word);
  if (word === "exam") {
    if (rest !== "on" && rest !== "off") return wrong(line, word);
    return { kind: "wish", wish: { do: "exam", on: rest === "on" } };
  }
  if (word !== "lower" && !moderationWords.some((each) => each === word)) return undefined;
  const [name, behind] = takeName(rest);
  if (name === "" || name.length > 64) return wrong(line, word);
  if (word === "kick") return { kind: "wish", wish: { do: word, name, ...reasonOf(behind) } };
  if (word === "ban") return parseBan(line, name, behind);
  if (behind !== "") return wrong(line, word);
  if (word === "lower") return { kind: "lower", name };
  return { kind: "wish", wish: { do: word as "unban" | "mute" | "unmute", name } };
}

function parseBan(line: string, name: string, behind: string): TeachingLine {
  const time = /^(\d{1,7})([mhd]?)(?:\s+|$)/i.exec(behind);
  if (time === null) return { kind: "wish", wish: { do: "ban", name, ...reasonOf(behind) } };
  const minutes = Number(time[1]) * unitMinutes[time[2]!.toLowerCase()]!;
  if (minutes < 1 || minutes > maxMinutes) return wrong(line, "ban");
  return { kind: "wish", wish: { do: "ban", name, minutes, ...reasonOf(behind.slice(time[0].length)) } };
}

/** @returns the name at the beginning, in quotes or without blanks, and what is behind it */
function takeName(text: string): [string, string] {
  const match = /^(?:"([^"]*)"|(\S+))\s*(.*)$/s.exec(text);
  return [(match?.[1] ?? match?.[2] ?? "").trim(), (match?.[3] ?? "").trim()];
}

function reasonOf(text: string): { text?: string } {
  return text === "" ? {} : { text: text.slice(0, 200).toWellFormed() };
}

function wrong(line: string, word: string): TeachingLine {
  const shape = shapes[word] ?? `/${word} NAME`;
  return {
    kind: "wrong",
    explanation: `'${line.trim()}' has not the shape ${shape} (a name with blanks in quotes); nothing was done.`,
  };
}
