/**
 * A thread that does one request after the other and answers each: this side asks, `answerRequests` is the other.
 * What runs there is a file of its own, named in scripts/build.ts too.
 */
import { ExpectedError } from "./errors.ts";

type ThreadNews<Answer> =
  | { kind: "done"; answer: Answer }
  /** An ExpectedError. */
  | { kind: "failed"; sentence: string }
  /** A fault inside pcs, with its stack. */
  | { kind: "fault"; text: string };

export class RequestThread<Request, Answer> {
  readonly #worker: Worker;
  readonly #answers: PromiseWithResolvers<Answer>[] = [];
  #ended: Error | undefined;

  /** @param source the worker's file. @param packed the same in the executable, where it lies as it does in `src` */
  constructor(source: URL, packed: string) {
    this.#worker = new Worker(Bun.isStandaloneExecutable ? packed : source);
    this.#worker.onmessage = ({ data }: { data: ThreadNews<Answer> }) => this.#hear(data);
    this.#worker.onerror = (event) => this.end(new Error(`${packed} ended: ${event.message}`));
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** @throws ExpectedError with one sentence where the thread threw one */
  ask(request: Request): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const answer = Promise.withResolvers<Answer>();
    this.#answers.push(answer);
    this.#worker.postMessage(request);
    return answer.promise;
  }

  /** It does not keep the program from ending. */
  unref(): void {
    this.#worker.unref();
  }

  /** Ends it at once; what was asked and not answered fails. */
  end(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    for (const answer of this.#answers.splice(0)) answer.reject(error);
    this.#worker.terminate();
  }

  #hear(news: ThreadNews<Answer>): void {
    const answer = this.#answers.shift();
    if (news.kind === "done") answer?.resolve(news.answer);
    else answer?.reject(news.kind === "failed" ? new ExpectedError(news.sentence) : new Error(news.text));
  }
}

declare const self: {
  onmessage: unknown;
  postMessage(news: ThreadNews<unknown>): void;
};

/** In the thread: answers each request by what `answer` returns or throws. */
export function answerRequests(answer: (request: never) => unknown): void {
  self.onmessage = ({ data }: { data: never }) => {
    try {
      self.postMessage({ kind: "done", answer: answer(data) });
    } catch (error) {
      if (error instanceof ExpectedError) self.postMessage({ kind: "failed", sentence: error.message });
      else self.postMessage({ kind: "fault", text: Bun.inspect(error) });
    }
  };
}
