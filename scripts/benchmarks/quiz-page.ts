/** A student at the classroom page in a real browser: taps a large button, and breaks off by loading the page again. */
import type { TestBrowser } from "../../src/lib/browser.test-support.ts";
import { AnswerSheet, type SentAnswer } from "./quiz-sheet.ts";

const password = "a long password";
/** How often a page is asked what it shows. */
const lookMs = 100;

/** What a page has noted since it was loaded. */
interface PageNotes {
  question: number;
  isIn: boolean;
  /** Questions whose answer the page calls kept, with the time from the tap, where nothing was in between. */
  kept: { question: number; ms: number | null }[];
  refused: number[];
}

/**
 * Runs in the page, from its load on: notes what a student would see. The time of an answer is taken here, from the
 * tap to when the page says that it is kept.
 */
const script = `(() => {
  const notes = { question: 0, isIn: false, kept: [], refused: [] };
  window.benchNotes = notes;
  let tapped;
  window.benchTap = (question, place) => {
    tapped = { question, at: performance.now() };
    document.querySelectorAll("article.question:not([hidden]) button.option")[place].click();
  };
  const look = () => {
    const room = document.querySelector(".room");
    notes.isIn = room !== null && !room.hasAttribute("data-away");
    if (!notes.isIn) tapped = undefined;
    const article = document.querySelector("article.question:not([hidden])");
    const button = article?.querySelector("button.option");
    const number = Number(/number (\\d+)\\?/.exec(article?.querySelector("h3")?.textContent ?? "")?.[1] ?? 0);
    const state = article?.querySelector(".answer-state")?.dataset.state;
    const where = document.querySelector(".quiz .where")?.textContent ?? "";
    notes.question = where.includes("closed") || where.includes("over") ? 0 : number;
    if (state === "kept" && !notes.kept.some(({ question }) => question === number))
      notes.kept.push({ question: number, ms: tapped?.question === number ? performance.now() - tapped.at : null });
    if (state === "refused" && !notes.refused.includes(number)) notes.refused.push(number);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
})()`;

export class PageStudent extends AnswerSheet {
  readonly kind = "page";
  readonly #url: string;
  readonly #open: () => Promise<TestBrowser>;
  #browser: TestBrowser | undefined;
  #timer: Timer | undefined;

  /** @param open a window of its own */
  constructor(name: string, webPort: number, open: () => Promise<TestBrowser>) {
    super(name);
    this.#url = `http://127.0.0.1:${webPort}/`;
    this.#open = open;
  }

  async enter(): Promise<void> {
    const browser = await this.#open();
    this.#browser = browser;
    await browser.send("Page.addScriptToEvaluateOnNewDocument", { source: script });
    await browser.goTo(this.#url, `document.querySelector("#name") !== null`);
    for (const [id, text] of [
      ["name", this.name],
      ["password", password],
    ])
      await browser.evaluate(`document.getElementById("${id}").value = "${text}"`);
    await browser.evaluate(`document.querySelector("form").requestSubmit()`);
    await browser.holds("window.benchNotes.isIn");
    this.isIn = true;
    this.#lookAgain();
  }

  breakOff(): void {
    this.#leave();
    void this.#browser?.send("Page.reload").catch(() => {});
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#browser = undefined;
  }

  protected send({ question, text }: SentAnswer): void {
    const place = text.charCodeAt(0) - 97;
    void this.#browser?.evaluate(`window.benchTap(${question}, ${place})`).catch(() => {});
  }

  #leave(): void {
    if (this.isIn) this.reconnects++;
    this.left();
  }

  #lookAgain(): void {
    this.#timer = setTimeout(() => void this.#look(), lookMs);
  }

  async #look(): Promise<void> {
    const notes = (await this.#browser?.evaluate("window.benchNotes").catch(() => undefined)) as
      PageNotes | undefined;
    if (this.#browser === undefined) return;
    if (notes !== undefined) this.#take(notes);
    this.#lookAgain();
  }

  #take({ question, isIn, kept, refused }: PageNotes): void {
    if (isIn) this.isIn = true;
    else this.#leave();
    this.open = isIn ? question : 0;
    for (const each of kept) this.settle((sent) => sent.question === each.question, "acknowledged", each.ms);
    for (const each of refused) this.settle((sent) => sent.question === each, "refused");
    // A tap that was lost with the page that was loaded again is tapped once more.
    const waiting = this.answers.find((sent) => sent.question === this.open && sent.state === "waiting");
    if (waiting !== undefined && !waiting.isWhole) {
      waiting.isWhole = true;
      this.send(waiting);
    }
  }
}
