/** What the operator's lines do. */
import { join, resolve } from "node:path";
import { counted } from "../../../lib/counted.ts";
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { FolderFiles } from "../../../lib/folder-files.ts";
import { baseName } from "../../files/file-name.ts";
import type { OpenFile } from "../../files/file-store.ts";
import { maxFolderDepth, maxFolderFiles } from "../../files/limits.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import { maxPayloadBytes } from "../../protocol/limits.ts";
import * as messages from "../../protocol/messages.ts";
import { parseQuiz } from "../../quiz/quiz-file.ts";
import { QuizRun } from "../../quiz/quiz-run.ts";
import type { QuizSource } from "../../quiz/quiz-source.ts";
import type { Classroom } from "../classroom.ts";
import { operatorHelp, parseOperatorLine } from "./line.ts";
import { runModerationLine } from "./moderation.ts";
import { runQuizLine, type BankSource } from "./run-quiz-line.ts";
import { collect } from "../peer/collect.ts";
import { showQuiz } from "../peer/quiz.ts";
import { fileToPush, pushFile } from "../files/push-file.ts";
import { pushFolder } from "../files/push-folder.ts";

export interface OperatorPorts extends BankSource {
  quizFiles: QuizSource;
  /** Opens a file to send. @throws ExpectedError with one sentence */
  openFile(path: string): Promise<OpenFile>;
  /** @returns undefined where it is no folder. @throws ExpectedError with one sentence */
  listFolder(path: string, limits: { files: number; depth: number }): Promise<FolderFiles | undefined>;
  /** What DIR is relative to. */
  workingFolder: string;
  shutDown(): void;
  /** How a phone finds the page: lines that make a picture. */
  joinCode(): string;
}

export class Operator {
  #classroom: Classroom;
  #ports: OperatorPorts;
  /** One line after another, so that what they print does not mix. */
  #last: Promise<void> = Promise.resolve();

  constructor(classroom: Classroom, ports: OperatorPorts) {
    this.#classroom = classroom;
    this.#ports = ports;
  }

  /** Does what one line says; what goes wrong is said on the screen and changes nothing. */
  type(typed: string): Promise<void> {
    this.#last = this.#last.then(() => this.#run(typed));
    return this.#last;
  }

  async #run(typed: string): Promise<void> {
    const { ports } = this.#classroom;
    try {
      await this.#runLine(typed);
    } catch (error) {
      if (error instanceof ExpectedError) ports.screen.line(asSentence(error.message));
      else ports.log.fault(error);
    }
  }

  async #runLine(typed: string): Promise<void> {
    const { screen } = this.#classroom.ports;
    const line = parseOperatorLine(typed);
    switch (line.kind) {
      case "nothing":
        return;
      case "help":
        return screen.line(operatorHelp);
      case "qr":
        return screen.line(this.#ports.joinCode());
      case "shutdown":
        return this.#ports.shutDown();
      case "wrong":
        return screen.line(line.explanation);
      case "say":
        return this.#say(line.text);
      case "collect":
        return screen.line(await collect(this.#classroom, line.do, line.name));
      case "files": {
        const { transfers } = this.#classroom;
        return screen.line(transfers.size === 0 ? "No file is on its way." : transfers.lines().join("\n"));
      }
      case "send-file":
        return this.#sendFile(line.recipient, line.folder, line.file);
      case "bank-quiz":
        await runQuizLine(this.#classroom, this.#ports, line.line, (text) => screen.line(text));
        return this.#classroom.ports.audit.write({ by: "", did: `quiz ${nameOfLine(line.line)}` });
      case "moderation":
        return runModerationLine(this.#classroom, line.line);
      case "quiz":
        return this.#startQuiz(line.folder, line.questions, line.answers, line.scores);
    }
  }

  #say(text: string): void {
    const bytes = Buffer.byteLength(messages.fromServer(text));
    if (bytes > maxPayloadBytes)
      throw new ExpectedError(
        `a line of ${bytes} bytes is too long to be said; ${maxPayloadBytes} are allowed.`,
      );
    this.#classroom.say(text);
    this.#classroom.ports.screen.line(`Server: ${text}`);
  }

  async #sendFile(recipient: string, folder: string, file: string): Promise<void> {
    const { ports } = this.#classroom;
    const path = join(resolve(this.#ports.workingFolder, folder), file);
    const inside = await this.#ports.listFolder(path, { files: maxFolderFiles, depth: maxFolderDepth });
    const pushed =
      inside === undefined
        ? await fileToPush(baseName(file), path, () => this.#ports.openFile(path))
        : undefined;
    const seat = this.#classroom.find(recipient);
    const recipients =
      recipient === "all" ? [...this.#classroom.members()] : seat === undefined ? [] : [seat];
    if (recipients.length === 0)
      return ports.screen.line(
        recipient === "all"
          ? "Nobody is here to send a file to."
          : `There is no client named '${recipient}' here.`,
      );
    const names = recipients.map(({ name }) => name);
    if (pushed !== undefined) return pushFile(this.#classroom, names, pushed);
    await pushFolder(this.#classroom, names, inside!, (each) => this.#ports.openFile(each));
  }

  async #startQuiz(folder: string, questions: string, answers: string, scores: string): Promise<void> {
    if (this.#classroom.quizzes.isRunning)
      throw new ExpectedError("a quiz is running; /stop ends it, and nothing was started.");
    const { quizFiles } = this.#ports;
    const { screen } = this.#classroom.ports;
    const result = parseQuiz(
      await quizFiles.read(folder, questions),
      await quizFiles.read(folder, answers),
      questions,
      answers,
    );
    if (!result.ok) {
      for (const error of result.errors) screen.line(error);
      return screen.line("The quiz was not started.");
    }
    const quiz = new QuizRun(result.quiz, scores);
    const before = this.#classroom.quiz;
    if (before !== undefined)
      screen.line(
        `The quiz before it has ended: ${counted(before.answeredCount, "answer")} in ${before.scores}.`,
      );
    this.#classroom.quiz = quiz;
    this.#classroom.quizNumber++;
    for (const payload of quiz.payloads()) this.#classroom.room.send(encodeFrame("quiz_question", payload));
    showQuiz(this.#classroom, quiz);
    screen.line(
      `Quiz started: ${counted(result.quiz.questions.length, "question")} to ` +
        `${counted(this.#classroom.memberCount, "client")}; ` +
        `the scores go to ${scores}.`,
    );
  }
}

/** As teachers' frames name it. */
function nameOfLine(line: Parameters<typeof runQuizLine>[2]): string {
  return line.kind === "steer" ? line.event : line.kind;
}
