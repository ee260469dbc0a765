/**
 * HTML and Markdown into plain text: tags go, entities become characters, line breaks stay. Only names of real
 * HTML elements are tags, so that `x<y and y>z` survives.
 */
import { entities } from "./entities.ts";

/** How a text is written: `moodle` is text in which tags and entities count and lines stay as they are. */
export type TextFormat = "moodle" | "html" | "plain" | "markdown";

/** Elements that begin and end a line (HTML, 15.3.3 Flow content, display: block), list items and rows. */
const blocks =
  "address|article|aside|blockquote|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|" +
  "h1|h2|h3|h4|h5|h6|header|hgroup|hr|legend|li|listing|main|menu|nav|ol|p|pre|section|summary|table|tbody|tfoot|" +
  "thead|tr|ul";
const inlines =
  "a|abbr|acronym|audio|b|bdi|bdo|big|button|canvas|cite|code|col|colgroup|data|datalist|del|dfn|em|embed|font|i|" +
  "iframe|img|input|ins|kbd|label|map|area|mark|math|meter|noscript|object|optgroup|option|output|param|picture|" +
  "progress|q|rp|rt|ruby|s|samp|select|small|source|span|strike|strong|sub|sup|svg|td|template|textarea|th|time|" +
  "track|tt|u|var|video|wbr|html|body|head|title|meta|link|base|script|style";

const attributes = `(?:\\s(?:[^<>"']|"[^"]*"|'[^']*')*)?/?`;
const lineBreak = /[ \t]*<br(?:\s[^<>]*)?\/?>[ \t]*/gi;
const blockTag = new RegExp(`[ \\t]*</?(?:${blocks})${attributes}>[ \\t]*`, "gi");
const cellTag = /<\/(?:td|th)\s*>/gi;
const inlineTag = new RegExp(`</?(?:${inlines})${attributes}>`, "gi");
const image =
  /<img\b(?:[^<>"']|"[^"]*"|'[^']*')*?\balt\s*=\s*(?:"([^"]*)"|'([^']*)')(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
const hidden = /<(script|style|head|template)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const comments = /<!--[\s\S]*?-->/g;
const preformatted = /<pre\b[^>]*>\n?([\s\S]*?)<\/pre\s*>/gi;
const media =
  /<(?:img|audio|video|iframe|object|embed|svg|canvas)\b[^>]*>|@@PLUGINFILE@@|!\[[^\]]{0,500}\]\([^)]{0,2000}\)/i;

/** Stand for a line end and a blank that must outlast the folding of white space. */
const keptLine = "\uFDEE";
const keptBlank = "\uFDED";

/** @returns plain text, trimmed */
export function plainText(text: string, format: TextFormat): string {
  switch (format) {
    case "plain":
      return trimText(text);
    case "moodle":
      return trimText(decodeEntities(withoutTags(text)));
    case "html":
      return trimText(
        decodeEntities(withoutTags(foldLines(text)).replaceAll(keptLine, "\n").replaceAll(keptBlank, " ")),
      );
    default:
      return trimText(decodeEntities(withoutTags(withoutMarks(text))));
  }
}

/** Whether a text holds pictures or sound, which plain text cannot. */
export function hasMedia(text: string, format: TextFormat): boolean {
  return format !== "plain" && media.test(text);
}

/** White space as PHP's `trim` knows it. */
export function trimText(text: string): string {
  return text.replace(/^[ \t\n\r\0\v]+/, "").replace(/[ \t\n\r\0\v]+$/, "");
}

/** In HTML a line end is a blank, but in `pre`. */
function foldLines(text: string): string {
  const clean = text.replaceAll(/[\uFDED\uFDEE]/g, "\uFFFD");
  if (!/<\/pre\s*>/i.test(clean)) return clean.replaceAll(/[ \t\n\v\f]+/g, " ");
  return clean
    .replaceAll(
      preformatted,
      (_, inside: string) => `<p>${inside.replaceAll("\n", keptLine).replaceAll(" ", keptBlank)}</p>`,
    )
    .replaceAll(/[ \t\n\v\f]+/g, " ");
}

function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  // Without an end these would look for one from each beginning.
  const shown = text.includes("-->") ? text.replaceAll(comments, "") : text;
  return (shown.includes("</") ? shown.replaceAll(hidden, "") : shown)
    .replaceAll(image, (_, double?: string, single?: string) => double ?? single ?? "")
    .replaceAll(lineBreak, "\n")
    .replaceAll(cellTag, " ")
    .replaceAll(blockTag, "\n")
    .replaceAll(inlineTag, "")
    .replaceAll(/\n{3,}/g, "\n\n");
}

/** Markdown's marks (CommonMark) that a reader of plain text does not want to see. */
function withoutMarks(text: string): string {
  const kept: string[] = [];
  const keep = (inside: string): string => `\uFDEF${kept.push(inside) - 1}\uFDEF`;
  return text
    .replaceAll("\uFDEF", "\uFFFD")
    .replaceAll(/^ {0,3}(```|~~~)[^\n]*\n([\s\S]*?)^ {0,3}\1[ \t]*$/gm, (_, _fence, inside: string) =>
      keep(escapeEntities(inside.replace(/\n$/, ""))),
    )
    .replaceAll(/(?<!`)(`{1,8})(?!`)([\s\S]{0,4000}?[^`])\1(?!`)/g, (_, _ticks, inside: string) =>
      keep(escapeEntities(inside.replace(/^ (.*) $/, "$1"))),
    )
    .replaceAll(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => keep(escapeEntities(sign)))
    .replaceAll(/!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)/g, "$1")
    .replaceAll(/\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)/g, "$1")
    .replaceAll(/<((?:https?|mailto):[^<>\s]+)>/g, "$1")
    .replaceAll(/^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/gm, "$1")
    .replaceAll(/^ {0,3}(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$\n?/gm, "")
    .replaceAll(/^ {0,3}>[ \t]?/gm, "")
    .replaceAll(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replaceAll(/\*(?=[^\s*])([^*\n]*[^\s*])?\*/g, (mark, inside?: string) => inside ?? mark)
    .replaceAll(/(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/g, "$1")
    .replaceAll(/(?: {2,}|\\)$/gm, "")
    .replaceAll(/\uFDEF(\d+)\uFDEF/g, (_, index: string) => kept[Number(index)] ?? "");
}

function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));/g,
    (all, decimal, hex, name) => {
      if (name !== undefined) return entities.get(name as string) ?? all;
      const code = decimal === undefined ? parseInt(hex as string, 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return code === 160 ? " " : isCharacter ? String.fromCodePoint(code) : "\uFFFD";
    },
  );
}
