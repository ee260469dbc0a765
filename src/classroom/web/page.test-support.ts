/** What a person does with the classroom page, in a browser of a test. */
import { press, tap, type } from "../../lib/browser-input.test-support.ts";
import type { TestServer } from "../server/session/test-client.test-support.ts";
import type { TestBrowser } from "../../lib/browser.test-support.ts";

export class TestPage {
  readonly browser: TestBrowser;
  readonly url: string;

  constructor(browser: TestBrowser, url: string) {
    this.browser = browser;
    this.url = url;
  }

  /** Goes to where one joins. */
  async open(): Promise<void> {
    await this.browser.goTo(this.url, `document.querySelector("#name") !== null`);
  }

  /** Joins as somebody who is new, and waits until one is in. */
  async join(name: string, password = "long enough"): Promise<void> {
    await this.open();
    await this.fill("#name", name);
    await this.fill("#password", password);
    await this.press("Enter");
    await this.browser.holds(`document.querySelector(".room") !== null`);
  }

  /** Comes back under a name that one has. */
  async logIn(name: string, password = "long enough"): Promise<void> {
    await this.open();
    await this.browser.evaluate(`document.querySelector("#is-known").click()`);
    await this.fill("#name", name);
    await this.fill("#password", password);
    await this.press("Enter");
    await this.browser.holds(`document.querySelector(".room") !== null`);
  }

  async fill(selector: string, text: string): Promise<void> {
    const field = `document.querySelector(${JSON.stringify(selector)})`;
    await this.browser.holds(`${field}?.focus(), ${field} !== null && document.activeElement === ${field}`);
    await type(this.browser, text);
  }

  press(key: string): Promise<void> {
    return press(this.browser, key);
  }

  /** Presses the button that is in sight and begins so. */
  async click(text: string): Promise<void> {
    const buttons = `[...document.querySelectorAll("button, a.button, summary")]`;
    await this.browser.click(
      `${buttons}.find((each) => each.offsetParent !== null && each.textContent.startsWith(${JSON.stringify(text)}))`,
    );
  }

  /** Brings a part of the classroom into sight; on a large screen all are. */
  async turnTo(part: string): Promise<void> {
    const tab = `[...document.querySelectorAll(".tabs button")].find((each) => each.textContent.startsWith(${JSON.stringify(part)}))`;
    await this.browser.holds(`(${tab}?.click(), ${tab} !== undefined)`);
  }

  /** Touches what can be pressed, is in sight and has this in it; nothing else may lie over it. */
  async tap(text: string): Promise<void> {
    const found = `[...document.querySelectorAll("button, a.button, summary")].find((each) => each.offsetParent !== null && each.textContent.includes(${JSON.stringify(text)}))`;
    await this.browser.holds(`${found} !== undefined`);
    const at = (await this.browser.evaluate(`(() => {
      const button = ${found};
      button.scrollIntoView({ block: "center" });
      const { left, top, width, height } = button.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      return button.contains(document.elementFromPoint(x, y)) ? [x, y] : "covered";
    })()`)) as [number, number] | "covered";
    if (at === "covered") throw new Error(`something lies over '${text}'`);
    await tap(this.browser, at);
  }

  async shows(text: string): Promise<void> {
    await this.browser.holds(`document.body.innerText.includes(${JSON.stringify(text)})`);
  }

  /** The same with a code that the console makes now. */
  async becomeTeacher({ operator, screen }: Pick<TestServer, "operator" | "screen">): Promise<void> {
    await operator.type("/teacher");
    await this.redeem(/[A-Z0-9]{4}(-[A-Z0-9]{4})+/.exec(screen.at(-1)!)![0]);
  }

  /** Redeems a code that makes a teacher, and goes to where one teaches. */
  async redeem(code: string): Promise<void> {
    await this.turnTo("People");
    await this.browser.holds(`document.querySelector(".people-panel details").open = true`);
    await this.fill("#teacher-code", code);
    await this.press("Enter");
    await this.shows("You are a teacher now.");
    await this.turnTo("Teach");
  }

  /** Picks files of text in a field. */
  async giveText(selector: string, ...files: readonly [name: string, text: string][]): Promise<void> {
    await this.browser.evaluate(`(() => {
      const transfer = new DataTransfer();
      for (const [name, text] of ${JSON.stringify(files)}) transfer.items.add(new File([text], name));
      const pick = document.querySelector(${JSON.stringify(selector)});
      pick.files = transfer.files;
      pick.dispatchEvent(new Event("change"));
    })()`);
  }

  /** Drops a file of text on what is there. @returns whether the page kept the browser from opening it */
  async dropText(selector: string, name: string, text: string): Promise<boolean> {
    const isOpened = await this.browser.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      const place = document.querySelector(${JSON.stringify(selector)});
      return place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    return isOpened === false;
  }

  /** Picks a file of so many bytes; the byte at a place is seven times the place. */
  async giveFile(name: string, bytes: number): Promise<void> {
    await this.browser.evaluate(`(() => {
      const data = Uint8Array.from({ length: ${bytes} }, (_, at) => at * 7);
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], ${JSON.stringify(name)}));
      const pick = document.querySelector("#file-pick");
      pick.files = transfer.files;
      pick.dispatchEvent(new Event("change"));
    })()`);
  }
}
