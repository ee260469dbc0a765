/** Paragraphs as they are printed. */
import { speakerColour } from "./speaker-colour.ts";
import type { Paragraph } from "./state.ts";

export const rule = "=================";

/** @returns lines without the last line feed */
export function renderParagraph({ ruled, text, speaker }: Paragraph, colour: boolean): string {
  if (!colour) return ruled ? `${rule}\n${text}` : text;
  const body =
    speaker === undefined
      ? text
      : text.slice(0, speaker.start) +
        (speaker.name === "Server" ? "\x1b[1m" : `\x1b[1;38;5;${speakerColour(speaker.name)}m`) +
        `${text.slice(speaker.start, speaker.end)}\x1b[0m${text.slice(speaker.end)}`;
  return ruled ? `\x1b[2m${rule}\x1b[0m\n${body}` : body;
}
