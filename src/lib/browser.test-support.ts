/**
 * A real browser for tests of the page: Chromium without a window, told what to do by its DevTools protocol over
 * a WebSocket on loopback.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Chromium is, undefined where it is not installed. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => Bun.which(name))
  .find((path) => path !== null);

/** Nothing on a small page takes longer. */
const patienceMs = 20_000;

interface Answer {
  id?: number;
  method?: string;
  params?: {
    exceptionDetails?: { text: string };
    entry?: { text: string };
    request?: { url: string };
  };
  result?: {
    result?: { value?: unknown };
    exceptionDetails?: { text: string };
    /** Of an image, in base64. */
    data?: string;
  };
  error?: { message: string };
}

export class TestBrowser {
  /** What scripts of the page threw and did not catch, and what the browser complained about. */
  readonly errors: string[] = [];
  /** Addresses that the page asked for. */
  readonly requests: string[] = [];
  private readonly socket: WebSocket;
  private readonly port: string;
  private readonly stop: () => Promise<void>;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private sent = 0;

  private constructor(socket: WebSocket, port: string, stop: () => Promise<void>) {
    this.socket = socket;
    this.port = port;
    this.stop = stop;
    socket.addEventListener("message", ({ data }) => this.onMessage(JSON.parse(String(data)) as Answer));
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
      // It is there a moment before something stands in it.
      await until(async () => {
        port = /^\d+(?=\n)/.exec(
          await Bun.file(portFile)
            .text()
            .catch(() => ""),
        )?.[0];
        return port !== undefined;
      });
      return await TestBrowser.connect(port!, stop);
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** Opens an empty page beside this one, in a window of its own; disposing of it closes no more than it. */
  async openAnother(): Promise<TestBrowser> {
    const another = await TestBrowser.connect(this.port, async () => {});
    await another.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    return another;
  }

  private static async connect(port: string, stop: () => Promise<void>): Promise<TestBrowser> {
    const made = await fetch(`http://127.0.0.1:${port}/json/new?about:blank`, { method: "PUT" });
    const { webSocketDebuggerUrl } = (await made.json()) as { webSocketDebuggerUrl: string };
    const socket = new WebSocket(webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    const browser = new TestBrowser(socket, port, stop);
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

  async send(method: string, params: object = {}): Promise<Answer> {
    const id = ++this.sent;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.send("Page.close");
    this.socket.close();
    await this.stop();
  }

  private onMessage(answer: Answer): void {
    if (answer.method === "Runtime.exceptionThrown")
      this.errors.push(answer.params?.exceptionDetails?.text ?? "an error");
    const { entry, request } = answer.params ?? {};
    if (answer.method === "Log.entryAdded") this.errors.push(entry?.text ?? "a complaint");
    if (answer.method === "Network.requestWillBeSent") this.requests.push(request?.url ?? "");
    if (answer.id === undefined) return;
    this.waiting.get(answer.id)?.(answer);
    this.waiting.delete(answer.id);
  }
}

async function until(isSo: () => Promise<boolean>, awaited = "the browser"): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited too long for ${awaited}`);
    await Bun.sleep(50);
  }
}
