/** How many have answered, and what they chose: for those who teach, and nobody else. */
import { encodeControl } from "../../protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import type { LiveQuiz } from "./live-quiz.ts";
import { hearsTeaching } from "../peer/hears-teaching.ts";
import type { Peer } from "../peer/peer.ts";

/** @param question from 0 */
export function tellCount(classroom: Classroom, quiz: LiveQuiz, question: number, round: number): void {
  for (const peer of classroom.peers) tellCountTo(peer, quiz, question, round);
}

export function tellCountTo(peer: Peer, { head, book }: LiveQuiz, question: number, round: number): void {
  if (!hearsTeaching(peer)) return;
  const chosen = book.optionCounts(question, round).slice(0, 200);
  peer.send(
    encodeControl("count", {
      quiz: head.number,
      number: question + 1,
      round,
      answered: book.answeredCount(question, round),
      of: book.students.size,
      ...(chosen.length === 0 ? {} : { chosen }),
    }),
  );
}
