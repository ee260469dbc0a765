/** Files of a teacher on the page: questions from the teacher's own machine, one file to the whole class, hand-ins. */
import { expect } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import { TestPage } from "./page.test-support.ts";

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
const timeoutMs = 90_000;
const inPage = classroomPages(timeoutMs, (opened) => {
  ({ here, browser, page } = opened);
});
const bank = (name: string): string => readFileSync(join(here.folder, "data/banks", name), "utf8");

/** A teacher on a phone, and a student who has no page. */
async function teacherAndBob(scheme: "light" | "dark"): Promise<PeerClient> {
  await lookThrough(browser, 360, scheme);
  await page.join("Ms Frizzle");
  await page.becomeTeacher(here);
  const bob = await PeerClient.registered(here.port, "bob");
  await bob.join();
  return bob;
}

/** A student's page beside the teacher's; of another origin, so that it has a seat of its own. */
function studentPage(window: TestBrowser): TestPage {
  return new TestPage(window, `http://localhost:${here.web.port}/`);
}

const right = "1+1? {=2 ~3}\n\n2+2? {=4 ~5}\n";

inPage(
  "a quiz of a file from this machine: what is wrong is told, what is there is not replaced unasked, then it is started",
  async () => {
    const bob = await teacherAndBob("light");
    await page.shows("none on the server yet");
    await page.giveText("#bank-pick", ["sums.gift", "1+1? {=2 ~3}\n\n2+2? {=4 ~5\n"]);
    await page.shows("sums.gift, line 3, column");
    await page.shows("'sums.gift' was not kept: 1 error.");
    await page.click("Hide");
    expect(await page.dropText("h1", "stray.gift", right)).toBe(true);
    await page.dropText(".bank-upload .drop", "sums.gift", right);
    await page.shows("kept, 2 questions");
    await browser.holds(`document.querySelector("#bank").value === "sums.gift"`);
    await page.giveText("#bank-pick", ["sums.gift", "3+3? {=6 ~7}\n"]);
    await page.shows("There is a file 'sums.gift' already, and it was left as it is.");
    expect(bank("sums.gift")).toBe(right);
    await page.click("Replace");
    await page.shows("kept, 1 question");
    expect(bank("sums.gift")).toBe("3+3? {=6 ~7}\n");
    expect(existsSync(join(here.folder, "data/banks/stray.gift"))).toBe(false);
    await page.giveText(
      "#bank-pick",
      ["quiz_ans.txt", "b a\n"],
      ["quiz_ques.txt", "1+1?\na. 3 b. 2\n2+2?\na. 4 b. 5\n"],
    );
    await page.shows("kept as quiz_ques.json, 2 questions");
    await browser.holds(`document.querySelector("#bank").value === "quiz_ques.json"`);
    await page.click("Start the quiz");
    await page.shows("0 of 1 have answered");
    expect(await bob.expect("quiz")).toMatchObject({ title: "quiz_ques", questions: 2 });
    await page.click("Skip");
    await page.click("End the quiz");
    await page.shows("Start a quiz");
    expect(browser.errors).toEqual([]);
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(360);
  },
  timeoutMs,
);

inPage(
  "a file to everybody goes up once: a row for each receiver, stopped for who has not got it",
  async () => {
    await teacherAndBob("dark");
    await using student = await browser.openAnother();
    const eve = studentPage(student);
    await eve.join("eve");
    await page.click("Files");
    await browser.holds(`document.querySelector('#file-to option[value="@main"]') !== null`);
    await browser.evaluate(`document.querySelector("#file-to").value = "@main"`);
    const began = here.server.classroom.totals.filesKept;
    await page.giveFile("notes.bin", 900_000);
    await page.shows("1 of 2 has it");
    // It came by itself.
    await eve.browser.holds(`document.querySelector("a[download]")?.download === "notes.bin"`);
    await page.click("Who has it");
    await page.shows("has it");
    await page.click("Stop");
    await page.shows("1 of 2 has it, 1 did not get it");
    await page.shows("did not get it: It was stopped");
    await page.click("Hide");
    await browser.holds(`document.querySelector(".receivers") === null`);
    expect(here.server.classroom.totals.filesKept).toBe(began);
    expect(browser.errors).toEqual([]);
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(360);
  },
  timeoutMs,
);

inPage(
  "hand-ins are collected: the student sees what is asked and the receipt, the teacher who is missing",
  async () => {
    const bob = await teacherAndBob("light");
    await using student = await browser.openAnother();
    const eve = studentPage(student);
    await lookThrough(student, 360, "dark");
    await eve.join("eve");
    await page.click("Collect hand-ins");
    await page.fill("#collect-name", "hw1");
    await page.press("Enter");
    await page.shows("0 of 2 handed in");
    await page.shows("Missing: bob, eve");
    await eve.shows("'hw1' is asked of you: hand it in under Files.");
    // Exam mode stops other files, and not these.
    await page.click("Exam: chat");
    await eve.click("Files");
    await eve.shows("Nothing is handed in yet.");
    await eve.giveText("#handin-1", ["essay.txt", "my words"]);
    await eve.shows("Handed in: essay.txt, 8 B");
    const hash = Bun.SHA256.hash("my words", "hex");
    await eve.shows(`SHA-256 ${hash}`);
    await page.shows("1 of 2 handed in");
    await page.shows("Missing: bob");
    bob.connection.destroy();
    await page.shows("Missing: bob (not here)");
    await page.click("Who has handed in");
    await page.shows(`SHA-256 ${hash}`);
    expect(readFileSync(join(here.folder, "data/collected/hw1/eve/essay.txt"), "utf8")).toBe("my words");
    await eve.dropText("#handin-1", "essay.txt", "better words");
    await eve.shows("Handed in: essay.txt, 12 B");
    await page.shows(`SHA-256 ${Bun.SHA256.hash("better words", "hex")}`);
    // Who comes back sees the receipt again.
    await eve.browser.evaluate("location.reload()");
    await eve.browser.holds(`document.querySelector(".room") !== null`);
    await eve.click("Files");
    await eve.shows("Handed in: essay.txt, 12 B");
    await page.click("End");
    await page.shows("it is not collected any more");
    await eve.browser.holds(`document.querySelector("#handin-1") === null`);
    await page.click("Hide");
    await browser.holds(`document.querySelector(".collect .files").childElementCount === 0`);
    expect([...browser.errors, ...student.errors]).toEqual([]);
    for (const each of [browser, student])
      expect(await each.evaluate("document.documentElement.scrollWidth")).toBe(360);
  },
  timeoutMs,
);
