/** What of the page's data has changed, for the parts that show it. */

/** `stage`: where the person stands. `rooms`: which conversations there are, and what is unread. */
export type Topic =
  | "stage"
  | "rooms"
  | "messages"
  | "search"
  | "people"
  | "files"
  | "quiz"
  | "notices"
  | "mode"
  | "typing"
  | "teach";

export class Changes {
  #listeners = new Map<Topic, (() => void)[]>();
  #told = new Set<Topic>();

  on(topics: readonly Topic[], show: () => void): void {
    for (const topic of topics) {
      const listeners = this.#listeners.get(topic);
      if (listeners === undefined) this.#listeners.set(topic, [show]);
      else listeners.push(show);
    }
  }

  /** Shown once, however often it is told within a task. */
  tell(topic: Topic): void {
    if (this.#told.size === 0) queueMicrotask(() => this.#show());
    this.#told.add(topic);
  }

  #show(): void {
    const due = new Set<() => void>();
    for (const topic of this.#told) for (const show of this.#listeners.get(topic) ?? []) due.add(show);
    this.#told.clear();
    for (const show of due) show();
  }
}
