/**
 * How often passwords may be tried. A class behind one address never meets it: what is counted is wrong passwords
 * for one name from one address, and then logins from one address by the minute.
 *
 *      5 wrong for a name from an address    wait 2 s, and twice as long after each further one, up to 5 minutes;
 *                                            one that is being checked counts until it is known
 *      300 a minute from an address          wait until the minute is over
 *      120 a minute of a name by its token   wait until the minute is over: each is told to everybody
 */

export const freeFailures = 5;
export const firstWaitMs = 2_000;
export const longestWaitMs = 300_000;
export const loginsPerMinute = 300;
export const returnsPerMinute = 120;

/** Names and addresses that are remembered; beyond it the one not heard of for longest is forgotten, and counted. */
export const maxRemembered = 20_000;

interface Failures {
  count: number;
  /** Passwords that are being checked. */
  checking: number;
  untilMs: number;
}

interface Minute {
  startedMs: number;
  count: number;
}

export class LoginThrottle {
  /** Entries that were forgotten because there were too many. */
  forgotten = 0;
  #failures = new Map<string, Failures>();
  #minutes = new Map<string, Minute>();
  #isOn: boolean;

  /** @param isOn false for load tests */
  constructor(isOn = true) {
    this.#isOn = isOn;
  }

  /**
   * Asks before a password is checked, and counts it; `failed` or `succeeded` must follow where it is let through.
   * @returns milliseconds to wait; 0 lets it through
   */
  ask(address: string, nameKey: string, nowMs: number): number {
    if (!this.#isOn) return 0;
    const key = `${address} ${nameKey}`;
    const { count, checking, untilMs } = this.#failures.get(key) ?? { count: 0, checking: 0, untilMs: 0 };
    if (nowMs < untilMs) return untilMs - nowMs;
    // Many who try at once must not get more tries than one after the other.
    if (checking > 0 && count + checking >= freeFailures) return firstWaitMs;
    const waitMs = this.askNew(address, nowMs);
    if (waitMs === 0) this.#remember(this.#failures, key, { count, checking: checking + 1, untilMs });
    return waitMs;
  }

  /** Asks before a new password is hashed, which cannot be wrong. @returns milliseconds to wait; 0 lets it through */
  askNew(address: string, nowMs: number): number {
    if (!this.#isOn) return 0;
    return this.#askMinute(address, loginsPerMinute, nowMs);
  }

  /** Asks before somebody comes back by a token. @returns milliseconds to wait; 0 lets it through */
  askReturn(nameKey: string, nowMs: number): number {
    return this.#isOn ? this.#askMinute(`token of ${nameKey}`, returnsPerMinute, nowMs) : 0;
  }

  failed(address: string, nameKey: string, nowMs: number): void {
    const key = `${address} ${nameKey}`;
    const before = this.#failures.get(key);
    const count = (before?.count ?? 0) + 1;
    const checking = Math.max(0, (before?.checking ?? 0) - 1);
    const over = count - freeFailures;
    const waitMs = over < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(over, 20));
    this.#remember(this.#failures, key, { count, checking, untilMs: nowMs + waitMs });
  }

  succeeded(address: string, nameKey: string): void {
    this.#failures.delete(`${address} ${nameKey}`);
  }

  #askMinute(key: string, most: number, nowMs: number): number {
    let minute = this.#minutes.get(key);
    if (minute === undefined || nowMs - minute.startedMs >= 60_000) {
      minute = { startedMs: nowMs, count: 0 };
      this.#remember(this.#minutes, key, minute);
    }
    if (minute.count >= most) return minute.startedMs + 60_000 - nowMs;
    minute.count++;
    return 0;
  }

  #remember<T>(map: Map<string, T>, key: string, entry: T): void {
    map.delete(key);
    map.set(key, entry);
    if (map.size <= maxRemembered) return;
    const oldest = map.keys().next();
    if (oldest.done !== true) map.delete(oldest.value);
    this.forgotten++;
  }
}

/** What is told to somebody who has to wait. */
export function waitSentence(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return `Too many logins were tried; please wait ${seconds === 1 ? "1 second" : `${seconds} seconds`} and try again.`;
}
