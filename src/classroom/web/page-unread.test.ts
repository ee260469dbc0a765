/** What is unread on the page: marks, the line where one stopped, the title, and one mind with the terminal about it. */
import { expect } from "bun:test";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import type { Control } from "../protocol/v2/control.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import type { TestPage } from "./page.test-support.ts";

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
let bob: PeerClient;
const timeoutMs = 90_000;
const inPage = classroomPages(timeoutMs, async (opened) => {
  ({ here, browser, page } = opened);
  await lookThrough(browser, 360, "light");
  bob = await PeerClient.registered(here.port, "bob");
  await bob.join();
});
const marks = `[...document.querySelectorAll(".conversation-bar .mark")].map((each) => each.textContent)`;
const chatMark = `document.querySelector(".tabs button:first-child .mark")?.textContent`;
const behindLine = `document.querySelector(".new-line")?.nextElementSibling?.querySelector(".text")?.textContent`;

/** What the server tells ann about the main room when she comes in from a terminal. */
async function asTerminal(): Promise<Control<"joined">> {
  const terminal = await PeerClient.greeted(here.port);
  await terminal.logIn({ name: "ann", password: "long enough" });
  terminal.send("join", { ask: terminal.ask++, room: "main" });
  for (;;) {
    const { header, content } = await terminal.next();
    if (header === "joined") return content as Control<"joined">;
  }
}

inPage(
  "what comes while one is elsewhere is counted, by the server too, and a line is where it begins",
  async () => {
    bob.say("before ann was here");
    await bob.expect("ack");
    await page.join("ann");
    await page.shows("before ann was here");
    expect(await browser.evaluate("[document.title, document.querySelector('.new-line')]")).toEqual([
      "Classroom",
      null,
    ]);
    await page.tap("Files");
    for (const text of ["first new", "second new"]) bob.say(text);
    await browser.holds(`${chatMark} === "2"`);
    await page.tap("Chat");
    await page.shows("New since you left");
    await browser.holds(`${behindLine} === "first new"`);
    await browser.holds(`${chatMark} === undefined`);
    // Whoever writes has read.
    await page.fill("#say", "I see");
    await page.press("Enter");
    await browser.holds(`document.querySelector(".new-line") === null`);
    await bob.expect("m");

    // In another room and in private.
    await bob.join("Physics");
    await page.click("Rooms");
    await page.click("Physics (1 here)");
    await page.shows("Message to Physics").catch(() => {});
    await page.click("main");
    bob.say("F = ma", 2);
    bob.tell("ann", "psst");
    bob.tell("ann", "are you there?");
    await browser.holds(`${marks}.join() === "1,2"`);
    await page.click("@bob");
    await browser.holds(`${marks}.join() === "1" && ${behindLine} === "psst"`);
    expect(browser.errors).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "how far it is read the server knows: a terminal that comes next has the same unread, and so has the page after it",
  async () => {
    await page.join("ann");
    bob.say("read on the page");
    await page.shows("read on the page");
    await Bun.sleep(1_300);
    bob.tell("ann", "unread, and private");
    await browser.holds(`${marks}.join() === "1"`);
    for (let at = 1; at <= 3; at++) await page.tap(at === 1 ? "Files" : "People");
    for (let at = 1; at <= 70; at++) bob.say(`unread ${at}`);
    await browser.holds(`${chatMark} === "71"`);
    const joined = await asTerminal();
    expect(joined.unread).toBe(70);
    await page.shows("You logged in from another place");

    // The terminal read nothing. Back on the page: fifty of the seventy are shown, and all are counted.
    await browser.send("Page.reload");
    await page.shows("unread 70");
    await page.shows("New since you left");
    await browser.holds(`${behindLine} === "unread 21"`);
    // The line is in sight, with what is new below it, and one way to the end of it.
    expect(
      await browser.evaluate(
        `Math.abs(document.querySelector(".new-line").getBoundingClientRect().top - document.querySelector(".scrolled").getBoundingClientRect().top) < 40`,
      ),
    ).toBe(true);
    // What is private and not read has come once more.
    await browser.holds(`${marks}.join() === "1"`);
    await page.click("To the latest");
    await browser.holds(
      `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2)(document.querySelector(".scrolled"))`,
    );
    // The line goes up with what is older.
    await page.click("Show older");
    await browser.holds(`${behindLine} === "unread 1"`);
    await Bun.sleep(1_300);
    expect((await asTerminal()).unread).toBe(0);
  },
  timeoutMs,
);

inPage(
  "a page that is behind another one counts in its title, and reads nothing",
  async () => {
    await page.join("ann");
    bob.say("seen");
    await page.shows("seen");
    const hide = (isHidden: boolean): Promise<unknown> =>
      browser.evaluate(`
        Object.defineProperty(document, "hidden", { configurable: true, value: ${isHidden} });
        document.dispatchEvent(new Event("visibilitychange"));
      `);
    await hide(true);
    bob.say("not seen");
    bob.say("nor this");
    await browser.holds(`document.title === "(2) Classroom"`);
    await hide(false);
    await browser.holds(`document.title === "Classroom" && ${behindLine} === "not seen"`);
    await browser.holds(`${chatMark} === undefined`);
  },
  timeoutMs,
);
