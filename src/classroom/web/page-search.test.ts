/** Search on the page: in rooms and private messages of one's own, to the place where it was said. */
import { expect } from "bun:test";
import { join } from "node:path";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";
import { openDatabase } from "../../store/sqlite/database.ts";
import { openMessages } from "../../store/sqlite/open-messages.ts";
import { ThreadedSearch } from "../../store/sqlite/threaded-search.ts";
import { temporaryFolders } from "../../store/temporary-folder.test-support.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import type { TestPage } from "./page.test-support.ts";

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
let bob: PeerClient;
let stopStores = async (): Promise<unknown> => undefined;
const timeoutMs = 90_000;
const inPage = classroomPages(
  timeoutMs,
  async (opened) => {
    ({ here, browser, page } = opened);
    await lookThrough(browser, 360, "light");
    bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
  },
  () => {
    const folder = makeFolder();
    const accounts = openDatabase(join(folder, "pcs.sqlite"));
    const path = join(folder, "messages.sqlite");
    const { store } = openMessages(path, accounts, fail);
    accounts.close();
    const search = new ThreadedSearch(path, join(folder, "search.sqlite"), fail);
    stopStores = () => Promise.all([store.close(), search.close()]);
    return { ports: { messages: store, search } };
  },
  () => stopStores(),
);
// Behind the end of all that is in it.
const makeFolder = temporaryFolders();

const fail = (problem: string): never => {
  throw new Error(problem);
};
const found = `[...document.querySelectorAll(".found li")].map((each) => each.innerText.replaceAll(/\\s+/g, " "))`;
const sought = `document.querySelector(".sought .text")?.textContent`;

/** Looks for words until the index has caught up. */
async function look(words: string): Promise<void> {
  for (let isBehind = true; isBehind;) {
    await browser.evaluate(`document.querySelector("#search-words").value = ""`);
    await page.fill("#search-words", words);
    await page.press("Enter");
    await browser.holds(`!document.querySelector(".search").innerText.includes("Searching …")`);
    isBehind = (await browser.evaluate(
      `document.querySelector(".search").innerText.includes("may be missing")`,
    )) as boolean;
  }
}

inPage(
  "what is found is shown with room, person and time, and only what one may see; one goes to its place by keys",
  async () => {
    const eve = await PeerClient.registered(here.port, "eve");
    await eve.join();
    await page.join("ann");
    bob.say("the homework is on layers");
    for (let at = 1; at <= 300; at++) bob.say(`chatter ${at}`);
    bob.tell("ann", "homework? I have none");
    bob.tell("eve", "homework for eve alone");
    await bob.join("secret", {});
    bob.say("homework of a room that ann is not in", 2);
    bob.say("<b>homework</b> & more");
    await page.shows("<b>homework</b> & more");
    // Of before there is here no more than the latest.
    await browser.send("Page.reload");
    await page.shows("chatter 300");
    await browser.evaluate("document.activeElement.blur()");
    await page.press("/");
    await browser.holds(`document.activeElement.id === "search-words"`);
    await look("Homework");
    await browser.holds(`${found}.length === 3`);
    const [last, alone, first] = (await browser.evaluate(found)) as string[];
    expect(last).toMatch(/^main · bob · .+ <b>homework<\/b> & more$/);
    expect(alone).toMatch(/^private, with bob · bob · .+ homework\? I have none$/);
    expect(first).toMatch(/^main · bob · .+ the homework is on layers$/);
    expect(
      await browser.evaluate(`[...document.querySelectorAll("mark")].map((each) => each.textContent)`),
    ).toEqual(["homework", "homework", "homework"]);
    expect(await browser.evaluate(`document.querySelectorAll(".found b b").length`)).toBe(0);

    // Down to the oldest, which is not among what is shown, and to its place.
    for (let downs = 0; downs < 3; downs++) {
      await page.press("ArrowDown");
      if (await browser.evaluate(`document.activeElement.innerText.includes("layers")`)) break;
    }
    await page.press("Enter");
    await browser.holds(`${sought} === "the homework is on layers"`);
    await browser.holds(`document.activeElement.classList.contains("sought")`);
    await page.shows("chatter 40");
    expect(await browser.evaluate("document.body.innerText")).not.toContain("chatter 60");
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(360);

    // What comes meanwhile is not lost, and is a press away.
    bob.say("said meanwhile");
    await browser.holds(`document.querySelector(".tabs button:first-child .mark") !== null`);
    await page.click("To the latest");
    await page.shows("said meanwhile");
    await page.shows("chatter 300");
    expect(browser.errors).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "in one room alone, older ones when asked for, nothing, what is wrong, and no connection",
  async () => {
    await page.join("ann");
    for (let at = 1; at <= 30; at++) bob.say(`layer ${at}`);
    await bob.join("Physics");
    bob.say("layer of physics", 2);
    await page.shows("layer 30");
    await page.click("Rooms");
    await page.click("Physics (1 here)");
    await page.shows("layer of physics");
    await page.click("Search");
    await look("layer");
    await browser.holds(`${found}.length === 20`);
    await page.click("Show older");
    await browser.holds(`${found}.length === 31`);
    await browser.evaluate(`document.querySelector("#search-here").click()`);
    await look("layer");
    await browser.holds(`${found}.length === 1`);
    await look("nobody said this");
    await page.shows("Nothing is found for nobody said this.");
    await look("a*");
    await page.shows("3 letters");
    await browser.holds(`${found}.length === 0`);
    await look('"');
    await browser.holds(`document.querySelector(".search .problem").textContent !== ""`);
    // A search that is on its way when the connection goes.
    await browser.setOffline(true);
    here.server.classroom.peers.find("ann")?.connection.destroy();
    await page.shows("The connection is lost.");
    await look("layer");
    await page.shows("Search again when it is back.");
    await browser.setOffline(false);
    await browser.evaluate(`window.dispatchEvent(new Event("online"))`);
    await browser.holds(`!document.body.innerText.includes("What you write is kept")`);
    await look("layer");
    await browser.holds(`${found}.length === 1`);
  },
  timeoutMs,
);
