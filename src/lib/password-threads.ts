/**
 * Hashes passwords in threads of low priority. A hash takes a core for some 30 ms, and where a whole class logs in
 * while others answer a quiz, the answers come first.
 */
import { RequestThread } from "./request-thread.ts";
import type { HashSetting, PasswordAnswer, PasswordRequest } from "./password-worker.ts";

interface HashingThread {
  readonly thread: RequestThread<PasswordRequest, PasswordAnswer>;
  isBusy: boolean;
}

export class PasswordThreads {
  /** One more is made where all that there are have work: as many as there are hashes at once. */
  #threads: HashingThread[] = [];

  /** How many there are. */
  get size(): number {
    return this.#threads.length;
  }

  /** @returns the hash in PHC form */
  async hash(password: string, setting: HashSetting): Promise<string> {
    return String(await this.#ask({ kind: "hash", password, setting }));
  }

  /** @throws where the hash is none */
  async verify(password: string, hash: string): Promise<boolean> {
    return (await this.#ask({ kind: "verify", password, hash })) === true;
  }

  /** Ends them; what is being hashed fails. */
  end(): void {
    for (const { thread } of this.#threads.splice(0)) thread.end(new Error("no password is hashed any more"));
  }

  async #ask(request: PasswordRequest): Promise<PasswordAnswer> {
    const free = this.#free();
    free.isBusy = true;
    try {
      return await free.thread.ask(request);
    } finally {
      free.isBusy = false;
    }
  }

  #free(): HashingThread {
    this.#threads = this.#threads.filter(({ thread }) => !thread.hasEnded);
    const free = this.#threads.find(({ isBusy }) => !isBusy);
    if (free !== undefined) return free;
    const thread = new RequestThread<PasswordRequest, PasswordAnswer>(
      new URL("./password-worker.ts", import.meta.url),
      "./lib/password-worker.ts",
    );
    thread.unref();
    const made = { thread, isBusy: false };
    this.#threads.push(made);
    return made;
  }
}
