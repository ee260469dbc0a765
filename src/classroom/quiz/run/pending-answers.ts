/** Answers that are on their way to the disk, by ticket, and one at a time of each student to each question. */
import type { AnswerRecord } from "./run-records.ts";

export interface PendingAnswer {
  readonly record: AnswerRecord;
  /** The question's time when it was answered, by which its speed is measured. */
  readonly limitMs: number | undefined;
}

export class PendingAnswers {
  readonly #byTicket = new Map<number, PendingAnswer>();
  readonly #tickets = new Map<string, number>();
  #next = 1;

  /** @returns its ticket */
  add(answer: PendingAnswer): number {
    const ticket = this.#next++;
    this.#byTicket.set(ticket, answer);
    this.#tickets.set(keyOf(answer.record), ticket);
    return ticket;
  }

  of(question: number, student: string): AnswerRecord | undefined {
    return this.#byTicket.get(this.#tickets.get(keyOf({ question, student })) ?? 0)?.record;
  }

  /** @returns undefined where there is no such ticket any more */
  take(ticket: number): PendingAnswer | undefined {
    const answer = this.#byTicket.get(ticket);
    if (answer === undefined) return undefined;
    this.#byTicket.delete(ticket);
    this.#tickets.delete(keyOf(answer.record));
    return answer;
  }
}

function keyOf({ question, student }: Pick<AnswerRecord, "question" | "student">): string {
  return `${question} ${student}`;
}
