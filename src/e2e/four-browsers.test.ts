/**
 * A lesson on the page as it is served: a teacher and three students, each in a browser context of their own, two of
 * them on phones. They come in by the code that the teacher shows, talk, send a file, take a quiz, and drop out of
 * it and come back.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestPage } from "../classroom/web/page.test-support.ts";
import { chromium, TestBrowser } from "../lib/browser.test-support.ts";
import { CutNetwork } from "./cut-network.test-support.ts";
import { emptyFolder, executable, startServer, type RunningServer } from "./executable.test-support.ts";
import { readQr } from "./read-qr.test-support.ts";

if (chromium === undefined)
  process.stderr.write("skipped: no Chromium is installed, so nobody takes the lesson.\n");

let server: RunningServer;
let browser: TestBrowser;
let network: CutNetwork;
const opened: TestBrowser[] = [];
const timeoutMs = 60_000;
beforeAll(async () => {
  if (chromium === undefined) return;
  server = await startServer("--web", "0");
  browser = await TestBrowser.open();
  network = await CutNetwork.open();
}, timeoutMs);
afterAll(async () => {
  if (chromium === undefined) return;
  for (const each of opened) await each[Symbol.asyncDispose]().catch(() => {});
  await browser[Symbol.asyncDispose]();
  network.stop();
  await server.stop();
}, timeoutMs);

test.skipIf(chromium === undefined)(
  "four people, from the code on the teacher's screen to the report",
  async () => {
    const { console } = server;
    await console.prints("The page: ");
    console.type("/teacher");
    const printed = await console.prints("/teacher ");
    const link = /^The page: (\S+)/m.exec(printed)![1]!;
    const banks = join(server.folder, "pcs-data/banks");
    mkdirSync(banks, { recursive: true });
    writeFileSync(join(banks, "layers.gift"), questions);

    // The teacher, on the server's own machine.
    const teacher = await sit("desktop", link.replace(/\/\/.*:/, "//127.0.0.1:"));
    await teacher.join("Ms Frizzle");
    await teacher.redeem(/\/teacher (\S+)/.exec(printed)![1]!);
    await teacher.click("How students join");
    await teacher.shows(link);
    expect(await codeOnScreen(teacher)).toBe(link);

    // Students come by what their phones read there.
    const ann = await sit("phone", link);
    const bob = await sit("phone", link, await browser.openForAnother(network.proxy));
    const cem = await sit("desktop", link);
    for (const [page, name] of [
      [ann, "ann"],
      [bob, "bob"],
      [cem, "cem"],
    ] as const)
      await page.join(name);
    const all = [teacher, ann, bob, cem];

    // All say something in the same moment, and all read it in the same order.
    await Promise.all(all.map((page, at) => say(page, `I am ${at}`)));
    for (const page of all)
      await page.browser.holds(`document.querySelectorAll(".messages .text").length === 4`);
    const orders = await Promise.all(all.map(async (page) => await page.browser.evaluate(said)));
    expect((orders[0] as string[]).toSorted((a, b) => a.localeCompare(b))).toEqual(
      all.map((_, at) => `I am ${at}`),
    );
    for (const order of orders) expect(order).toEqual(orders[0]);

    // What is for one alone nobody else gets.
    await ann.tap("People");
    await ann.browser.evaluate(`document.querySelector('[aria-label="Write to Ms Frizzle alone"]').click()`);
    await say(ann, "may I go out?");
    await teacher.click("@ann");
    await teacher.shows("may I go out?");
    await say(teacher, "yes");
    await ann.shows("yes");
    for (const page of [bob, cem])
      expect(await page.browser.evaluate("document.body.innerText")).not.toContain("may I go out?");
    expect(console.output).not.toContain("may I go out?");

    // A file from a phone to a desktop, which is asked first.
    const downloads = emptyFolder();
    await cem.browser.saveInto(downloads);
    await bob.tap("Files");
    await bob.browser.evaluate(`document.querySelector("#file-to").value = "cem"`);
    await bob.giveFile("notes.bin", 300_000);
    await cem.click("Accept");
    await cem.click("Save");
    await bob.browser.holds(`document.querySelector('[data-state="sent"]') !== null`);
    // The browser makes its name before it fills it.
    const notes = join(downloads, "notes.bin");
    await until(() => existsSync(notes) && statSync(notes).size === 300_000);
    const sentBytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => at * 7));
    expect(readFileSync(notes).equals(sentBytes)).toBe(true);

    // A question, by a finger and by a key. In the middle of it a phone is closed, and opened again.
    await teacher.browser.evaluate(`document.querySelector("#seconds").value = ""`);
    await teacher.click("Start the quiz");
    for (const page of [ann, bob, cem]) await page.shows("Where does TCP live?");
    await ann.tap("Transport");
    await ann.shows("Your answer is kept.");
    await ann.browser[Symbol.asyncDispose]();
    await teacher.shows("1 of ");
    await cem.press("2");
    await cem.shows("Your answer is kept.");
    await bob.tap("Link");
    await bob.shows("Your answer is kept.");
    const annAgain = await sit("phone", link, await ann.browser.openAnother());
    await annAgain.logIn("ann");
    await annAgain.shows("Where does TCP live?");
    await annAgain.shows("Your answer is kept.");
    expect(await annAgain.browser.evaluate(chosen)).toEqual(["Transport"]);
    await teacher.shows("3 of 3 have answered");
    await teacher.click("Close");
    await teacher.click("Explain");
    for (const page of [annAgain, cem]) await page.shows("Right, 1 point");
    for (const page of [annAgain, cem]) await page.shows("It sits on IP.");
    await bob.shows("Wrong, 0 points");
    await bob.shows("That is below.");
    await bob.shows("Right: b. Transport");

    // The network of a phone goes away in the middle of the next one: it answers in the dark.
    await teacher.click("Next");
    await bob.shows("Which are fruit?");
    network.cut();
    await bob.shows("The connection is lost.");
    await bob.tap("apple");
    await bob.tap("pear");
    await bob.tap("Send answer");
    await bob.shows("Sending your answer");
    await annAgain.tap("apple");
    await annAgain.tap("Send answer");
    await annAgain.shows("Your answer is kept.");
    for (const key of ["a", "b", "Enter"]) await cem.press(key);
    await cem.shows("Your answer is kept.");
    network.mend();
    await bob.browser.evaluate(`window.dispatchEvent(new Event("online"))`);
    await bob.shows("Your answer is kept.");
    await teacher.shows("3 of 3 have answered");
    await teacher.click("Close");
    await teacher.click("Next");
    for (const page of [annAgain, bob, cem]) {
      await page.fill(".typed-answer", page === cem ? "8080" : "80");
      await page.press("Enter");
      await page.shows("Your answer is kept.");
    }
    await teacher.click("Close");
    await teacher.click("Leaderboard");
    for (const line of ["1. ann  2.5", "2. bob  2", "2. cem  2"]) await teacher.shows(line);
    expect(await teacher.browser.evaluate(isDoneInSight)).toBe(true);
    await teacher.click("Write results");
    await teacher.shows("The results so far are in ");
    await teacher.click("End the quiz");
    for (const [page, points] of [
      [annAgain, "2.5"],
      [bob, "2"],
      [cem, "2"],
    ] as const)
      await page.shows(`You have ${points} of 3 points.`);
    await console.prints("The results are in ");

    // What was kept is what each was told.
    const scores = join(server.folder, "pcs-data/all_quiz_scores");
    const report = Bun.spawnSync([executable(), "quiz", "report", join(scores, "layers.results.json")]);
    expect(report.stdout.toString()).toContain("Where does TCP live?");
    const { students, answers } = JSON.parse(readFileSync(join(scores, "layers.results.json"), "utf8")) as {
      students: { name: string }[];
      answers: { student: number; points: number }[];
    };
    const totals: Record<string, number> = {};
    for (const { student, points } of answers) {
      const { name } = students[student]!;
      totals[name] = (totals[name] ?? 0) + points;
    }
    expect([answers.length, totals]).toEqual([9, { ann: 2.5, bob: 2, cem: 2 }]);

    const hosts = new Set([new URL(link).host, new URL(teacher.url).host]);
    for (const each of opened) {
      // A browser complains of each try to connect where there is no network.
      const isOfCut = (error: string): boolean =>
        each === bob.browser && error.startsWith("WebSocket connection");
      expect(each.errors.filter((error) => !isOfCut(error))).toEqual([]);
      const isOwn = (url: string): boolean => /^(data|blob):/.test(url) || hosts.has(new URL(url).host);
      expect(each.requests.filter((url) => !isOwn(url))).toEqual([]);
    }
    for (const page of [teacher, annAgain, bob, cem])
      expect(await page.browser.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  },
  timeoutMs,
);

const questions = `Where does TCP live? {~Link#That is below. =Transport#It sits on IP. ~Internet}

Which are fruit? {~%50%apple ~%50%pear ~%-100%stone}

The port of HTTP? {#80}
`;

const isDoneInSight = `(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector(".done").getBoundingClientRect())`;
const said = `[...document.querySelectorAll(".messages .text")].map((each) => each.textContent)`;
const chosen = `[...document.querySelectorAll('.option[aria-pressed="true"] .text')].map((each) => each.textContent)`;

/** Somebody opens the page, in a context of their own. @param given one that is there already */
async function sit(kind: "phone" | "desktop", link: string, given?: TestBrowser): Promise<TestPage> {
  const own = given ?? (await browser.openForAnother());
  opened.push(own);
  const isPhone = kind === "phone";
  await own.send("Emulation.setDeviceMetricsOverride", {
    ...(isPhone
      ? { width: 360, height: 740, deviceScaleFactor: 2 }
      : { width: 1280, height: 800, deviceScaleFactor: 1 }),
    mobile: isPhone,
  });
  if (isPhone) await own.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  return new TestPage(own, link);
}

async function say(page: TestPage, text: string): Promise<void> {
  await page.fill("#say", text);
  await page.press("Enter");
}

/** The text in the code that is drawn on this screen. */
async function codeOnScreen(page: TestPage): Promise<string> {
  await page.browser.holds(`document.querySelector(".code").naturalWidth > 0`);
  const modules = await page.browser.evaluate(`(() => {
    const size = 400;
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const drawn = canvas.getContext("2d");
    drawn.drawImage(document.querySelector(".code"), 0, 0, size, size);
    const { data } = drawn.getImageData(0, 0, size, size);
    const isDark = (row, column) => data[(row * size + column) * 4] < 128;
    // Around the code it is light; the finder in its corner is seven modules wide.
    let corner = 0;
    while (!isDark(corner, corner)) corner++;
    let edge = corner;
    while (isDark(corner, edge)) edge++;
    const module = (edge - corner) / 7;
    const count = Math.round((size - 2 * corner) / module);
    const pixel = (at) => Math.floor(corner + (at + 0.5) * ((size - 2 * corner) / count));
    const all = [...Array(count).keys()];
    return all.map((row) => all.map((column) => isDark(pixel(row), pixel(column))));
  })()`);
  return readQr(modules as boolean[][]);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 400; tries++) await Bun.sleep(25);
}
