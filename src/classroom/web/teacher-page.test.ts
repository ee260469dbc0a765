/** The teacher's side of the page: a code makes a teacher, who steers a quiz and keeps order. */
import { expect } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";
import { hello, PeerClient } from "../server/peer/peer-client.test-support.ts";
import { TestClient } from "../server/session/test-client.test-support.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import type { TestPage } from "./page.test-support.ts";

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
const timeoutMs = 90_000;
const inPage = classroomPages(timeoutMs, (opened) => {
  ({ here, browser, page } = opened);
  mkdirSync(join(here.folder, "data/banks"), { recursive: true });
  writeFileSync(
    join(here.folder, "data/banks/layers.gift"),
    "Where does TCP live? {~Link =Transport ~Internet}\n\nThe port of HTTP? {#80}",
  );
});

inPage(
  "a quiz out of the folder: started, counted while it is open, explained, ended",
  async () => {
    await lookThrough(browser, 360, "light");
    await page.join("Ms Frizzle");
    await page.becomeTeacher(here);
    const bob = await PeerClient.registered(here.port, "bob", { ...hello });
    await bob.join();
    const old = await TestClient.registered(here.port, "carl");
    await page.shows("layers.gift");
    await page.click("How students join");
    await page.shows(`http://192.0.2.5:${here.web.port}/`);
    await browser.holds(`document.querySelector(".code").naturalWidth > 0`);
    await page.click("Start the quiz");
    await page.shows("0 of 2 have answered");
    const { quiz } = (await bob.expect("quiz")) as { quiz: number };
    bob.send("answer", { tag: bob.tag++, quiz, number: 1, answer: "b", round: 1 });
    old.send("quiz_answer", "c");
    await page.shows("2 of 2 have answered");
    await browser.holds(
      `document.querySelector(".bars ol").innerText.replaceAll("\\n", " ") === "a. Link: 0 b. Transport: 1 c. Internet: 1"`,
    );
    expect(await browser.evaluate(`document.querySelector(".bars canvas") !== null`)).toBe(true);
    await page.click("Close");
    await page.click("Explain");
    // Until it is explained the server refuses what is meant for later.
    await browser.holds(`!document.querySelector(".steering").innerText.includes("Explain")`);
    await page.click("Next");
    await page.shows("0 of 2 have answered");
    await page.click("End the quiz");
    await page.shows("Start a quiz");
    // Who teaches took no part.
    await page.turnTo("Quiz");
    await page.shows("Quiz is over.");
    expect(await browser.evaluate("document.body.innerText")).not.toContain("You have");
    expect(browser.errors).toEqual([]);
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(360);
  },
  timeoutMs,
);

inPage(
  "hands, mute, exam and kick, and who is no teacher sees none of it",
  async () => {
    await lookThrough(browser, 1280, "dark");
    await page.join("Ms Frizzle");
    expect(await browser.evaluate(`document.querySelector(".teach").offsetParent`)).toBe(null);
    await lookThrough(browser, 360, "dark");
    await page.becomeTeacher(here);
    const bob = await PeerClient.registered(here.port, "bob", { capabilities: ["teach", "quiz"] });
    await bob.join();
    bob.send("hand", { up: true });
    await page.click("Lower");
    await page.shows("No hand is up.");
    await page.click("Mute");
    await page.shows("muted");
    bob.say("psst");
    for (let heard = await bob.next(); heard.header !== "error"; heard = await bob.next());
    await page.click("Unmute");
    await page.click("Exam");
    await browser.holds(`document.querySelector(".class-controls [aria-pressed]").ariaPressed === "true"`);
    await page.click("Exam");
    await browser.holds(`document.querySelector(".class-controls [aria-pressed]").ariaPressed === "false"`);
    await page.click("Kick");
    await bob.untilClosed();
    await browser.holds(`!document.querySelector(".class-controls").innerText.includes("bob")`);
    expect(browser.errors).toEqual([]);
  },
  timeoutMs,
);
