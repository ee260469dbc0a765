/**
 * Lines by which files are collected, the same on the server's console and in a teacher's client:
 *
 *      /collect NAME          /collect list [NAME]          /collect end NAME
 */

export const collectHelp = `  /collect NAME                           asks every student for a file: /collect list [NAME] tells who handed in,
                                          /collect end NAME ends it`;

export interface CollectWish {
  do: "begin" | "end" | "list";
  name: string;
}

/** @returns undefined where the line is another one */
export function parseCollectLine(line: string): CollectWish | undefined {
  const match = /^\/collect(?:\s+(.*))?$/is.exec(line.trim());
  if (match === null) return undefined;
  const rest = (match[1] ?? "").trim();
  const [, word, name = ""] = /^(end|list)(?:\s+(.*))?$/is.exec(rest) ?? [];
  if (word !== undefined)
    return { do: word.toLowerCase() === "end" ? "end" : "list", name: name.slice(0, 64) };
  return { do: rest === "" ? "list" : "begin", name: rest.slice(0, 64) };
}
