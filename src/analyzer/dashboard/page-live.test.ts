/** How often the page asks again while a capture runs, tested without a browser. */
import { expect, test } from "bun:test";
import { RefreshPace, type PaceClock } from "../../../public/analyzer/live/refresh-pace.ts";

class TestClock implements PaceClock {
  private now = 0;
  private rings: { atMs: number; ring: () => void }[] = [];

  nowMs(): number {
    return this.now;
  }

  after(ms: number, ring: () => void): () => void {
    const entry = { atMs: this.now + ms, ring };
    this.rings.push(entry);
    return () => {
      this.rings = this.rings.filter((other) => other !== entry);
    };
  }

  get waiting(): number {
    return this.rings.length;
  }

  goTo(atMs: number): void {
    this.now = atMs;
    const due = this.rings.filter((entry) => entry.atMs <= atMs);
    this.rings = this.rings.filter((entry) => entry.atMs > atMs);
    for (const { ring } of due) ring();
  }
}

function paceWithClock(): { pace: RefreshPace; clock: TestClock; ticks: number[] } {
  const clock = new TestClock();
  const ticks: number[] = [];
  return { pace: new RefreshPace(clock, 1000, () => ticks.push(clock.nowMs())), clock, ticks };
}

test("a thousand news a second make one tick a second, and one timer", () => {
  const { pace, clock, ticks } = paceWithClock();
  for (let ms = 0; ms < 10_000; ms++) {
    pace.mark();
    expect(clock.waiting).toBeLessThan(2);
    clock.goTo(ms);
  }
  expect(ticks).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
});

test("nothing new, no tick; what came while it was held makes one", () => {
  const { pace, clock, ticks } = paceWithClock();
  pace.hold(true);
  for (let ms = 0; ms < 60_000; ms += 250) {
    pace.mark();
    clock.goTo(ms);
  }
  expect([ticks, clock.waiting]).toEqual([[], 0]);
  pace.hold(false);
  clock.goTo(60_001);
  expect(ticks).toEqual([60_001]);
  pace.hold(true);
  pace.hold(false);
  clock.goTo(99_000);
  expect(ticks).toEqual([60_001]);
});

test("held while it waits, or reset, it does not tick", () => {
  const { pace, clock, ticks } = paceWithClock();
  pace.mark();
  pace.hold(true);
  clock.goTo(5);
  pace.hold(false);
  pace.reset();
  clock.goTo(5000);
  expect([ticks, clock.waiting]).toEqual([[], 0]);
});
