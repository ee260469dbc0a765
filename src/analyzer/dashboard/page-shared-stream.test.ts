/** Tabs that share one live stream, tested without a browser: any number of them, and what happens to each. */
import { expect, test } from "bun:test";
import {
  SharedStream,
  type StreamListener,
  type StreamMessage,
} from "../../../public/analyzer/live/shared-stream.ts";
import type { LiveSnapshot } from "./contract.ts";

/** A browser with tabs. Its clock goes on when it is told to. */
class TestTabs {
  readonly tabs: TestTab[] = [];
  private now = 0;
  private timers: { at: number; ring: () => void; tab: TestTab }[] = [];

  open(id: string, hasChannel = true): TestTab {
    const tab = new TestTab(id);
    this.tabs.push(tab);
    let drawn = this.tabs.length * 0.31;
    tab.stream = new SharedStream(
      {
        id,
        random: () => (drawn = (drawn + 0.37) % 1),
        after: (ms, ring) => {
          const timer = { at: this.now + ms, ring, tab };
          this.timers.push(timer);
          return () => (this.timers = this.timers.filter((other) => other !== timer));
        },
        join: (hear) => {
          if (!hasChannel) return undefined;
          tab.hear = hear;
          return { post: (message) => this.post(tab, message), close: () => (tab.hear = undefined) };
        },
        open: (listener) => {
          tab.source = listener;
          return () => (tab.source = undefined);
        },
      },
      {
        came: (snapshot) => {
          tab.heard.push(snapshot.packets);
          // As the page does.
          tab.isConnected = true;
          if (!snapshot.live) tab.stream?.leave();
        },
        connected: (isConnected) => void (tab.isConnected = isConnected),
      },
    );
    return tab;
  }

  /** Those that hold a stream. */
  get holders(): string[] {
    return this.tabs.filter(({ source }) => source !== undefined).map(({ id }) => id);
  }

  send(packets: number, live = true): void {
    for (const { source } of this.tabs) source?.came({ packets, live } as LiveSnapshot);
  }

  /** A tab that is killed, or sleeps: it neither hears nor does anything more. */
  stop(tab: TestTab): void {
    tab.isStopped = true;
    tab.source = undefined;
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.now = next.at;
      this.timers = this.timers.filter((timer) => timer !== next);
      if (!next.tab.isStopped) next.ring();
    }
    this.now = end;
  }

  private post(from: TestTab, message: StreamMessage): void {
    for (const tab of this.tabs) if (tab !== from && !tab.isStopped) tab.hear?.(message);
  }
}

class TestTab {
  readonly id: string;
  readonly heard: number[] = [];
  isConnected: boolean | undefined;
  isStopped = false;
  stream: SharedStream | undefined;
  source: StreamListener | undefined;
  hear: ((message: StreamMessage) => void) | undefined;

  constructor(id: string) {
    this.id = id;
  }
}

function tenTabs(): TestTabs {
  const browser = new TestTabs();
  for (let i = 0; i < 10; i++) browser.open(`tab-${i}`);
  browser.pass(1000);
  return browser;
}

test("ten tabs have one stream, and all of them hear what comes", () => {
  const browser = tenTabs();
  expect(browser.holders).toHaveLength(1);
  for (let packets = 1; packets <= 100; packets++) {
    browser.send(packets);
    browser.pass(250);
  }
  expect(browser.holders).toHaveLength(1);
  for (const { heard, isConnected } of browser.tabs)
    expect([[...new Set(heard)], isConnected]).toEqual([Array.from({ length: 100 }, (_, i) => i + 1), true]);
});

test("one that comes later is told the latest at once, and opens nothing", () => {
  const browser = tenTabs();
  browser.send(7);
  const late = browser.open("tab-0 or so");
  expect(late.heard).toEqual([7]);
  browser.pass(60_000);
  expect([browser.holders.length, late.source]).toEqual([1, undefined]);
});

test("when the holder leaves, another goes on within a third of a second", () => {
  const browser = tenTabs();
  for (let left = 9; left > 0; left--) {
    const holder = browser.tabs.find(({ source }) => source !== undefined)!;
    holder.stream!.leave();
    expect(browser.holders).toEqual([]);
    browser.pass(301);
    expect(browser.holders).toHaveLength(1);
    browser.send(left);
    expect(browser.tabs.filter(({ heard }) => heard.at(-1) === left)).toHaveLength(left);
  }
});

test("when the holder is killed or sleeps, another goes on; when it wakes, one of them stays", () => {
  const browser = tenTabs();
  const holder = browser.tabs.find(({ source }) => source !== undefined)!;
  const listener = holder.source;
  browser.stop(holder);
  browser.pass(5301);
  expect(browser.holders).toHaveLength(1);
  holder.isStopped = false;
  holder.source = listener;
  browser.send(5);
  browser.pass(2001);
  expect(browser.holders).toHaveLength(1);
  browser.send(6);
  for (const { heard } of browser.tabs) expect(heard.at(-1)).toBe(6);
});

test("a lost connection, and its return, are told to all", () => {
  const browser = tenTabs();
  const { source } = browser.tabs.find(({ source }) => source !== undefined)!;
  source!.connected(false);
  expect(browser.tabs.map(({ isConnected }) => isConnected)).toEqual(Array(10).fill(false));
  browser.pass(30_000);
  expect(browser.tabs.map(({ isConnected }) => isConnected)).toEqual(Array(10).fill(false));
  source!.connected(true);
  expect(browser.tabs.map(({ isConnected }) => isConnected)).toEqual(Array(10).fill(true));
});

test("the end reaches all, and then nobody asks any more", () => {
  const browser = tenTabs();
  browser.send(9, false);
  for (const { heard } of browser.tabs) expect(heard).toEqual([9]);
  browser.pass(60_000);
  expect(browser.holders).toEqual([]);
});

test("without a channel each has its own", () => {
  const browser = new TestTabs();
  browser.open("a", false);
  browser.open("b", false);
  expect(browser.holders).toEqual(["a", "b"]);
  browser.send(1);
  expect(browser.tabs.map(({ heard }) => heard)).toEqual([[1], [1]]);
});
