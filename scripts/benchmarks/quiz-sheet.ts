/** What one student of the benchmark has sent, and what became of it, whatever the student is made of. */

/** An answer that was sent. Refused: the server said that it does not count. */
export interface SentAnswer {
  readonly question: number;
  readonly text: string;
  state: "waiting" | "acknowledged" | "refused";
  readonly sentMs: number;
  /** It was sent over one connection, which lived until it was acknowledged. */
  isWhole: boolean;
}

/** How long an answer took to its acknowledgement, where the connection and the server lived in between. */
export interface MeasuredAnswer {
  readonly question: number;
  readonly sentMs: number;
  readonly tookMs: number;
}

export abstract class AnswerSheet {
  readonly name: string;
  readonly answers: SentAnswer[] = [];
  readonly measured: MeasuredAnswer[] = [];
  /** The question that it sees, from 1; 0 for none. */
  open = 0;
  isIn = false;
  reconnects = 0;
  readonly errors: string[] = [];
  abstract readonly kind: string;

  constructor(name: string) {
    this.name = name;
  }

  abstract enter(): Promise<void>;
  /** Breaks off, as a machine does that goes out of range, and comes back by itself. */
  abstract breakOff(): void;
  abstract end(): void;
  protected abstract send(sent: SentAnswer): void;

  /** Answers the open question. @param text a letter */
  answer(text: string): void {
    const question = this.open;
    if (question === 0 || this.answers.some((each) => each.question === question)) return;
    const sent: SentAnswer = {
      question,
      text,
      state: "waiting",
      sentMs: performance.now(),
      isWhole: this.isIn,
    };
    this.answers.push(sent);
    if (this.isIn) this.send(sent);
  }

  /** The connection is gone. */
  protected left(): void {
    this.isIn = false;
    this.open = 0;
    for (const sent of this.answers) if (sent.state === "waiting") sent.isWhole = false;
  }

  /** @param ms how long an answer took, where that was measured elsewhere; null: not in one piece */
  protected settle(
    isIt: (sent: SentAnswer) => boolean,
    state: SentAnswer["state"],
    ms?: number | null,
  ): void {
    for (const sent of this.answers) {
      if (sent.state !== "waiting" || !isIt(sent)) continue;
      sent.state = state;
      if (!sent.isWhole || state !== "acknowledged" || ms === null) continue;
      const { question, sentMs } = sent;
      this.measured.push({ question, sentMs, tookMs: ms ?? performance.now() - sentMs });
    }
  }
}
