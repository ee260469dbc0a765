/** Messages that a search found, as lines: the oldest of them first, so that the newest stands at the bottom. */
import { showableLine } from "../../lib/showable.ts";
import type { Control } from "../protocol/v2/control.ts";

export function foundText({ found = [], more, behind }: Control<"search">): string {
  const lines = found.toReversed().map(({ timeMs, from, room, to, text }) => {
    const where = room === undefined ? `${from} to ${to ?? "?"}` : `[${room}] ${from}`;
    return `${formatTime(timeMs)} ${showableLine(where)}: ${showableLine(text)}`;
  });
  if (lines.length === 0) lines.push("Nothing was found.");
  if (more === true) lines.push("There are older ones: /more shows them.");
  if (behind === true) lines.push("The latest messages are not searched yet.");
  return lines.join("\n");
}

function formatTime(timeMs: number): string {
  const time = new Date(timeMs);
  if (Number.isNaN(time.getTime())) return "????-??-?? ??:??";
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
