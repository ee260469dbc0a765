/**
 * The files of a stay, over whatever connection: offers that wait for an answer, by a number each, and how far those
 * are that run. What another person sends is taken when somebody says so; without a terminal nobody could, and it is
 * taken as it comes.
 */
import { formatBytes } from "../../lib/format-amount.ts";
import { showableLine } from "../../lib/showable.ts";
import { TransferBoard, type TransferRow } from "../files/transfer-board.ts";
import { Collections } from "./collections.ts";
import { maxOffersWaiting } from "./limits.ts";
import type { Offer, PeerDownloads } from "./peer-downloads.ts";
import type { Presenter } from "./presenter.ts";
import { PushNews } from "./push-news.ts";

/** One question: a file, or the files of one folder. */
interface Question {
  number: number;
  key: string;
  from: string;
  what: string;
  waiting: { offer: Offer; downloads: PeerDownloads }[];
}

export class FileDesk {
  /** What the teacher asks for. */
  readonly collections: Collections;
  /** How a teacher's files to everybody go. */
  readonly pushes: PushNews;
  #presenter: Presenter;
  #asks: boolean;
  #board: TransferBoard;
  #rows = new Map<Offer, TransferRow>();
  #questions: Question[] = [];
  #lastNumber = 0;
  /** What was answered once is not asked again: the rest of a folder, or the same after a lost connection. */
  #answers = new Map<string, "take" | "decline">();

  /** @param asks whether somebody is there who can say what is wanted. @param now milliseconds */
  constructor(presenter: Presenter, asks: boolean, now: () => number) {
    this.#presenter = presenter;
    this.collections = new Collections(presenter);
    this.pushes = new PushNews(presenter);
    this.#asks = asks;
    this.#board = new TransferBoard(now);
  }

  decide(offer: Offer, downloads: PeerDownloads): "take" | "ask" | { refuse: string } {
    // What a teacher sends to a whole room comes by itself, as the operator's does.
    if (offer.from === undefined || offer.number !== undefined || !this.#asks) return "take";
    const key = keyOf(offer);
    const answer = this.#answers.get(key);
    if (answer === "take") return "take";
    if (answer === "decline") return { refuse: "It is not wanted." };
    const before = this.#questions.find((question) => question.key === key);
    if (before !== undefined) {
      before.waiting.push({ offer, downloads });
      return "ask";
    }
    if (this.#questions.length >= maxOffersWaiting)
      return { refuse: `${maxOffersWaiting} files wait for an answer already.` };
    const from = showableLine(offer.from);
    const question = {
      number: ++this.#lastNumber,
      key,
      from,
      what: whatIs(offer),
      waiting: [{ offer, downloads }],
    };
    this.#questions.push(question);
    this.#presenter.note(
      `${from} offers ${question.what}: /accept ${question.number} takes it, /decline ${question.number} does not.`,
    );
    return "ask";
  }

  /** The sender does not offer it any more, or the connection is gone. */
  withdrawn(offer: Offer): void {
    for (const question of this.#questions) {
      const at = question.waiting.findIndex((each) => each.offer === offer);
      if (at < 0) continue;
      question.waiting.splice(at, 1);
      if (question.waiting.length > 0) return;
      this.#forget(question);
      return this.#presenter.note(`${question.from} does not offer ${question.what} any more.`);
    }
  }

  /** @param which the number as it was typed; empty where there is only one */
  answer(which: string, isTaken: boolean): void {
    const question = this.#find(which);
    if (question === undefined) return;
    this.#forget(question);
    this.#answers.set(question.key, isTaken ? "take" : "decline");
    for (const { offer, downloads } of question.waiting)
      if (isTaken) downloads.accept(offer);
      else downloads.decline(offer);
    if (!isTaken) this.#presenter.note(`${question.from} is told that you do not want ${question.what}.`);
  }

  begin(file: string, from: string | undefined, to: string | undefined): TransferRow {
    return this.#board.begin({ file, from, to });
  }

  progress(offer: Offer, bytes: number): void {
    let row = this.#rows.get(offer);
    if (row === undefined) {
      row = this.begin(offer.name, offer.from ?? "server", undefined);
      this.#rows.set(offer, row);
    }
    row.progress(bytes, offer.size);
  }

  ended(offer: Offer): void {
    this.#rows.get(offer)?.end();
    this.#rows.delete(offer);
  }

  list(): void {
    const lines = this.#questions.map(
      ({ number, from, what }) =>
        `${number}: ${from} offers ${what}; /accept ${number} or /decline ${number}.`,
    );
    lines.push(...this.#board.lines());
    this.#presenter.note(lines.length === 0 ? "No file is offered or on its way." : lines.join("\n"));
  }

  #find(which: string): Question | undefined {
    const found =
      which === "" && this.#questions.length === 1
        ? this.#questions[0]
        : this.#questions.find(({ number }) => String(number) === which);
    if (found !== undefined) return found;
    if (this.#questions.length === 0) this.#presenter.note("No file is offered.");
    else
      this.#presenter.note(
        `Type the number of an offer: ${this.#questions.map(({ number }) => number).join(", ")}.`,
      );
    return undefined;
  }

  #forget(question: Question): void {
    this.#questions = this.#questions.filter((each) => each !== question);
  }
}

function keyOf({ from, name, size, same, batch }: Offer): string {
  return JSON.stringify(batch === undefined ? [from, name, size, same] : [from, batch.word]);
}

function whatIs({ name, size, folder, batch }: Offer): string {
  if (batch === undefined) return `'${showableLine(name)}' (${formatBytes(size)})`;
  const top = showableLine((folder ?? "").split("/", 1)[0] ?? "");
  return `the folder '${top}' (${batch.files} files, ${formatBytes(batch.bytes)})`;
}
