/** The lines of a teacher, and the two of everybody (`/teacher CODE`, `/hand`): what they ask the server for. */
import { collectHelp } from "../protocol/v2/collect-line.ts";
import { showable } from "../../lib/showable.ts";
import { parseTeachingLine, teachingHelp, type TeachingLine } from "../protocol/v2/teaching-line.ts";
import { handsText } from "../protocol/v2/teaching-text.ts";
import { askFor, moveHand } from "./ask-for.ts";
import type { PeerSeat } from "./peer-seat.ts";

export const handHelpText = `/hand raises your hand, /hand down takes it down.`;

export const teacherHelpText = `What a teacher can type besides:
${teachingHelp}
${collectHelp}
  /banks                                  the files of questions on the server
  /send all FILE                          sends a file to everybody in the room
  /bank [replace] FILE                    puts a file of questions there, if nothing is wrong in it
  /quiz FILE [timed SECONDS|paced|all] …  begins a quiz of such a file
  /start /close /explain /next /again /skip /pause /resume /extend SECONDS /results /leaderboard [teams] [all] /stop`;

/** They go on from the phase that was seen; the others mean the same whatever it is. */
const goingOn = ["start", "close", "explain", "next", "again", "skip"] as const;
const steers = [...goingOn, "pause", "resume", "results", "stop"] as const;

/** @returns whether the line is one of these; it was asked for then, or what is wrong with it was told */
export function teach(seat: PeerSeat, line: string): boolean {
  const [word = "", ...words] = line.trim().slice(1).split(/\s+/);
  switch (word.toLowerCase()) {
    case "teacher":
      if (words.length === 0) seat.presenter.note("A code stands behind it: /teacher CODE.");
      else askFor(seat, "redeem", { code: words.join("").slice(0, 64) });
      return true;
    case "hand":
      if (words.length > 1 || (words.length === 1 && words[0] !== "down")) seat.presenter.note(handHelpText);
      else moveHand(seat, { up: words.length === 0 });
      return true;
    case "banks":
      askFor(seat, "banks", {});
      return true;
    case "quiz":
    case "extend":
    case "leaderboard":
      steerWith(seat, word.toLowerCase(), restOf(line));
      return true;
  }
  const steer = steers.find((each) => each === word.toLowerCase());
  if (steer !== undefined && words.length === 0) {
    const seen = goingOn.some((each) => each === steer) ? seat.phase : undefined;
    askFor(seat, "steer", { do: steer, ...(seen === undefined ? {} : { seen }) });
    return true;
  }
  return askForOthers(seat, line);
}

function askForOthers(seat: PeerSeat, line: string): boolean {
  const parsed = parseTeachingLine(line);
  if (parsed === undefined) return false;
  runLine(seat, parsed);
  return true;
}

function runLine(seat: PeerSeat, parsed: TeachingLine): void {
  switch (parsed.kind) {
    case "wrong":
      return seat.presenter.note(showable(parsed.explanation));
    case "wish":
      return askFor(seat, "moderate", parsed.wish);
    case "lower":
      return moveHand(seat, { up: false, name: parsed.name });
    case "people":
      return askFor(seat, "people", {});
    case "hands":
      return seat.presenter.note(showable(handsText(seat.hands)));
  }
}

/** What is behind the first word. */
function restOf(line: string): string {
  return line.trim().replace(/^\S+\s*/, "");
}

function steerWith(seat: PeerSeat, word: string, rest: string): void {
  if (word === "quiz") {
    const match = /^(?:"([^"]*)"|(\S+))\s*(.*)$/s.exec(rest);
    const file = match?.[1] ?? match?.[2];
    if (file === undefined || file.length > 255)
      return seat.presenter.note("A file stands behind it: /quiz FILE; /banks lists them.");
    const words = (match?.[3] ?? "").slice(0, 255);
    return askFor(seat, "steer", { do: "begin", file, ...(words === "" ? {} : { words }) });
  }
  if (word === "leaderboard")
    return askFor(seat, "steer", {
      do: "leaderboard",
      ...(rest === "" ? {} : { words: rest.slice(0, 255) }),
    });
  if (!/^[1-9]\d{0,4}$/.test(rest)) return seat.presenter.note("Whole seconds stand behind it: /extend 30.");
  askFor(seat, "steer", { do: "extend", seconds: Math.min(Number(rest), 86_400) });
}
