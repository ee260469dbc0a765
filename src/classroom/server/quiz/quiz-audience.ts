/** What of a running quiz each person sees, in the words of either protocol. */
import { nameKey } from "../../accounts/person-name.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import * as messages from "../../protocol/messages.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { keptSentence, questionText, resultText } from "../../protocol/v2/quiz-text.ts";
import { answerKindOf } from "../../quiz/run/given-answer.ts";
import type { AskedPhase, Phase, PhaseClock } from "../../quiz/run/run-records.ts";
import { rightAnswer, shownQuestion, typedAnswer } from "../../quiz/run/shown-question.ts";
import type { Classroom } from "../classroom.ts";
import { maxShownQuestionBytes } from "../limits.ts";
import type { LiveQuiz } from "./live-quiz.ts";
import type { Peer } from "../peer/peer.ts";
import type { Session } from "../session/session.ts";

export function* audienceOf({ peers, roster }: Classroom): Iterable<Peer | Session> {
  for (const peer of peers) if (peer.capabilities.includes("quiz")) yield peer;
  yield* roster;
}

function isPeer(member: Peer | Session): member is Peer {
  return "capabilities" in member;
}

/** A quiz begins, or somebody comes into one. */
export function tellQuiz(member: Peer | Session, { head }: LiveQuiz): void {
  const { number: quiz, title, questions, settings } = head;
  if (isPeer(member))
    member.send(encodeControl("quiz", { quiz, title, questions: questions.length, pace: settings.pace }));
}

/** Shows what is open to somebody, with the answer that was kept of this person. */
export function tellQuestions(member: Peer | Session, quiz: LiveQuiz, phase: AskedPhase): void {
  const numbers = shownNumbers(quiz, member.name, phase.question);
  if (!isPeer(member)) return showAsText(member, quiz, numbers, phase);
  member.measureRoundTrip();
  for (const [question, number] of numbers)
    member.send(encodeControl("question", questionFrame(quiz, member.name, question, number, phase)));
}

export function tellPhase(member: Peer | Session, quiz: LiveQuiz, phase: Phase): void {
  if (isPeer(member)) member.send(encodeControl("phase", phaseFrame(quiz, phase)));
}

/** Tells who comes back in the first protocol what was kept of the present question. */
export function tellKept(member: Peer | Session, quiz: LiveQuiz, phase: AskedPhase): void {
  for (const [question, number] of shownNumbers(quiz, member.name, phase.question))
    if (quiz.book.resultOf(nameKey(member.name), question)?.record.round === phase.round)
      tellOld(member, keptSentence(number));
}

/** A sentence for who has no frame for what it says. */
export function tellOld(member: Peer | Session, sentence: string): void {
  if (!isPeer(member)) member.inform(sentence);
}

/** What this person's answers to a question were worth, and what was right. */
export function tellResult(member: Peer | Session, quiz: LiveQuiz, question: number | "all"): void {
  for (const [each, number] of shownNumbers(quiz, member.name, question)) {
    if (answerKindOf(quiz.question(each)) === undefined) continue;
    const result = resultFrame(quiz, member.name, each, number);
    if (isPeer(member)) member.send(encodeControl("result", result));
    else member.inform(resultText(result));
  }
}

/** The end, with all points of this person. */
export function tellEnd(member: Peer | Session, quiz: LiveQuiz): void {
  const { head, mostPoints } = quiz;
  const text = messages.quizOver.trim();
  if (isPeer(member)) {
    const points = head.settings.isSurvey ? {} : { score: pointsOf(quiz, member.name), of: mostPoints };
    member.send(encodeControl("result", { quiz: head.number, ...points, text }));
    return;
  }
  if (head.settings.pace !== "all-at-once") member.info(messages.quizOver);
  if (!head.settings.isSurvey)
    member.inform(`You have ${pointsOf(quiz, member.name)} of ${mostPoints} points.`);
}

/** @returns the number of the first question that has no room in its frame, or undefined */
export function tooLongQuestion({ questions }: LiveQuiz["head"]): number | undefined {
  const index = questions.findIndex(
    (question) => Buffer.byteLength(JSON.stringify(question)) > maxShownQuestionBytes,
  );
  return index < 0 ? undefined : index + 1;
}

function pointsOf(quiz: LiveQuiz, name: string): number {
  return quiz.book.pointsOf(nameKey(name));
}

/** The questions that are meant, each with the number that this person sees. */
function shownNumbers(
  quiz: LiveQuiz,
  name: string,
  question: number | "all",
): [question: number, number: number][] {
  if (question !== "all") return [[question, question + 1]];
  return quiz.questionOrder(name).map((each, place) => [each, place + 1]);
}

function questionFrame(
  quiz: LiveQuiz,
  name: string,
  question: number,
  number: number,
  phase: AskedPhase,
): Control<"question"> {
  const { limitMs, round } = phase;
  const order = quiz.shownOrder(name, question);
  const { form, text, options, prompts } = shownQuestion(quiz.question(question), order);
  const answered = quiz.book.resultOf(nameKey(name), question)?.record;
  return {
    quiz: quiz.head.number,
    number,
    text,
    options: [...options],
    round,
    form,
    ...(prompts.length === 0 ? {} : { prompts: [...prompts] }),
    ...(limitMs === undefined ? {} : { seconds: Math.ceil(limitMs / 1_000), ...leftOf(phase) }),
    ...(answered?.round === round ? { answered: typedAnswer(answered.given, order) } : {}),
  };
}

function phaseFrame(quiz: LiveQuiz, phase: Phase): Control<"phase"> {
  return {
    quiz: quiz.head.number,
    phase: phase.kind,
    ...("question" in phase && phase.question !== "all" ? { number: phase.question + 1 } : {}),
    ...("round" in phase ? { round: phase.round } : {}),
    ...("elapsedMs" in phase ? { ...leftOf(phase), paused: phase.isPaused } : {}),
  };
}

function leftOf({ limitMs, elapsedMs }: PhaseClock): { leftMs?: number } {
  return limitMs === undefined ? {} : { leftMs: Math.max(0, Math.floor(limitMs - elapsedMs)) };
}

function resultFrame(quiz: LiveQuiz, name: string, question: number, number: number): Control<"result"> {
  const asked = quiz.question(question);
  const order = quiz.shownOrder(name, question);
  const result = quiz.book.resultOf(nameKey(name), question);
  const { isSurvey } = quiz.head.settings;
  const right = isSurvey ? "" : rightAnswer(asked, order);
  const feedback = [result?.feedback ?? "", asked.feedback].filter((text) => text !== "").join("\n");
  return {
    quiz: quiz.head.number,
    number,
    ...(result === undefined ? {} : { answered: typedAnswer(result.record.given, order) }),
    ...(isSurvey ? {} : { points: result?.points ?? 0, score: pointsOf(quiz, name), of: quiz.mostPoints }),
    ...(isSurvey || result?.fraction === undefined ? {} : { fraction: result.fraction }),
    ...(right === "" ? {} : { right }),
    ...(feedback === "" ? {} : { feedback }),
  };
}

function showAsText(
  session: Session,
  quiz: LiveQuiz,
  numbers: [question: number, number: number][],
  phase: AskedPhase,
): void {
  const texts = numbers.map(([question, number]) => {
    const order = quiz.shownOrder(session.name, question);
    const { options, prompts, ...shown } = shownQuestion(quiz.question(question), order);
    return questionText({
      ...shown,
      ...leftOf(phase),
      number,
      options: [...options],
      prompts: [...prompts],
    });
  });
  for (const payload of messages.quizPayloads(texts))
    session.connection.send(encodeFrame("quiz_question", payload));
}
