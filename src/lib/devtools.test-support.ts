/** Chromium's DevTools protocol over a WebSocket on loopback: questions with their answers, and what it tells by itself. */

export interface Answer {
  id?: number;
  method?: string;
  params?: {
    exceptionDetails?: { text: string };
    entry?: { text: string };
    request?: { url: string };
    /** Of a web socket. */
    url?: string;
    type?: string;
    args?: { value?: unknown; description?: string }[];
  };
  result?: {
    result?: { value?: unknown };
    exceptionDetails?: { text: string };
    /** Of an image, in base64. */
    data?: string;
    browserContextId?: string;
    targetId?: string;
  };
  error?: { message: string };
}

export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;

  private constructor(socket: WebSocket, heard: (event: Answer) => void) {
    this.#socket = socket;
    socket.addEventListener("close", () => {
      for (const answer of this.#waiting.values()) answer({ error: { message: "it is closed" } });
      this.#waiting.clear();
    });
    socket.addEventListener("message", ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id === undefined) return heard(answer);
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /** @param url of a page, or of the browser as a whole */
  static async open(url: string, heard: (event: Answer) => void = () => {}): Promise<DevTools> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    return new DevTools(socket, heard);
  }

  async send(method: string, params: object = {}): Promise<Answer> {
    if (this.#socket.readyState !== WebSocket.OPEN) throw new Error(`${method}: it is closed`);
    const id = ++this.#sent;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer;
  }

  close(): void {
    this.#socket.close();
  }
}
