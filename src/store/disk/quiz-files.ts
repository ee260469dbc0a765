/** Quiz files from disk, and the sample quiz out of the executable where the folder `quiz_dir` is not there. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import sampleAnswers from "../../../quiz_dir/quiz_ans.txt" with { type: "text" };
import sampleQuestions from "../../../quiz_dir/quiz_ques.txt" with { type: "text" };
import { maxQuizFileBytes } from "../../classroom/quiz/quiz-file.ts";
import type { QuizSource } from "../../classroom/quiz/quiz-source.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

const sampleFolder = "quiz_dir";
const samples = new Map([
  ["quiz_ques.txt", sampleQuestions],
  ["quiz_ans.txt", sampleAnswers],
]);

/** @param workingFolder what DIR is relative to */
export function diskQuizFiles(workingFolder: string): QuizSource {
  return {
    async read(folder, file) {
      const path = resolve(workingFolder, folder, file);
      const sample = samples.get(file);
      if (folder === sampleFolder && sample !== undefined && !existsSync(join(workingFolder, folder)))
        return sample;
      try {
        const found = await stat(path);
        if (!found.isFile()) throw new ExpectedError(`${path} is not a file.`);
        const { size } = found;
        if (size > maxQuizFileBytes)
          throw new ExpectedError(
            `${path} is too long for a quiz: ${size} bytes; ${maxQuizFileBytes} are allowed.`,
          );
        return await Bun.file(path).text();
      } catch (error) {
        if (error instanceof ExpectedError) throw error;
        throw new ExpectedError(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
      }
    },
  };
}
