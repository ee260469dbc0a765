/** Those who ask for the same at the same time wait for one answer; when the last of them goes, it is given up. */
interface Shared {
  answer: Promise<unknown>;
  waiting: number;
  abort: AbortController;
}

export class SharedRequests {
  private readonly running = new Map<string, Shared>();

  /** @param load asks, where nobody asked yet for this `key` */
  get<Answer>(
    key: string,
    signal: AbortSignal | undefined,
    load: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const shared = this.running.get(key) ?? this.start(key, load);
    shared.waiting++;
    return signal === undefined ? (shared.answer as Promise<Answer>) : this.untilAborted(key, shared, signal);
  }

  private async untilAborted<Answer>(key: string, shared: Shared, signal: AbortSignal): Promise<Answer> {
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = (): void => {
      if (--shared.waiting === 0) this.drop(key, shared);
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return (await Promise.race([shared.answer, promise])) as Answer;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  private start(key: string, load: (signal: AbortSignal) => Promise<unknown>): Shared {
    const abort = new AbortController();
    const shared: Shared = { answer: load(abort.signal), waiting: 0, abort };
    this.running.set(key, shared);
    const end = (): void => this.forget(key, shared);
    void shared.answer.then(end, end);
    return shared;
  }

  private drop(key: string, shared: Shared): void {
    this.forget(key, shared);
    shared.abort.abort();
  }

  private forget(key: string, shared: Shared): void {
    if (this.running.get(key) === shared) this.running.delete(key);
  }
}
