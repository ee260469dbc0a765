/** The link to the page as a picture that a phone's camera reads, out of characters. */
import { renderUnicodeCompact } from "uqr";

/** @param link undefined where there is no page. @returns lines, the link itself below the picture */
export function joinCode(link: string | undefined): string {
  if (link === undefined) return "This server has no web page.";
  // Two modules around it: phones want some light there, and a terminal has few lines.
  return `${renderUnicodeCompact(link, { border: 2 })}\n${link}`;
}
