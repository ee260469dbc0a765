import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { maxQuizFileBytes, parseQuiz } from "../../classroom/quiz/quiz-file.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { diskQuizFiles } from "./quiz-files.ts";

const makeFolder = temporaryFolders();
const sample = (name: string) => readFileSync(resolve(import.meta.dir, "../../../quiz_dir", name), "utf8");

test("the sample is there where its folder is not, and is a quiz", async () => {
  const files = diskQuizFiles(makeFolder());
  const questions = await files.read("quiz_dir", "quiz_ques.txt");
  const answers = await files.read("quiz_dir", "quiz_ans.txt");
  expect([questions, answers]).toEqual([sample("quiz_ques.txt"), sample("quiz_ans.txt")]);
  expect(parseQuiz(questions, answers, "q", "a").ok).toBe(true);
});

test("a folder of the sample's name is read, and not the sample", async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, "quiz_dir"));
  writeFileSync(join(folder, "quiz_dir/quiz_ques.txt"), "Mine?");
  const files = diskQuizFiles(folder);
  expect(await files.read("quiz_dir", "quiz_ques.txt")).toBe("Mine?");
  expect(await files.read("quiz_dir", "quiz_ans.txt").catch(String)).toContain("there is no such file");
});

test("folders are found from the working folder, or wherever they are", async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, "a/b"), { recursive: true });
  writeFileSync(join(folder, "a/b/q.txt"), "One?");
  expect(await diskQuizFiles(folder).read("a/b", "q.txt")).toBe("One?");
  expect(await diskQuizFiles("/").read(join(folder, "a/b"), "q.txt")).toBe("One?");
});

const sentenceFor = (folder: string, file: string) =>
  diskQuizFiles(folder).read(".", file).then(String, String);

describe("told in one sentence", () => {
  test("a folder", async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "q.txt"));
    expect(await sentenceFor(folder, "q.txt")).toBe(`ExpectedError: ${join(folder, "q.txt")} is not a file.`);
  });

  test("a file that is too long", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "q.txt"), "x".repeat(maxQuizFileBytes + 1));
    expect(await sentenceFor(folder, "q.txt")).toBe(
      `ExpectedError: ${join(folder, "q.txt")} is too long for a quiz: 1048577 bytes; 1048576 are allowed.`,
    );
  });

  test.if(existsSync("/dev/zero"))("a device that never ends", async () => {
    expect(await sentenceFor("/dev", "zero")).toBe("ExpectedError: /dev/zero is not a file.");
  });
});
