/** What a person does with a page: keys, the pointer, another screen. */
import type { TestBrowser } from "./browser.test-support.ts";

/** CSS pixels. */
export type Point = readonly [x: number, y: number];

/** Keys that are no character, by their Windows code, which Chromium wants too. */
const keyCodes: Record<string, number> = { Enter: 13, Escape: 27, ArrowRight: 39, ArrowDown: 40 };

/** Presses a key as a person would: `/`, `Enter`. */
export async function press(browser: TestBrowser, key: string): Promise<void> {
  const code = keyCodes[key];
  const common = { key, windowsVirtualKeyCode: code ?? key.toUpperCase().charCodeAt(0) };
  const text = code === undefined ? { text: key } : key === "Enter" ? { text: "\r" } : {};
  await browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...common, ...text });
  await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
}

export async function type(browser: TestBrowser, text: string): Promise<void> {
  await browser.send("Input.insertText", { text });
}

export async function drag(browser: TestBrowser, from: Point, to: Point): Promise<void> {
  await mouse(browser, "mouseMoved", from, 0, 0);
  await mouse(browser, "mousePressed", from, 1, 1);
  await mouse(browser, "mouseMoved", [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], 1, 0);
  await mouse(browser, "mouseMoved", to, 1, 0);
  await mouse(browser, "mouseReleased", to, 0, 1);
}

/** The same with a finger. */
export async function swipe(browser: TestBrowser, from: Point, to: Point): Promise<void> {
  const touch = async (type: string, ...at: Point[]): Promise<void> => {
    const touchPoints = at.map(([x, y]) => ({ x, y }));
    await browser.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  await touch("touchStart", from);
  for (const part of [0.25, 0.5, 0.75, 1])
    await touch("touchMove", [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
  await touch("touchEnd");
}

/** Touches a place and lets go of it. */
export async function tap(browser: TestBrowser, [x, y]: Point): Promise<void> {
  await browser.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await browser.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

export async function doubleClick(browser: TestBrowser, at: Point): Promise<void> {
  for (const clicks of [1, 2]) {
    await mouse(browser, "mousePressed", at, 1, clicks);
    await mouse(browser, "mouseReleased", at, 0, clicks);
  }
}

/** The screen of the pages that are opened from now on. */
export async function lookThrough(
  browser: TestBrowser,
  width: number,
  scheme: "light" | "dark",
): Promise<void> {
  const screen = { width, height: 1000, deviceScaleFactor: 1, mobile: width < 500 };
  await browser.send("Emulation.setDeviceMetricsOverride", screen);
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await browser.send("Emulation.setEmulatedMedia", { features });
}

async function mouse(
  browser: TestBrowser,
  type: string,
  [x, y]: Point,
  buttons: number,
  clickCount: number,
): Promise<void> {
  await browser.send("Input.dispatchMouseEvent", { type, x, y, button: "left", buttons, clickCount });
}
