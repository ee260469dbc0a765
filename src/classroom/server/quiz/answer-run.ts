/** A person's answers to a quiz that runs question by question: told only when they are on disk. */
import * as messages from "../../protocol/messages.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { keptSentence } from "../../protocol/v2/quiz-text.ts";
import type { Refusal } from "../../quiz/run/run-records.ts";
import type { LiveQuiz, Outcome } from "./live-quiz.ts";
import type { Peer } from "../peer/peer.ts";
import type { Session } from "../session/session.ts";

const refusals: Record<Refusal, [code: string, sentence: string]> = {
  "unknown-student": ["no-quiz", "You are not in this quiz."],
  "unknown-question": ["no-quiz", "This quiz has no such question."],
  "not-open": ["closed", "This question is not open."],
  "other-round": ["closed", "This question is asked again; please look at it once more."],
  "too-late": ["closed", "The time for this question was over."],
  paused: ["closed", "The quiz is paused; please send your answer when it goes on."],
  "answered-already": ["answered", "You have answered this question already; your first answer counts."],
  "changed-too-often": ["limit", "You have changed this answer too often; the last one counts."],
  "not-fitting": ["not-fitting", "This is no answer to the question."],
  "not-kept": ["not-kept", "Your answer could not be kept; please send it again."],
  "quiz-full": ["limit", "This quiz has no room for one more."],
};

/** The connection is read on when the answer is dealt with, so that nothing asked for later is done before it. */
export function answerRunAsPeer(peer: Peer, quiz: LiveQuiz, sent: Control<"answer">): void {
  peer.slowTags.add(sent.tag);
  peer.connection.hold();
  peer.classroom.background(answerAsPeer(peer, quiz, sent));
}

async function answerAsPeer(peer: Peer, quiz: LiveQuiz, sent: Control<"answer">): Promise<void> {
  const { classroom, connection, name } = peer;
  const roundTripMs = peer.roundTrip.ms;
  const { tag, number, round, answer: text, elapsedMs: clientElapsedMs } = sent;
  const id = `${tag} ${hashOf(text)}`;
  try {
    const outcomes = await quiz.answer({ name, number, round, text, id, clientElapsedMs, roundTripMs });
    const why = firstRefusal(outcomes);
    if (why !== undefined) peer.refuse(...refusals[why], { tag });
  } finally {
    peer.slowTags.delete(tag);
    classroom.log.done(peer, tag);
    connection.release();
  }
}

export function answerRunAsSession(session: Session, quiz: LiveQuiz, text: string): void {
  session.classroom.background(answerAsSession(session, quiz, text));
}

async function answerAsSession(session: Session, quiz: LiveQuiz, text: string): Promise<void> {
  const { phase, head } = quiz;
  const sent = { number: undefined, round: undefined, clientElapsedMs: undefined, roundTripMs: 0 };
  const outcomes = await quiz.answer({ ...sent, name: session.name, text, id: `v1 ${hashOf(text)}` });
  const why = firstRefusal(outcomes);
  if (why !== undefined) return session.refuse(refusals[why][1]);
  if (head.settings.pace === "all-at-once") return session.info(messages.quizOver);
  const number = "question" in phase && phase.question !== "all" ? phase.question + 1 : 0;
  session.inform(keptSentence(number));
}

/** Of answers to many questions it is enough that one is kept: what was left out or kept before is no fault. */
function firstRefusal(outcomes: readonly Outcome[]): Refusal | undefined {
  if (outcomes.length === 0) return "not-fitting";
  const refused = outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.why] : []));
  if (refused.includes("not-kept")) return "not-kept";
  return refused.length === outcomes.length ? refused[0] : undefined;
}

function hashOf(text: string): string {
  return Bun.hash(text).toString(36);
}
