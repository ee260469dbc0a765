import { describe, expect, test } from "bun:test";
import { complete, type FolderEntry } from "./completion.ts";

const folders: Record<string, FolderEntry[]> = {
  "": [
    { name: "notes.txt", isFolder: false },
    { name: "nice", isFolder: true },
    { name: ".hidden", isFolder: false },
    { name: "n\x1b[2J", isFolder: false },
  ],
  "nice/": [{ name: "a b.txt", isFolder: false }],
};
const sources = {
  names: ["kapil", "Karen", "bob", "Mary Ann"],
  list: (folder: string) => folders[folder] ?? [],
};

describe("Tab", () => {
  for (const [line, found, part] of [
    ["", ["msg:", "to:", "file_transfer:", "quiz_answer:", "cmd:disconnect", "help"], ""],
    ["m", ["msg:"], "m"],
    ["msg:ka", [], "msg:ka"],
    ["to:", ["kapil:", "Karen:", "bob:", "Mary Ann:"], ""],
    ["to:ka", ["kapil:", "Karen:"], "ka"],
    ["to:kapil:h", [], "kapil:h"],
    ["file_transfer:", ["file_to_server:", "file_to:"], ""],
    ["file_transfer:file_to_", ["file_to_server:"], "file_to_"],
    ["file_transfer:file_to:b", ["bob:"], "b"],
    ["file_transfer:file_to:bob:no", ["notes.txt"], "no"],
    ["file_transfer:file_to_server:", ["nice/", "notes.txt"], ""],
    ["file_transfer:file_to_server:.", [".hidden"], "."],
    ["file_transfer:file_to_server:nice/", ["a b.txt"], ""],
    ["file_transfer:file_to_server:gone/", [], ""],
    ["/hi", ["/history"], "/hi"],
    ["/te", ["/teacher ", "/team "], "/te"],
    ["/kick k", ["kapil", "Karen"], "k"],
    ["/mute ma", ['"Mary Ann"'], "ma"],
    ["/send k", ["kapil", "Karen"], "k"],
    ["/dec", ["/decline "], "/dec"],
    ['/send "Mary Ann" no', ["notes.txt"], "no"],
    ["/handin hw1 nice/", ["a b.txt"], ""],
    ["/bank no", ["notes.txt"], "no"],
    ["/bank replace nice/", ["a b.txt"], ""],
    ['/mute "ma', ['"Mary Ann"'], '"ma'],
    ["/room x", [], "/room x"],
  ] as const)
    test(JSON.stringify(line), () =>
      expect(complete(line, sources)).toEqual([[...found], part] as [string[], string]),
    );
});
