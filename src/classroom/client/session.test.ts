/** A whole stay over real sockets, against a server that behaves as the original does. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { SeedServer } from "./seed-server.test-support.ts";
import { runSession, type SessionOptions } from "./session.ts";

let server: SeedServer;
let folder: string;
let downloads: string;
let terminal: FakeTerminal;
let interrupt: AbortController;

beforeEach(async () => {
  server = await SeedServer.start();
  folder = mkdtempSync(join(tmpdir(), "pcs-session-"));
  downloads = join(folder, "downloads");
  terminal = new FakeTerminal();
  interrupt = new AbortController();
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const limits = { greetingMs: 500, quietMs: 50, quietAtMostMs: 500, leaveMs: 500 };

/** Runs to the end; an error counts as what the command line would print of it. */
async function stay(options: Partial<SessionOptions> = {}): Promise<number | string> {
  try {
    return await runSession(
      {
        host: "127.0.0.1",
        port: server.port,
        user: undefined,
        password: undefined,
        downloads,
        home: folder,
        limits,
        ...options,
      },
      { terminal, interrupted: interrupt.signal, now: () => performance.now(), list: () => [] },
    );
  } catch (error) {
    return String(error);
  }
}

/** Comes in as a known person. */
async function enter(options: Partial<SessionOptions> = {}): Promise<Promise<number | string>[]> {
  server.users.set("alice", "secret");
  terminal.type("yes");
  const end = stay({ user: "alice", password: "secret", ...options });
  await terminal.until("You joined the server.");
  return [end];
}

const file = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("coming in", () => {
  test("registering asks again until the server accepts", async () => {
    server.users.set("bob", "x");
    terminal.type("no", "bob", "alice", "secret", "cmd:disconnect");
    expect(await stay()).toBe(0);
    expect(terminal.printed).toBe(
      [
        `Connected to 127.0.0.1:${server.port}`,
        "Are you already registered? (yes/no):",
        "Enter a username: ",
        "Username already exists. Please choose another: ",
        "Enter a username: ",
        "Username registered successfully.",
        "Enter a password: ",
        "=================",
        "Server: You joined the server.",
        "",
      ].join("\n"),
    );
    expect(server.users.get("alice")).toBe("secret");
    expect(terminal.hiddenQuestions).toEqual(["Enter a password: "]);
    expect(terminal.closed).toBe(true);
  });

  test("a known person is asked for name and password", async () => {
    server.users.set("alice", "secret");
    terminal.type("yes", "alice", "secret", "cmd:disconnect");
    expect(await stay()).toBe(0);
    expect(terminal.printed).toContain("(yes/no):\nEnter your username: \nEnter your password: \n====");
    expect(server.seen.map((frame) => frame.payload)).toEqual(["yes", "alice", "secret", "disconnect"]);
  });

  test("what is given is not asked for, and is used once", async () => {
    server.users.set("bob", "x");
    terminal.type("no", "alice", "cmd:disconnect");
    expect(await stay({ user: "bob", password: "secret" })).toBe(0);
    expect(terminal.printed.match(/^Enter.*$/gm)).toEqual(["Enter a username: "]);
  });

  test("names and passwords of any script", async () => {
    terminal.type("no", "Zoë", "пароль", "msg:é", "cmd:disconnect");
    expect(await stay()).toBe(0);
    expect(server.users.get("Zoë")).toBe("пароль");
  });

  test("a refused login is told in the server's words", async () => {
    terminal.type("yes", "alice", "wrong");
    expect(await stay()).toBe(1);
    expect(terminal.printed).toEndWith("Enter your password: \nInvalid username or password.\n");
  });

  test("neither yes nor no", async () => {
    terminal.type("maybe");
    expect(await stay()).toBe(1);
    expect(terminal.printed).toEndWith("(yes/no):\nInvalid response.\n");
  });

  test("a person may mistype yes", async () => {
    terminal = new FakeTerminal(true);
    terminal.type("yess", " NO ", "alice", "secret", "cmd:disconnect");
    expect(await stay()).toBe(0);
    expect(terminal.printed).toContain("Please type yes or no.");
  });

  test("an empty password is asked for again", async () => {
    terminal.type("no", "alice", "", "x".repeat(257), "ok", "cmd:disconnect");
    expect(await stay()).toBe(0);
    expect(terminal.printed.split("A password has 1 to 256 bytes.").length).toBe(3);
  });

  test("news that the original tells everybody is no answer to the login", async () => {
    terminal.type("no");
    const end = stay();
    await terminal.until("Enter a username");
    server.broadcast("info", "Server: Client bob joined the server.\n");
    server.broadcast("msg", "Client bob: hi\n");
    server.broadcast("info", "bob (private): psst\n");
    await terminal.until("psst");
    terminal.type("alice", "secret", "cmd:disconnect");
    expect(await end).toBe(0);
    expect(server.users.get("alice")).toBe("secret");
  });

  test("a server that asks nothing is not told anything", async () => {
    server.greeting = "This server takes only pcs with TLS.\n";
    expect(await stay()).toBe(1);
    expect(terminal.printed).toEndWith("\nThis server takes only pcs with TLS.\n");
    expect(server.seen).toEqual([]);
  });

  test("a server that hangs up while the name is typed", async () => {
    terminal.type("no");
    const end = stay();
    await terminal.until("Enter a username");
    server.broadcast("info", "This class has a roster: ask your teacher for an account.");
    server.drop();
    await end;
    expect(terminal.printed).toMatch(/Enter a username: \n(This class has a roster.*\n)?$/);
  });

  test("the input ends before the login does", async () => {
    terminal.type("no", "alice");
    terminal.endInput();
    expect(await stay()).toBe("ExpectedError: the input ended before the login did.");
  });

  test("nothing listens", async () => {
    const { port } = server;
    await server.close();
    expect(await stay({ port })).toBe(
      `ExpectedError: cannot connect to 127.0.0.1 port ${port}: nothing listens there.`,
    );
    expect(terminal.closed).toBe(true);
  });

  test("a server that says nothing", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await stay({ port, limits: { ...limits, greetingMs: 20 } })).toBe(
      "ExpectedError: the server says nothing: it may be no classroom server.",
    );
    silent.close();
  });

  test("a server of another kind", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await stay({ port })).toBe(
      "ExpectedError: what answers there does not speak the classroom's protocol.",
    );
    other.close();
  });
});

describe("talking", () => {
  test("typed lines become frames", async () => {
    const [end] = await enter();
    terminal.type("msg:hi", "to:bob: psst", "quiz_answer:a b c", "foo:bar", "hello", "help", "");
    await terminal.until("Invalid message format");
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(server.seen.slice(3)).toEqual([
      { header: "msg", payload: "hi" },
      { header: "to", payload: "bob: psst" },
      { header: "quiz_answer", payload: "a b c" },
      { header: "foo", payload: "bar" },
      { header: "cmd", payload: "disconnect" },
    ]);
    expect(terminal.printed).toContain("for example msg:hi");
    expect(terminal.printed).toContain("file_transfer:file_to:NAME:FILE");
  });

  test("messages stand below a rule, without control characters", async () => {
    const [end] = await enter();
    server.broadcast("msg", "Client bob: \x1b[2Jhi 漢\n");
    await terminal.until("=================\nClient bob: �[2Jhi 漢\n");
    expect(terminal.complete("to:")).toEqual([["bob:"], ""]);
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });

  test("the end of the input leaves, when what is on its way has been printed", async () => {
    const [end] = await enter();
    terminal.type("foo:bar");
    terminal.endInput();
    expect(await end).toBe(0);
    expect(terminal.printed).toContain("Invalid message format");
    expect(server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("Ctrl-C says goodbye", async () => {
    const [end] = await enter();
    interrupt.abort();
    expect(await end).toBe(130);
    await Bun.sleep(10);
    expect(server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("Ctrl-C at a question", async () => {
    terminal.type("no");
    const end = stay();
    await terminal.until("Enter a username");
    interrupt.abort();
    expect(await end).toBe(130);
  });

  test("the server shuts down", async () => {
    const [end] = await enter();
    server.shutDown();
    expect(await end).toBe(0);
    expect(terminal.printed).toEndWith(
      "=================\nServer is shutting down.\nThe classroom is closed.\n",
    );
  });

  test("the connection drops under a script", async () => {
    const [end] = await enter();
    server.drop();
    expect(await end).toBe("ExpectedError: the connection to the server was lost.");
  });

  test("garbage ends it with a sentence", async () => {
    const [end] = await enter();
    server.write(Buffer.alloc(100, 0xff));
    expect(await end).toBe("ExpectedError: what answers there does not speak the classroom's protocol.");
  });
});

describe("coming back", () => {
  test("with the name and password that opened before", async () => {
    terminal = new FakeTerminal(true);
    terminal.type("no", "alice", "secret");
    const end = stay();
    await terminal.until("You joined the server.");
    server.drop();
    await terminal.until("Connection lost. Reconnect? [Y/n] ");
    terminal.type("");
    await terminal.until("You joined the server.", 2);
    terminal.type("msg:back", "cmd:disconnect");
    expect(await end).toBe(0);
    expect(server.seen.map((frame) => frame.payload).slice(-5)).toEqual([
      "yes",
      "alice",
      "secret",
      "back",
      "disconnect",
    ]);
  });

  test("to a server that is not there, and then is", async () => {
    terminal = new FakeTerminal(true);
    const [end] = await enter();
    const { port, users } = server;
    await server.close();
    await terminal.until("Reconnect?");
    terminal.type("y");
    await terminal.until("nothing listens there.");
    await terminal.until("Reconnect?", 2);
    server = await SeedServer.start("127.0.0.1", port);
    server.users = users;
    terminal.type("yes");
    await terminal.until("You joined the server.", 2);
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });

  test("not at all", async () => {
    terminal = new FakeTerminal(true);
    const [end] = await enter();
    server.drop();
    await terminal.until("Reconnect?");
    terminal.type("n");
    expect(await end).toBe(1);
  });

  test("nor after Ctrl-C at the question", async () => {
    terminal = new FakeTerminal(true);
    const [end] = await enter();
    server.drop();
    await terminal.until("Reconnect?");
    interrupt.abort();
    expect(await end).toBe(130);
  });
});

/** Bytes that are not all alike, with line feeds and high bytes among them. */
function content(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >> 8)) & 255;
  return bytes;
}

const sizes = [0, 1, 511, 512, 513, 1021, 1022, 1023, 1024, 2047, 3_000_000];
const withMark = Buffer.from(`before EOF after${"x".repeat(2000)}EOF and more`);

describe("files", () => {
  test(
    "every size goes up byte for byte, chat between them",
    async () => {
      const [end] = await enter();
      for (const size of sizes) {
        terminal.type(
          `file_transfer:file_to_server:${file(`${size}.bin`, content(size))}`,
          `msg:after ${size}`,
        );
      }
      terminal.type(`file_transfer:file_to:bob:${file("mark.bin", withMark)}`);
      terminal.endInput();
      expect(await end).toBe(0);
      for (const size of sizes)
        expect(Bun.hash(server.uploads.get(`${size}.bin`)!)).toBe(Bun.hash(content(size)));
      expect(server.uploads.get("mark.bin")).toEqual(withMark);
      expect(terminal.printed).toContain("File '2047.bin' sent to server.\n");
      expect(terminal.printed).toContain("File 'mark.bin' sent to bob.\n");
      expect(server.seenWith("msg")).toEqual(sizes.map((size) => `after ${size}`));
      expect(server.seenWith("file_transfer").at(-1)).toBe("file_to:bob:mark.bin");
    },
    { timeout: 20_000 },
  );

  test(
    "every size comes down byte for byte",
    async () => {
      const [end] = await enter();
      for (const size of sizes) await server.push(`${size}.bin`, content(size));
      await server.sendFile("file_to:bob:mark.bin\n", withMark);
      await terminal.until("File 'mark.bin' received from bob.");
      terminal.type("cmd:disconnect");
      expect(await end).toBe(0);
      for (const size of sizes)
        expect(Bun.hash(readFileSync(join(downloads, `${size}.bin`)))).toBe(Bun.hash(content(size)));
      expect(readFileSync(join(downloads, "mark.bin"))).toEqual(withMark);
      expect(terminal.printed).toContain("File '2047.bin' received from server.\n");
      expect(readdirSync(downloads).length).toBe(sizes.length + 1);
    },
    { timeout: 20_000 },
  );

  test("a name in characters and not in bytes, as the original counts", async () => {
    const [end] = await enter();
    await server.push("résumé 漢.txt", Buffer.from("hello"));
    await terminal.until("File 'résumé 漢.txt' received from server.");
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readFileSync(join(downloads, "résumé 漢.txt"), "utf8")).toBe("hello");
  });

  test("a name in bytes, as pcs counts", async () => {
    const [end] = await enter();
    const notice = "file_to:bob:résumé 漢.txt";
    const start = Buffer.from("\0\x0dfile_transfer\0\0\0\0");
    start.writeUInt32BE(Buffer.byteLength(notice), 15);
    server.write(Buffer.concat([start, Buffer.from(notice), Buffer.from("helloEOF")]));
    await terminal.until("File 'résumé 漢.txt' received from bob.");
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readFileSync(join(downloads, "résumé 漢.txt"), "utf8")).toBe("hello");
  });

  test("names that would leave the folder or replace a file", async () => {
    const [end] = await enter();
    mkdirSync(downloads);
    writeFileSync(join(downloads, "a.txt"), "mine");
    await server.push("../../a.txt", Buffer.from("theirs"));
    await terminal.until("File '../../a.txt' received from server.\nIt is saved as 'a (2).txt'.\n");
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readdirSync(folder)).toEqual(["downloads"]);
    expect(readFileSync(join(downloads, "a.txt"), "utf8")).toBe("mine");
  });

  test("a folder that cannot be written: one sentence, and the talk goes on", async () => {
    const [end] = await enter({ downloads: file("downloads", "a file stands here") });
    await server.push("big.bin", content(500_000));
    await terminal.until("File 'big.bin' from server could not be kept");
    server.broadcast("msg", "Client bob: still here\n");
    await terminal.until("still here");
    terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });

  test("a connection that drops within a file leaves nothing of it", async () => {
    const [end] = await enter();
    server.broadcast("file_transfer", "file from server:a.txt\n");
    server.write(content(5000));
    await Bun.sleep(30);
    server.drop();
    expect(await end).toContain("lost");
    expect(terminal.printed).toContain("File 'a.txt' from server could not be kept: the connection was cut.");
    expect(readdirSync(downloads)).toEqual([]);
  });

  test("what cannot be sent is told, and nothing leaves", async () => {
    const [end] = await enter();
    mkdirSync(join(folder, "docs"));
    terminal.type(
      `file_transfer:file_to_server:${join(folder, "gone.txt")}`,
      `file_transfer:file_to_server:${join(folder, "docs")}`,
      "file_transfer:gone.txt",
      `msg:${"x".repeat(1_048_577)}`,
      "cmd:disconnect",
    );
    expect(await end).toBe(0);
    expect(terminal.printed).toContain("cannot be sent: there is no such file or folder.");
    expect(terminal.printed).toContain("cannot be sent: it is a folder.");
    expect(server.seen.map((frame) => frame.payload)).toEqual(["yes", "alice", "secret", "disconnect"]);
  });

  test("a person types on while files go out one after the other", async () => {
    terminal = new FakeTerminal(true);
    const [end] = await enter();
    const upload = (name: string) => `file_transfer:file_to_server:${file(name, content(3000))}`;
    terminal.type(upload("1.bin"), upload("2.bin"), "msg:meanwhile", "help", "cmd:disconnect");
    await terminal.until("quiz_answer:a b c");
    expect(terminal.printed).not.toContain("sent to server");
    expect(await end).toBe(0);
    expect([...server.uploads.keys()]).toEqual(["1.bin", "2.bin"]);
    expect(server.uploads.get("2.bin")).toEqual(content(3000));
    expect(server.seenWith("msg")).toEqual(["meanwhile"]);
    expect(terminal.statuses[0]).toBe("1.bin  [--------------------] 0 %");
  });

  test("Ctrl-C within an upload sends no mark: a part must not pass for the whole", async () => {
    const [end] = await enter();
    terminal.type(`file_transfer:file_to_server:${file("a.bin", content(3_000_000))}`);
    while (server.seenWith("file_transfer").length === 0) await Bun.sleep(1);
    interrupt.abort();
    expect(await end).toBe(130);
    expect(server.uploads.size).toBe(0);
  });

  test("a server learns that lengths count bytes before the first name that is not ASCII", async () => {
    const [end] = await enter();
    terminal.type(
      `file_transfer:file_to_server:${file("a.txt", "1")}`,
      `file_transfer:file_to_server:${file("é.txt", "2")}`,
      `file_transfer:file_to_server:${file("ü.txt", "3")}`,
      "cmd:disconnect",
    );
    expect(await end).toBe(0);
    expect(server.seen.slice(3).map(({ header, payload }) => `${header}|${payload}`)).toEqual([
      "file_transfer|file_to_server:a.txt",
      "info|é",
      "info|.",
      "file_transfer|file_to_server:é.txt",
      "file_transfer|file_to_server:ü.txt",
      "cmd|disconnect",
    ]);
    expect(existsSync(downloads)).toBe(false);
  });
});
