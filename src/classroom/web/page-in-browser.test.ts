/** The page as a student has it: on a phone, over a bad link, with keys, and with a screen reader's eyes. */
import { expect } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import { chromium, type TestBrowser } from "../../lib/browser.test-support.ts";
import { TestClient } from "../server/session/test-client.test-support.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import { classroomPages } from "./classroom-pages.test-support.ts";
import type { TestClassroom } from "./page-client.test-support.ts";
import type { TestPage } from "./page.test-support.ts";

if (chromium === undefined)
  process.stderr.write("skipped: no Chromium is installed, so the page is not looked at.\n");

let here: TestClassroom;
let browser: TestBrowser;
let page: TestPage;
const timeoutMs = 60_000;
const inPage = classroomPages(timeoutMs, async (opened) => {
  ({ here, browser, page } = opened);
  await lookThrough(browser, 360, "light");
});

inPage(
  "one joins, chats with an old client and a terminal, in private and in another room, and nothing said is markup",
  async () => {
    const old = await TestClient.registered(here.port, "carl");
    const bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
    await page.join("ann");
    await page.fill("#say", "<b>hi</b>");
    await page.press("Enter");
    expect(await bob.expect("m")).toMatchObject({ sender: "ann", text: "<b>hi</b>" });
    await bob.join("Physics");
    old.send("msg", "<img src=x onerror=alert(1)>");
    bob.tell("ann", "psst");
    await page.shows("<img src=x onerror=alert(1)>");
    expect(await browser.evaluate(`document.querySelectorAll("b b, .text img").length`)).toBe(0);
    await browser.holds(`document.querySelector(".own .state").textContent === ""`);

    expect(await bob.expect("m")).toMatchObject({ sender: "carl" });

    await page.click("@bob");
    await page.shows("psst");
    await page.fill("#say", "what?");
    await page.press("Enter");
    expect(await bob.expect("p")).toMatchObject({ from: "ann", to: "bob", text: "what?" });

    await page.click("Rooms");
    await page.click("Physics (1 here)");
    await browser.holds(`document.querySelector('[aria-current="true"].chip')?.textContent === "Physics"`);
    await page.fill("#say", "F = ma");
    await page.press("Enter");
    expect(await bob.expect("m")).toMatchObject({ sender: "ann", text: "F = ma" });
    // Nobody of the first protocol, nor the main room, heard of it.
    expect(here.screen.join()).not.toContain("F = ma");
    // Everything stands within a phone.
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(browser.errors).toEqual([]);
    const foreign = browser.requests.filter(
      (url) => new URL(url).host !== `127.0.0.1:${here.web.port}` && !url.startsWith("data:"),
    );
    expect(foreign).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "a wrong password is told and the right one taken; what was said before is there, and older when asked for",
  async () => {
    const bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
    for (let i = 1; i <= 120; i++) bob.say(`line ${i}.`);
    await bob.expect("ack").catch(() => {});
    await page.open();
    await page.fill("#name", "bob");
    await page.fill("#password", "not this one");
    await browser.click(`document.querySelector("#is-known")`);
    await page.press("Enter");
    await page.shows("Invalid username or password.");
    await browser.evaluate(`document.querySelector("#password").value = ""`);
    await page.fill("#password", "long enough");
    await page.press("Enter");
    await page.shows("line 120.");
    expect(await browser.evaluate(`document.querySelectorAll(".messages .text").length`)).toBe(50);
    await page.click("Show older");
    await page.shows("line 21.");
    await page.click("Show older");
    await page.shows("line 1.");
    const texts = `[...document.querySelectorAll(".messages .text")].map((each) => each.textContent)`;
    expect(await browser.evaluate(texts)).toEqual(Array.from({ length: 120 }, (_, at) => `line ${at + 1}.`));
  },
  timeoutMs,
);

inPage(
  "files go up with what they are, and those of the teacher come down",
  async () => {
    await page.join("ann");
    await page.click("Files");
    await page.giveFile("home work.bin", 3_000_000);
    await page.giveFile("empty.txt", 0);
    await browser.holds(`document.querySelectorAll('[data-state="sent"]').length === 2`);
    const kept = readFileSync(join(here.folder, "data/files/ann/home work.bin"));
    expect(Bun.SHA256.hash(kept, "hex")).toBe(
      Bun.SHA256.hash(
        Uint8Array.from({ length: 3_000_000 }, (_, at) => at * 7),
        "hex",
      ),
    );
    writeFileSync(join(here.folder, "handout.html"), "<script>alert(1)</script>".repeat(200_000));
    await here.operator.type("send_file:ann:.:handout.html");
    await browser.holds(`document.querySelector("a[download]")?.download === "handout.html"`);
    // It is saved, never shown: of no type that a browser opens.
    expect(
      await browser.evaluate(
        `fetch(document.querySelector("a[download]").href).then(() => "read", () => "refused")`,
      ),
    ).toBe("refused");
    await here.operator.type("");
    expect(here.screen).toContain("File 'handout.html' sent to ann.");
  },
  timeoutMs,
);

inPage(
  "a quiz by keys: the answer is told as kept only when it is, and the explanation and the result follow",
  async () => {
    writeFileSync(
      join(here.folder, "q.gift"),
      "Where does TCP live? {~Link =Transport#It sits on IP. ~Internet}\n\nThe port of HTTP? {#80}\n\n" +
        "Which are fruit? {~%50%apple ~%50%pear ~%-100%stone}",
    );
    await page.join("ann");
    await here.operator.type("/quiz q.gift paced");
    await page.shows("Where does TCP live?");
    await page.press("2");
    await page.shows("Your answer is kept.");
    expect(here.server.classroom.quizzes.quiz?.book.answeredCount(0, 1)).toBe(1);
    await here.operator.type("/close");
    await here.operator.type("/explain");
    await page.shows("Right, 1 point");
    await page.shows("It sits on IP.");
    await here.operator.type("/next");
    await page.shows("The port of HTTP?");
    await page.fill(".typed-answer", "80");
    await page.press("Enter");
    await page.shows("Your answer is kept.");
    await here.operator.type("/close");
    await here.operator.type("/next");
    await page.shows("Which are fruit?");
    await browser.evaluate(`document.activeElement.blur()`);
    await page.press("a");
    await page.press("b");
    await page.press("Enter");
    await page.shows("Your answer is kept.");
    await here.operator.type("/stop");
    await page.shows("You have 3 of 3 points.");
    expect(browser.errors).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "what was entered and not sent goes when the time is up; what nobody touched does not",
  async () => {
    writeFileSync(
      join(here.folder, "q.gift"),
      "Which are fruit? {~%50%apple ~%50%pear ~%-100%stone}\n\nThe port of HTTP? {#80}",
    );
    await page.join("ann");
    await here.operator.type("/quiz q.gift timed 2");
    await page.shows("Which are fruit?");
    await page.shows("Not answered");
    await here.operator.type("/next");
    await page.fill(".typed-answer", "80");
    await page.shows("Your answer is kept.");
    await here.operator.type("/stop");
    await page.shows("You have 1 of 2 points.");
    expect(browser.errors).toEqual([]);
  },
  timeoutMs,
);

inPage(
  "the connection drops while one writes and answers: one comes back to the same seat, and nothing is lost or doubled",
  async () => {
    writeFileSync(join(here.folder, "q.gift"), "Where does TCP live? {~Link =Transport}");
    const bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
    await page.join("ann");
    await here.operator.type("/quiz q.gift paced");
    await page.shows("Where does TCP live?");
    await browser.setOffline(true);
    const ann = here.server.classroom.peers.find("ann");
    ann?.connection.destroy();
    await page.shows("The connection is lost.");
    await page.press("2");
    await page.shows("Sending your answer");
    await page.click("Chat");
    await page.fill("#say", "said in the dark");
    await page.press("Enter");
    await page.shows("on its way");
    expect(here.server.classroom.quizzes.quiz?.book.answeredCount(0, 1)).toBe(0);
    bob.say("said meanwhile");
    await browser.setOffline(false);
    await browser.evaluate(`window.dispatchEvent(new Event("online"))`);
    await page.shows("said meanwhile");
    await browser.holds(`document.querySelector(".own .state").textContent === ""`);
    await page.click("Quiz");
    await page.shows("Your answer is kept.");
    expect(here.server.classroom.quizzes.quiz?.book.answeredCount(0, 1)).toBe(1);
    const said = here.screen.filter((line) => line === "Client ann: said in the dark");
    expect(said).toHaveLength(1);
    // A reload keeps the seat too.
    await browser.send("Page.reload");
    await page.shows("Where does TCP live?");
    await page.shows("Your answer is kept.");
    await page.click("Chat");
    await page.shows("said in the dark");
    expect(
      await browser.evaluate(
        `[...document.querySelectorAll(".messages .text")].filter((each) => each.textContent === "said in the dark").length`,
      ),
    ).toBe(1);
  },
  timeoutMs,
);

inPage(
  "a second tab takes the seat; the first one says so, and may take it back",
  async () => {
    await page.join("ann");
    const again = await PeerClient.greeted(here.port);
    await again.logIn({ name: "ann", password: "long enough" });
    await page.shows("You logged in from another place");
    await page.click("Come back");
    await browser.holds(`document.querySelector(".room") !== null`);
    expect(await again.expect("bye")).toMatchObject({ code: "replaced" });
    await page.click("Leave");
    await page.shows("You left the classroom.");
    expect(await browser.evaluate("sessionStorage.length")).toBe(0);
  },
  timeoutMs,
);
