import { expect, test } from "bun:test";
import { completeLine } from "./complete-line.ts";

const folders: Record<string, string[]> = {
  ".": ["quiz_dir", "stuff", "notes.txt"],
  stuff: ["a.txt", "b.txt"],
  quiz_dir: ["quiz_ques.txt", "quiz_ans.txt"],
  "C:x": ["c.txt"],
};
const complete = (line: string) =>
  completeLine(line, ["ann", "bob", "Mary Ann"], (folder) => folders[folder] ?? []);

for (const [line, offered] of [
  ["", ["help", "shutdown", "send_file:", "Quiz:"]],
  ["s", ["shutdown", "send_file:"]],
  ["Q", ["Quiz:"]],
  ["hello", []],
  ["send_file:", ["send_file:all:", "send_file:ann:", "send_file:bob:", "send_file:Mary Ann:"]],
  ["send_file:a", ["send_file:all:", "send_file:ann:"]],
  ["send_file:eve", []],
  ["send_file:bob:st", ["send_file:bob:stuff:"]],
  ["send_file:bob:stuff:", ["send_file:bob:stuff:a.txt", "send_file:bob:stuff:b.txt"]],
  ["send_file:bob:C:x:", ["send_file:bob:C:x:c.txt"]],
  ["send_file:bob:nowhere:", []],
  ["Quiz:q", ["Quiz:quiz_dir:"]],
  ["Quiz:quiz_dir:quiz_q", ["Quiz:quiz_dir:quiz_ques.txt:"]],
  [
    "Quiz:quiz_dir:quiz_ques.txt:",
    ["Quiz:quiz_dir:quiz_ques.txt:quiz_ques.txt:", "Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:"],
  ],
  ["Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:", []],
  ["say: something", []],
  ["/re", ["/results", "/resume"]],
  ["/k", ["/kick "]],
  ["/te", ["/teacher"]],
  ["/exam", ["/exam off", "/exam on"]],
  ["/kick b", ["/kick bob"]],
  ["/mute M", ['/mute "Mary Ann"']],
  ['/mute "M', ['/mute "Mary Ann"']],
  ["/quiz st", ["/quiz stuff"]],
  ["/quiz stuff/b", []],
  ["/quiz a.gift t", ["/quiz a.gift timed"]],
  ["/quiz a.gift timed 5 sh", ["/quiz a.gift timed 5 shuffle"]],
] as const)
  test(`Tab behind ${JSON.stringify(line)}`, () => expect(complete(line)).toEqual([...offered]));
