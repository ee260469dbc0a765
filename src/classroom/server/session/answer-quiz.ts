/** A person's answers to the quiz that runs: counted, kept on disk, and only then acknowledged. */
import * as messages from "../../protocol/messages.ts";
import type { QuizRun } from "../../quiz/quiz-run.ts";
import { answerRunAsSession } from "../quiz/answer-run.ts";
import type { Session } from "./session.ts";

export function answerQuiz(session: Session, text: string): void {
  const { classroom, name } = session;
  const { quiz, quizzes } = classroom;
  if (quizzes.quiz !== undefined && (quizzes.isRunning || quiz === undefined))
    return answerRunAsSession(session, quizzes.quiz, text);
  if (quiz === undefined) return session.refuse("There is no quiz now.");
  const score = quiz.answer(name, text);
  if (score === undefined)
    return session.refuse("You have answered this quiz already; your first answer counts.");
  classroom.background(keep(session, quiz, score));
}

async function keep(session: Session, quiz: QuizRun, score: number): Promise<void> {
  const { name } = session;
  const { scores, screen } = session.classroom.ports;
  const failure = await scores.add(quiz.scores, name, score);
  if (failure === undefined) return session.info(messages.quizOver);
  quiz.forget(name);
  screen.line(`The score of ${name} could not be written: ${failure}.`);
  session.refuse("Your answer could not be kept; please send it again.");
}
