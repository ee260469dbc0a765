/** Every screen of the page as axe-core judges it: names, roles, contrast, in light and in dark. */
import { expect } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";
import type { MessageSearch } from "../chat/message-search.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import type { TestPage } from "./page.test-support.ts";

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
const found: string[] = [];
const timeoutMs = 200_000;
const inPage = classroomPages(
  timeoutMs,
  (opened) => {
    ({ here, browser, page } = opened);
  },
  () => ({ ports: { search: foundOnce } }),
);

/** A search that finds a message, and is not at the end of it. */
const foundOnce: MessageSearch = {
  search: () =>
    Promise.resolve({
      found: [{ id: 1, timeMs: 0, room: 1, sender: "bob", recipient: "", text: "homework on layers" }],
      isMore: true,
      isBehind: true,
    }),
  wake() {},
  close: () => Promise.resolve(),
};

/** Looks at what is in sight, on a desk in the dark and on a phone in the light. */
async function look(screen: string): Promise<void> {
  for (const [width, scheme] of [
    [1280, "dark"],
    [360, "light"],
  ] as const) {
    await lookThrough(browser, width, scheme);
    const wrong = (await browser.evaluate(
      `(async () => {
        if (window.axe === undefined) (0, eval)(${JSON.stringify(axe.source)});
        const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html));
      })()`,
    )) as string[];
    found.push(...wrong.map((each) => `${screen}, ${width} ${scheme}: ${each}`));
  }
}

inPage(
  "nothing is wrong with joining, chat, rooms, people, files, a quiz and its end",
  async () => {
    writeFileSync(
      join(here.folder, "q.gift"),
      "Where does TCP live? {~Link =Transport#It sits on IP.}\n\nThe port of HTTP? {#80}\n\n" +
        "Which are fruit? {~%50%apple ~%50%pear ~%-100%stone}\n\nMatch {=dog -> Hund =cat -> Katze =cow -> Kuh}",
    );
    await lookThrough(browser, 360, "light");
    await page.open();
    await look("joining");
    await page.fill("#name", "ann");
    await page.fill("#password", "short");
    await page.press("Enter");
    await page.shows("A password has at least 8 characters");
    await look("a login that is refused");
    await page.join("ann");
    await page.fill("#say", "hello");
    await page.press("Enter");
    await here.operator.type("hand in by ten");
    await page.shows("hand in by ten");
    await look("chat");
    await page.click("Rooms");
    await look("rooms");
    await page.click("Close");
    await page.click("People");
    await look("people");
    await page.click("Files");
    await page.giveFile("a.txt", 10);
    await here.operator.type("send_file:ann:.:q.gift");
    await browser.holds(`document.querySelector("a[download]") !== null`);
    await look("files");
    await here.operator.type("/collect hw1");
    await page.shows("Nothing is handed in yet.");
    await look("a file that is asked for");
    await page.giveText("#handin-1", ["essay.txt", "my words"]);
    await page.shows("Handed in: essay.txt");
    await look("a receipt");
    await here.operator.type("/quiz q.gift paced 300");
    await page.shows("Where does TCP live?");
    await look("a question");
    await page.press("2");
    await page.shows("Your answer is kept.");
    await here.operator.type("/close");
    await here.operator.type("/explain");
    await page.shows("It sits on IP.");
    await look("an explanation");
    for (const text of ["The port of HTTP?", "Which are fruit?", "Match"]) {
      await here.operator.type("/close");
      await here.operator.type("/next");
      await page.shows(text);
      await look(text);
    }
    await here.operator.type("/stop");
    await page.shows("Quiz is over.");
    await look("the end");
    mkdirSync(join(here.folder, "data/banks"), { recursive: true });
    writeFileSync(
      join(here.folder, "data/banks/layers.gift"),
      "Where does TCP live? {~Link =Transport ~Internet}",
    );
    await page.becomeTeacher(here);
    await page.shows("layers.gift");
    await page.click("How students join");
    await browser.holds(`document.querySelector(".code").naturalWidth > 0`);
    await look("teaching");
    const bob = await PeerClient.registered(here.port, "bob", { capabilities: ["teach", "quiz"] });
    await bob.join();
    bob.send("hand", { up: true });
    await page.shows("Lower");
    await page.giveText("#bank-pick", ["wrong.gift", "1+1? {=2 ~3"]);
    await page.shows("'wrong.gift' was not kept: 1 error.");
    await page.giveText("#bank-pick", ["layers.gift", "1+1? {=2 ~3}"]);
    await page.shows("There is a file 'layers.gift' already");
    await look("questions that are sent");
    await page.click("Who has handed in");
    await page.shows("Missing: bob");
    await look("hand-ins");
    await page.click("Files");
    await browser.evaluate(`document.querySelector("#file-to").value = "@main"`);
    await page.giveFile("notes.bin", 10);
    await page.shows("0 of 1 have it, 1 did not get it");
    await page.click("Who has it");
    await look("a file to everybody");
    await page.click("Teach");
    await page.click("Start the quiz");
    await page.shows("have answered");
    await look("a quiz that is steered");
    await page.click("Leave");
    await page.shows("You left the classroom.");
    await look("the end");
    expect(found).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "nothing is wrong with search, what is new, a quiz that is voted on again, exam mode, a lost connection and its end",
  async () => {
    found.length = 0;
    writeFileSync(join(here.folder, "q.gift"), "Where does TCP live? {~Link =Transport}");
    writeFileSync(
      join(here.folder, "o.csv"),
      "question,type,option1,option2\nSort them,order,Link,Internet\n",
    );
    const bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
    await lookThrough(browser, 360, "light");
    await page.join("ann");
    await page.turnTo("Files");
    bob.say("news");
    bob.tell("ann", "psst");
    await browser.holds(`document.querySelector(".tabs button:first-child .mark")?.textContent === "2"`);
    await look("what is unread, behind a tab");
    await page.turnTo("Chat");
    await page.shows("New since you left");
    await look("what is new");
    await page.click("@bob");
    await look("a private conversation");
    await page.click("Search");
    await page.fill("#search-words", "homework");
    await page.press("Enter");
    await page.shows("homework on layers");
    await look("what is found");
    await browser.evaluate(`document.querySelector("#search-words").value = ""`);
    await page.fill("#search-words", "a*");
    await page.press("Enter");
    await browser.holds(`document.querySelector(".search .problem").textContent !== ""`);
    await look("a search that is refused");
    await page.click("Close");
    await page.turnTo("People");
    await page.click("Raise your hand");
    await page.shows("Your hand is up");
    await look("a hand that is up");

    await here.operator.type("/quiz q.gift paced 300 lobby");
    await page.turnTo("Quiz");
    await page.shows("The quiz begins soon.");
    await look("a lobby");
    await here.operator.type("/start");
    await page.shows("Where does TCP live?");
    await page.press("1");
    await page.shows("Your answer is kept.");
    await here.operator.type("/pause");
    await page.shows("paused");
    await look("a pause");
    await here.operator.type("/resume");
    await here.operator.type("/close");
    await page.shows("closed");
    await look("a question that is closed");
    await here.operator.type("/again");
    await page.shows("Vote again");
    await look("a second vote");
    await here.operator.type("/stop");
    await here.operator.type("/quiz o.csv paced survey");
    await page.shows("Sort them");
    await look("an order, and a survey");
    await here.operator.type("/stop");

    await here.operator.type("/exam on");
    await page.turnTo("Chat");
    await page.shows("Exam: chat and files are off.");
    await look("an exam");
    await here.operator.type("/exam off");
    await here.operator.type("/mute ann");
    await page.fill("#say", "am I muted?");
    await page.press("Enter");
    await page.shows("not sent");
    await look("a message that is refused");
    await here.operator.type("/unmute ann");
    await browser.setOffline(true);
    here.server.classroom.peers.find("ann")?.connection.destroy();
    await page.shows("The connection is lost.");
    await look("a lost connection");
    await browser.setOffline(false);
    await browser.evaluate(`window.dispatchEvent(new Event("online"))`);
    await browser.holds(`!document.body.innerText.includes("The connection is lost.")`);
    await here.operator.type("/ban ann 60 spam");
    await page.shows("Come back");
    await look("a ban");
    expect(found).toEqual([]);
  },
  timeoutMs,
);
