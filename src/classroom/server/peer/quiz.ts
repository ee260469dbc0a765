/** Quizzes in the second protocol: the questions one by one, and an answer acknowledged when it is on disk. */
import { checkName } from "../../accounts/person-name.ts";
import * as messages from "../../protocol/messages.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import type { QuizRun } from "../../quiz/quiz-run.ts";
import { answerRunAsPeer } from "../quiz/answer-run.ts";
import type { Classroom } from "../classroom.ts";
import type { LiveQuiz } from "../quiz/live-quiz.ts";
import type { Peer } from "./peer.ts";

/** Puts a quiz before everybody in the main room. */
export function showQuiz(classroom: Classroom, run: QuizRun): void {
  for (const frame of framesOf(classroom, run)) classroom.rooms.main.fanout.send(frame);
}

/** Puts the quiz that runs, if one does, before somebody who comes in. */
export function showRunningQuiz(peer: Peer): void {
  const { quiz } = peer.classroom;
  if (quiz === undefined || !peer.capabilities.includes("quiz")) return;
  for (const frame of framesOf(peer.classroom, quiz)) peer.send(frame);
}

function framesOf({ quizNumber }: Classroom, run: QuizRun): Uint8Array[] {
  const { questions } = run.quiz;
  return [
    encodeControl("quiz", { quiz: quizNumber, questions: questions.length }),
    ...questions.map(({ text, options }, index) =>
      encodeControl("question", { quiz: quizNumber, number: index + 1, text, options }),
    ),
  ];
}

export function answerQuizAsPeer(peer: Peer, sent: Control<"answer"> & { tag: number }): void {
  const { classroom, name } = peer;
  const { tag, quiz: number, answer } = sent;
  const live = classroom.quizzes.quiz;
  if (live?.head.number === number) return answerRunAsPeer(peer, live, sent);
  const { quiz, quizNumber } = classroom;
  if (quiz === undefined || number !== quizNumber)
    return peer.refuse("no-quiz", "There is no such quiz now.", { tag });
  const score = quiz.answer(name, answer);
  if (score === undefined)
    return peer.refuse("answered", "You have answered this quiz already; your first answer counts.", { tag });
  peer.slowTags.add(tag);
  classroom.background(keep(peer, quiz, score, tag));
}

/** Somebody chooses a team, and is told when it is on disk. */
export function chooseTeam(
  peer: Peer,
  { tag, quiz: number, team: typed }: Control<"team"> & { tag: number },
): void {
  const { classroom } = peer;
  const { quiz } = classroom.quizzes;
  if (quiz?.head.number !== number) return peer.refuse("no-quiz", "There is no such quiz now.", { tag });
  const check = checkName(typed.trim(), "team's name");
  if (!check.ok) return peer.refuse("team", check.reason, { tag });
  // A new name is a message to all who see the leaderboard.
  if (peer.gag !== undefined && !quiz.book.hasTeam(check.name)) {
    classroom.counters.gagged++;
    return peer.refuse(peer.gag.code, peer.gag.text, { tag });
  }
  peer.slowTags.add(tag);
  classroom.background(keepTeam(peer, quiz, check.name, tag));
}

async function keepTeam(peer: Peer, quiz: LiveQuiz, team: string, tag: number): Promise<void> {
  const problem = await quiz.joinTeam(peer.name, team);
  peer.slowTags.delete(tag);
  if (problem !== undefined) peer.refuse("team", problem, { tag });
  peer.classroom.log.done(peer, tag);
}

async function keep(peer: Peer, quiz: QuizRun, score: number, tag: number): Promise<void> {
  const { classroom, name } = peer;
  const { scores, screen } = classroom.ports;
  const failure = await scores.add(quiz.scores, name, score);
  peer.slowTags.delete(tag);
  if (failure === undefined) {
    peer.send(encodeControl("result", { quiz: classroom.quizNumber, text: messages.quizOver.trim() }));
  } else {
    quiz.forget(name);
    screen.line(`The score of ${name} could not be written: ${failure}.`);
    peer.refuse("not-kept", "Your answer could not be kept; please send it again.", { tag });
  }
  classroom.log.done(peer, tag);
}
