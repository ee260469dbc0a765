/** An original client, a terminal client and a browser in one class: the same chat, and the same quiz. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TestPage } from "../classroom/web/page.test-support.ts";
import { lookThrough } from "../lib/browser-input.test-support.ts";
import { chromium, TestBrowser } from "../lib/browser.test-support.ts";
import {
  emptyFolder,
  executable,
  startServer,
  Typed,
  type RunningServer,
} from "./executable.test-support.ts";
import { OldClient } from "./old-client.test-support.ts";

if (chromium === undefined)
  process.stderr.write("skipped: no Chromium is installed, so no browser joins the class.\n");

let server: RunningServer;
let browser: TestBrowser;
const timeoutMs = 120_000;
beforeAll(async () => {
  if (chromium === undefined) return;
  server = await startServer("--web", "0");
  browser = await TestBrowser.open();
}, timeoutMs);
afterAll(async () => {
  if (chromium === undefined) return;
  await browser[Symbol.asyncDispose]();
  await server.stop();
}, timeoutMs);

test.skipIf(chromium === undefined)(
  "each hears what the others say, and each answer counts",
  async () => {
    const { console } = server;
    const link = /^The page: (\S+)/m.exec(await console.prints("The page: "))![1]!;
    await lookThrough(browser, 360, "light");
    const page = new TestPage(browser, link.replace(/\/\/[^/]+:/, "//127.0.0.1:"));
    await page.join("bea");
    const terminal = new Typed([executable(), "join", "127.0.0.1", String(server.port), "--user", "tom"], {
      cwd: emptyFolder(),
      env: { PCS_PASSWORD: "long enough" },
    });
    terminal.type("no");
    await terminal.prints("You joined the server.");
    const old = await OldClient.registered(server.port, "olga");

    await page.fill("#say", "from the page");
    await page.press("Enter");
    terminal.type("msg:from the terminal");
    old.type("msg:from the old one");
    for (const text of ["Client bea: from the page", "Client olga: from the old one"])
      await terminal.prints(text);
    for (const text of ["from the terminal", "from the old one"]) await page.shows(text);
    const heard = [await old.next(), await old.next()].map((event) =>
      event.kind === "frame" ? event.payload : "",
    );
    expect(heard.toSorted((a, b) => a.localeCompare(b))).toEqual([
      "Client bea: from the page\n",
      "Client tom: from the terminal\n",
    ]);

    console.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:scores.csv");
    await terminal.prints("Which of these does TCP not promise?");
    const asked = await old.next();
    expect(asked.kind === "frame" && asked.payload).toStartWith("Question 1: ");
    await page.shows("Which of these does TCP not promise?");
    old.type("quiz_answer:c a b a c");
    await old.frame("info", "Quiz is over. Thank you for participating!\n");
    terminal.type("quiz_answer:c a b c a");
    await terminal.prints("Quiz is over.");
    for (const [question, letter] of ["c", "a", "a", "a", "c"].entries())
      await browser.click(
        `[...document.querySelectorAll(".question")][${question}].querySelectorAll(".option")[${letter.charCodeAt(0) - 97}]`,
      );
    await page.click("Send all answers");
    await page.shows("Quiz is over.");
    const scores = readFileSync(join(server.folder, "pcs-data/all_quiz_scores/scores.csv"), "utf8");
    expect(scores.trim().split("\n").toSorted()).toEqual(["bea,4", "olga,5", "tom,3"]);
    terminal.process.kill();
    old.close();
  },
  timeoutMs,
);
