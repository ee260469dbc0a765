/** A real browser for tests of the page: Chromium without a window, told what to do by its DevTools protocol. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DevTools, type Answer } from "./devtools.test-support.ts";

/** Where Chromium is, undefined where it is not installed. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => Bun.which(name))
  .find((path) => path !== null);

/** Nothing on a small page takes longer. */
const patienceMs = 20_000;

export class TestBrowser {
  /** What scripts of the page threw and did not catch, and what the browser complained about. */
  readonly errors: string[] = [];
  /** Addresses that the page asked for. */
  readonly requests: string[] = [];
  /** Chromium as a whole, which all its pages share. */
  readonly #whole: Whole;
  /** Whose page this is, as Chromium names it; undefined for that of the first person. */
  readonly #context: string | undefined;
  #page!: DevTools;
  #stop = async (): Promise<void> => {};

  private constructor(whole: Whole, context: string | undefined) {
    this.#whole = whole;
    this.#context = context;
  }

  /** Opens an empty page. */
  static async open(): Promise<TestBrowser> {
    const folder = mkdtempSync(join(tmpdir(), "pcs-browser-"));
    const flags = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--remote-debugging-port=0",
    ];
    const child = Bun.spawn([chromium!, ...flags, `--user-data-dir=${folder}`, "about:blank"], {
      stdout: "ignore",
      stderr: "ignore",
    });
    const stop = async (): Promise<void> => {
      child.kill();
      await child.exited;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    try {
      const portFile = join(folder, "DevToolsActivePort");
      let port: string | undefined;
      let path: string | undefined;
      // It is there a moment before something stands in it.
      await until(async () => {
        const text = await Bun.file(portFile)
          .text()
          .catch(() => "");
        [, port, path] = /^(\d+)\n(\S+)/.exec(text) ?? [];
        return path !== undefined;
      });
      const tools = await DevTools.open(`ws://127.0.0.1:${port}${path}`);
      const browser = await TestBrowser.in({ port: port!, tools }, undefined);
      browser.#stop = stop;
      return browser;
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** Opens an empty page beside this one, in a window of its own; disposing of it closes no more than it. */
  async openAnother(): Promise<TestBrowser> {
    return await TestBrowser.beside(this.#whole, this.#context);
  }

  /**
   * The same as another person has it: nothing that one keeps, cookies or stores, is there for the other.
   *
   * @param proxy through which all connections of that person go
   */
  async openForAnother(proxy?: string): Promise<TestBrowser> {
    const { result } = await this.#whole.tools.send(
      "Target.createBrowserContext",
      proxy === undefined ? {} : { proxyServer: proxy, proxyBypassList: "<-loopback>" },
    );
    return await TestBrowser.beside(this.#whole, result!.browserContextId);
  }

  /** Saves into this folder what the person of this page saves. */
  async saveInto(folder: string): Promise<void> {
    await this.#whole.tools.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: folder,
      browserContextId: this.#context,
    });
  }

  private static async beside(whole: Whole, context: string | undefined): Promise<TestBrowser> {
    const another = await TestBrowser.in(whole, context);
    await another.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    return another;
  }

  private static async in(whole: Whole, context: string | undefined): Promise<TestBrowser> {
    const { result } = await whole.tools.send("Target.createTarget", {
      url: "about:blank",
      ...(context === undefined ? {} : { browserContextId: context }),
    });
    const browser = new TestBrowser(whole, context);
    const url = `ws://127.0.0.1:${whole.port}/devtools/page/${result!.targetId}`;
    browser.#page = await DevTools.open(url, (event) => browser.#heard(event));
    for (const domain of ["Runtime", "Page", "Log", "Network"]) await browser.send(`${domain}.enable`);
    return browser;
  }

  /** Goes to a page, and waits until an expression is true in it. */
  async goTo(url: string, isReady: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.holds(isReady);
  }

  /** Waits until an expression is true in the page. */
  async holds(expression: string): Promise<void> {
    await until(async () => (await this.evaluate(expression).catch(() => false)) === true, expression);
  }

  /** Clicks the element that an expression finds, once it is there, in sight and not disabled. */
  async click(element: string): Promise<void> {
    await this.holds(
      `((each) => each?.checkVisibility() === true && !each.disabled && (each.click(), true))(${element})`,
    );
  }

  /** The value of an expression in the page, as JSON can hold it. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (result?.exceptionDetails !== undefined) throw new Error(result.exceptionDetails.text);
    return result?.result?.value;
  }

  /** Takes the network away from this page, or gives it back. */
  async setOffline(offline: boolean): Promise<void> {
    const throughput = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await this.send("Network.emulateNetworkConditions", { offline, ...throughput });
  }

  send(method: string, params: object = {}): Promise<Answer> {
    return this.#page.send(method, params);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.send("Page.close");
    this.#page.close();
    await this.#stop();
  }

  #heard({ method, params = {} }: Answer): void {
    const { exceptionDetails, entry, request, type, args, url } = params;
    switch (method) {
      case "Runtime.exceptionThrown":
        return void this.errors.push(exceptionDetails?.text ?? "an error");
      case "Runtime.consoleAPICalled":
        if (type === "error")
          this.errors.push(
            args?.map(({ value, description }) => description ?? JSON.stringify(value)).join(" ") ??
              "an error",
          );
        return;
      case "Log.entryAdded":
        return void this.errors.push(entry?.text ?? "a complaint");
      case "Network.requestWillBeSent":
        return void this.requests.push(request?.url ?? "");
      case "Network.webSocketCreated":
        return void this.requests.push(url ?? "");
    }
  }
}

interface Whole {
  port: string;
  tools: DevTools;
}

async function until(isSo: () => Promise<boolean>, awaited = "the browser"): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited too long for ${awaited}`);
    await Bun.sleep(50);
  }
}
