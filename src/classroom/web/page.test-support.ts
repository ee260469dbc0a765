/** What a person does with the classroom page, in a browser of a test. */
import { press, type } from "../../lib/browser-input.test-support.ts";
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

  async shows(text: string): Promise<void> {
    await this.browser.holds(`document.body.innerText.includes(${JSON.stringify(text)})`);
  }

  /** Redeems a code of the console's, and goes to where one teaches. */
  async becomeTeacher({ operator, screen }: Pick<TestServer, "operator" | "screen">): Promise<void> {
    await operator.type("/teacher");
    const code = /[A-Z0-9]{4}(-[A-Z0-9]{4})+/.exec(screen.at(-1)!)![0];
    await this.click("People");
    await this.browser.holds(`document.querySelector(".people-panel details").open = true`);
    await this.fill("#teacher-code", code);
    await this.press("Enter");
    await this.shows("You are a teacher now.");
    await this.click("Teach");
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

  /** Drops a file of text on what is there. */
  async dropText(selector: string, name: string, text: string): Promise<void> {
    await this.browser.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      const place = document.querySelector(${JSON.stringify(selector)});
      place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
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
