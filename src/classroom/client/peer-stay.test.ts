/** Whole stays in the second protocol, with a real server: the talk, the way back, and who is trusted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { memoryAccounts } from "../../store/memory/memory-accounts.ts";
import { memoryMessages } from "../../store/memory/memory-messages.ts";
import { memoryTokens } from "../../store/memory/memory-tokens.ts";
import { DiskRuns } from "../../store/disk/disk-runs.ts";
import { Accounts } from "../accounts/accounts.ts";
import type { SearchQuery } from "../chat/message-search.ts";
import { HashGate } from "../accounts/hash-gate.ts";
import { SessionTokens } from "../accounts/session-tokens.ts";
import { makeSelfSigned } from "../net/self-signed.ts";
import type { Ports, TlsPolicy } from "../server/classroom.ts";
import { PeerClient } from "../server/peer/peer-client.test-support.ts";
import { startTestServer, type TestServer } from "../server/session/test-client.test-support.ts";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { SeedServer } from "./seed-server.test-support.ts";
import { runSession, type SessionOptions } from "./session.ts";

const identity = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));
const limits = { connectMs: 2_000, greetingMs: 2_000, quietMs: 50, quietAtMostMs: 500, leaveMs: 500 };

let running: TestServer;
let ports: Partial<Ports>;
let folder: string;
let servers: Map<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pcs-stay-"));
  servers = new Map();
  const accounts = memoryAccounts();
  ports = {
    accounts: new Accounts(accounts, new HashGate(2), Date.now),
    messages: memoryMessages(),
    tokens: new SessionTokens(memoryTokens(), accounts, Date.now, (bytes) =>
      crypto.getRandomValues(new Uint8Array(bytes)),
    ),
    tls: { kind: "auto", identity, code: "TEST-TEST-TEST-TEST" },
  };
  running = await startTestServer({ ports });
});
afterEach(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

const password = "long enough";
/** What the clients' clock is ahead. */
let skewMs = 0;

class Stay {
  terminal: FakeTerminal;
  interrupt = new AbortController();
  end: Promise<number | string>;

  constructor(options: Partial<SessionOptions> = {}, interactive = false) {
    this.terminal = new FakeTerminal(interactive);
    this.end = runSession(
      {
        host: "127.0.0.1",
        port: running.port,
        user: "ann",
        password,
        downloads: join(folder, "downloads"),
        home: folder,
        limits,
        legacy: false,
        fingerprint: undefined,
        known: {
          place: "the list",
          find: (server) => servers.get(server),
          remember: (server, code) => void servers.set(server, code),
        },
        ...options,
      },
      {
        terminal: this.terminal,
        interrupted: this.interrupt.signal,
        now: () => performance.now() + skewMs,
        list: () => [],
      },
    ).catch(String);
  }

  async inside(answer = "no"): Promise<this> {
    this.terminal.type(answer);
    await this.terminal.until("You joined the server.");
    await this.terminal.until("The code of this server is");
    return this;
  }
}

async function bobInMain(): Promise<PeerClient> {
  const bob = await PeerClient.registered(running.port, "bob", { tls: true });
  await bob.join();
  return bob;
}

const hears = async (client: PeerClient): Promise<string> =>
  ((await client.expect("m")) as { text: string }).text;

test("a talk: what is said, heard, told privately, and the end of a script", async () => {
  const bob = await bobInMain();
  const ann = await new Stay().inside();
  ann.terminal.type("msg:hello", "to:bob: psst", "hi", "zzz:x", "to:nobody:x");
  expect(await hears(bob)).toBe("hello");
  expect(await bob.expect("p")).toMatchObject({ text: " psst" });
  bob.say("two\nlines");
  await ann.terminal.until("=================\nClient bob: two\n  lines\n");
  bob.tell("ann", "for you");
  await ann.terminal.until("=================\nbob (private): for you\n");
  await running.operator.type("all of you");
  await ann.terminal.until("=================\nServer: all of you\n");
  await ann.terminal.until("There is no one named 'nobody'.");
  expect(ann.terminal.printed).toContain("Type a header, a colon and the text");
  ann.terminal.type("msg:last words");
  ann.terminal.endInput();
  expect(await ann.end).toBe(0);
  expect([await hears(bob), await hears(bob)]).toEqual(["all of you", "last words"]);
  expect(running.screen).toContain("The code of this server is TEST-TEST-TEST-TEST.");
});

test("a new password is long enough, and a wrong one is told", async () => {
  const ann = new Stay({ password: "short" });
  ann.terminal.type("no");
  await ann.terminal.until("A password has 8 to 256 bytes.");
  ann.terminal.type(password);
  await ann.terminal.until("You joined the server.");
  ann.interrupt.abort();
  expect(await ann.end).toBe(130);
  const again = new Stay({ password: "wrong password" });
  again.terminal.type("yes");
  expect(await again.end).toBe(1);
  expect(again.terminal.printed).toContain("Invalid username or password.");
  const taken = new Stay();
  taken.terminal.type("no", "eve");
  await taken.terminal.until("Username already exists. Please choose another:");
  await taken.terminal.until("Username registered successfully.");
  taken.terminal.endInput();
});

const seatOf = (name: string) => running.server.classroom.peers.find(name)!;

describe("a lost connection", () => {
  test("of who may not come in any more: the reason is told, and it ends", async () => {
    const ann = await new Stay({}, true).inside();
    const { moderation, wallClock } = running.server.classroom.ports;
    const untilMs = wallClock() + 60_000;
    moderation.putBan("ann", { name: "ann", untilMs, by: "", reason: "spam" });
    running.server.classroom.find("ann")!.connection.destroy();
    await ann.terminal.until("Server: You are banned from this class for 1 more minute: spam.");
    expect(await ann.end).toBe("ExpectedError: this login has run out; please join again.");
  });

  test("is taken up again by itself: nothing is lost, nothing comes twice, in either direction", async () => {
    const bob = await bobInMain();
    const ann = await new Stay({}, true).inside();
    const [heard, said]: [string[], string[]] = [[], []];
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 20; i++) {
        ann.terminal.type(`msg:ann ${round} ${i}`);
        said.push(`ann ${round} ${i}`);
        bob.say(`bob ${round} ${i}`);
        if (i === 10) seatOf("ann").connection.destroy();
        await Bun.sleep(1);
      }
      await ann.terminal.until("Here again.", round + 1);
    }
    while (heard.length < said.length) heard.push(await hears(bob));
    expect(heard).toEqual(said);
    await ann.terminal.until("Client bob: bob 2 19");
    const shown = [...ann.terminal.printed.matchAll(/^Client bob: (.+)$/gm)].map(([, text]) => text!);
    expect(shown).toEqual(Array.from({ length: 60 }, (_, i) => `bob ${Math.floor(i / 20)} ${i % 20}`));
    expect(ann.terminal.printed).not.toContain("Client ann:");
    await bob.expectNothing(50).catch((error: unknown) => expect(String(error)).toContain("presence"));
    ann.terminal.type("cmd:disconnect");
    expect(await ann.end).toBe(0);
  }, 20_000);

  test("also where the server is started anew, and what was typed meanwhile is said", async () => {
    const ann = await new Stay({}, true).inside();
    ann.terminal.type("msg:before");
    while (ports.messages!.lastId() < 1) await Bun.sleep(5);
    const { port } = running;
    for (const peer of running.server.classroom.peers) peer.connection.destroy();
    await running.server.stop();
    await ann.terminal.until("The connection was lost; trying to come back.");
    ann.terminal.type("msg:meanwhile");
    await running.stop();
    running = await startTestServer({ ports, port });
    await ann.terminal.until("Here again.");
    while (ports.messages!.lastId() < 2) await Bun.sleep(5);
    expect(ports.messages!.inRoom(1, 0, 1e9, 9).map(({ text }) => text)).toEqual(["before", "meanwhile"]);
    ann.interrupt.abort();
    expect(await ann.end).toBe(130);
  }, 20_000);

  test("also where nobody has said that it is lost: a server that is not heard for long is given up", async () => {
    const ann = await new Stay({}, true).inside();
    const before = seatOf("ann");
    before.connection.pause("test");
    while (!ann.terminal.printed.includes("The connection was lost")) {
      skewMs += 10_000;
      await Bun.sleep(500);
    }
    await ann.terminal.until("Here again.");
    expect(seatOf("ann")).not.toBe(before);
    before.connection.resume("test");
    ann.interrupt.abort();
    await ann.end;
  }, 20_000);

  test("a file goes on where it was", async () => {
    const content = Buffer.alloc(30_000_000, "0123456789abcdef");
    writeFileSync(join(folder, "big.bin"), content);
    const ann = await new Stay({}, true).inside();
    ann.terminal.type("file_transfer:file_to_server:big.bin".replace("big.bin", join(folder, "big.bin")));
    while (ann.terminal.statuses.length < 1) await Bun.sleep(1);
    await Bun.sleep(15);
    seatOf("ann").connection.destroy();
    await ann.terminal.until("File 'big.bin' sent to server.");
    expect(readFileSync(join(running.folder, "data/files/ann/big.bin")).equals(content)).toBe(true);
    ann.interrupt.abort();
    await ann.end;
  }, 20_000);

  test("a quiz of a bank goes on: its next questions are shown, after a new server, too", async () => {
    const runs = new DiskRuns(join(folder, "quizzes"), join(folder, "scores"));
    await running.stop();
    running = await startTestServer({ ports: { ...ports, runs } });
    const bank = "TCP? {=T ~N}\n\nUDP? {=T ~N}\n\nIP? {~T =N}\n\nARP? {~T =N}\n\nRARP? {T}\n";
    writeFileSync(join(running.folder, "bank.gift"), bank);
    const ann = await new Stay({}, true).inside();
    const quizOf = () => running.server.classroom.quizzes.quiz!;
    const next = async (): Promise<void> => {
      await running.operator.type("/close");
      await running.operator.type("/next");
    };
    await running.operator.type("/quiz bank.gift paced");
    await ann.terminal.until("TCP?");
    seatOf("ann").connection.destroy();
    await ann.terminal.until("Here again.");
    await next();
    await ann.terminal.until("UDP?");
    const { port } = running;
    for (const peer of running.server.classroom.peers) peer.connection.destroy();
    await running.stop();
    running = await startTestServer({
      ports: { ...ports, runs: new DiskRuns(join(folder, "quizzes"), join(folder, "scores")) },
      port,
    });
    running.server.classroom.quizzes.goOn();
    await ann.terminal.until("Here again.", 2);
    await next();
    await ann.terminal.until("IP?");
    ann.terminal.type("quiz_answer:b");
    await ann.terminal.until("Server: Your answer to question 3 is kept.");
    expect(quizOf().book.answeredCount(2, 1)).toBe(1);
    // An answer that could not be sent in time counts for no later question.
    await next();
    await ann.terminal.until("ARP?");
    seatOf("ann").connection.destroy();
    await ann.terminal.until("trying to come back", 3);
    ann.terminal.type("quiz_answer:b");
    await next();
    await ann.terminal.until("Here again.", 3);
    await ann.terminal.until("RARP?");
    await ann.terminal.until("This question is not open.");
    expect([3, 4].map((question) => quizOf().book.answeredCount(question, 1))).toEqual([0, 0]);
    ann.interrupt.abort();
    await ann.end;
  }, 20_000);

  test("who is replaced, or hears that the class is over, does not come back", async () => {
    const ann = await new Stay({}, true).inside();
    const other = await PeerClient.greeted(running.port, { tls: true });
    await other.logIn({ name: "ann", password });
    expect(await ann.end).toBe(1);
    expect(ann.terminal.printed).toContain("You logged in from another place");
    const again = await new Stay({}, true).inside("yes");
    void running.server.stop();
    expect(await again.end).toBe(0);
    expect(again.terminal.printed).toEndWith("Server is shutting down.\nThe classroom is closed.\n");
  });

  test("a script gives up after a while, with a sentence", async () => {
    const ann = await new Stay().inside();
    for (const peer of running.server.classroom.peers) peer.connection.destroy();
    await running.server.stop();
    expect(await ann.end).toBe("ExpectedError: the connection to the server was lost.");
  }, 10_000);
});

describe("files and rooms", () => {
  test("a file to a person, one from a person, and one that is refused", async () => {
    const bob = await bobInMain();
    const ann = await new Stay().inside();
    writeFileSync(join(folder, "a.txt"), "hello");
    ann.terminal.type(`file_transfer:file_to:bob:${join(folder, "a.txt")}`);
    const { transfer } = (await bob.expect("offer")) as { transfer: number };
    bob.send("cancel", { transfer, code: "refused", text: "No." });
    await ann.terminal.until("File 'a.txt' was not sent to bob: No.");
    await running.operator.type("send_file:ann:data:pcs.missing");
    writeFileSync(join(running.folder, "notes.txt"), "for you");
    await running.operator.type("send_file:ann:.:notes.txt");
    await ann.terminal.until("File 'notes.txt' received from server.");
    expect(readFileSync(join(folder, "downloads/notes.txt"), "utf8")).toBe("for you");
    ann.terminal.type(
      "file_transfer:file_to:nobody:a.txt",
      `file_transfer:file_to_server:${folder}/none`,
      "cmd:disconnect",
    );
    expect(await ann.end).toBe(0);
    expect(ann.terminal.printed).toContain("cannot be sent: there is no such file or folder.");
  });

  test("after /talk a line is what is said, and one with a header still means what it did", async () => {
    const bob = await bobInMain();
    const ann = await new Stay({}, true).inside();
    await ann.terminal.until("msg:hello says hello to everybody");
    ann.terminal.type("hello", "/help", "/talk loudly", "/talk", "hello", "Note: read this", "to:bob:psst");
    expect([await hears(bob), await hears(bob)]).toEqual(["hello", "Note: read this"]);
    expect(await bob.expect("p")).toMatchObject({ text: "psst" });
    ann.terminal.type("file_transfer:x", "/talk off", "lost", "msg:found");
    expect(await hears(bob)).toBe("found");
    const { printed } = ann.terminal;
    for (const part of [
      "/talk says what you type without msg: before it",
      "to:NAME:TEXT",
      "What you type is said to the room you are in",
      "Type file_transfer:file_to_server:FILE",
    ])
      expect(printed).toContain(part);
    ann.interrupt.abort();
    await ann.end;
  });

  test("rooms are entered, spoken in, listed and left; older messages are shown", async () => {
    const bob = await bobInMain();
    const ann = await new Stay({}, true).inside();
    ann.terminal.type("/room Group", "/nonsense");
    await ann.terminal.until("You are in Group, and type into it.");
    const { number } = await bob.join("group");
    ann.terminal.type("msg:in the group");
    expect(await bob.expect("m")).toMatchObject({ room: number, text: "in the group" });
    bob.say("me too", number);
    await ann.terminal.until("[Group] Client bob: me too");
    ann.terminal.type("/rooms", "/leave");
    await ann.terminal.until("Group: 2 here");
    await ann.terminal.until("You left Group, and type into main.");
    bob.say("in main");
    await ann.terminal.until("Client bob: in main");
    ann.terminal.type("/history");
    await ann.terminal.until("Client bob: in main", 2);
    expect(ann.terminal.printed).toContain("There is no /nonsense.");
    ann.interrupt.abort();
    await ann.end;
  });

  test("what is unread is marked, in the list and before the typed line, and is known the next time", async () => {
    const bob = await bobInMain();
    const ann = await new Stay({}, true).inside();
    expect(ann.terminal.printed).toContain(
      "Messages are kept for 90 days, but no more than the newest 1 GiB.\n",
    );
    ann.terminal.type("/room group");
    await ann.terminal.until("You are in group, and type into it.");
    const { number } = await bob.join("group");
    bob.say("one", number);
    await ann.terminal.until("[group] Client bob: one");
    ann.terminal.type("/room main");
    await ann.terminal.until("You type into main now.");
    for (const text of ["two", "three"]) bob.say(text, number);
    await ann.terminal.until("[group] Client bob: three");
    expect(ann.terminal.prompt).toBe("(group 2) ");
    ann.terminal.type("/rooms");
    await ann.terminal.until("group: 2 here, 2 unread");
    ann.terminal.type("/room group");
    await ann.terminal.until("You type into group now.");
    expect(ann.terminal.prompt).toBe("");
    ann.terminal.type("cmd:disconnect");
    expect(await ann.end).toBe(0);
    bob.say("four", number);
    const again = await new Stay({}, true).inside("yes");
    again.terminal.type("/rooms");
    await again.terminal.until("group: 1 here, 1 unread");
    again.interrupt.abort();
    await again.end;
  });

  test("what was said is searched, page by page", async () => {
    const ann = await new Stay({}, true).inside();
    const asked: SearchQuery[] = [];
    running.server.classroom.ports.search.search = (query) => {
      asked.push(query);
      const at = { id: 9 - asked.length, room: 1, sender: "bob", recipient: "", timeMs: 0 };
      return Promise.resolve({
        found: [{ ...at, text: `page ${asked.length}` }],
        isMore: asked.length < 2,
        isBehind: false,
      });
    };
    ann.terminal.type("/more", "/search", '/search  "two words"  home*');
    await ann.terminal.until("bob: page 1\nThere are older ones: /more shows them.");
    ann.terminal.type("/more");
    await ann.terminal.until("bob: page 2\n");
    ann.terminal.type("/more");
    await ann.terminal.until("There is nothing more to show.", 2);
    expect(ann.terminal.printed).toContain("Type the words to be found: /search WORDS.");
    ann.terminal.type("/search *");
    await ann.terminal.until("Server: A search needs a word.");
    expect(asked.map(({ terms, before }) => [terms.length, before])).toEqual([
      [2, Number.MAX_SAFE_INTEGER],
      [2, 8],
    ]);
    ann.interrupt.abort();
    await ann.end;
  });

  test("a quiz is shown question by question, and answered", async () => {
    const ann = await new Stay().inside();
    await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
    await ann.terminal.until("Question 1: ");
    ann.terminal.type("quiz_answer:c a b a c");
    await ann.terminal.until("Quiz is over. Thank you for participating!");
    ann.interrupt.abort();
    await ann.end;
  });
});

async function restart(tls: TlsPolicy): Promise<number> {
  const { port } = running;
  await running.stop();
  running = await startTestServer({ ports: { ...ports, tls }, port });
  return port;
}

describe("who is trusted", () => {
  const other = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));

  test("a server that is another one later is refused loudly, before a name is sent", async () => {
    const first = await new Stay().inside();
    first.terminal.endInput();
    expect(await first.end).toBe(0);
    const port = await restart({ kind: "auto", identity: other, code: "X" });
    const second = new Stay();
    expect(await second.end).toStartWith(
      `ExpectedError: THE SERVER AT 127.0.0.1:${port} IS NOT THE ONE IT WAS: `,
    );
    expect(running.server.classroom.memberCount).toBe(0);
    const code = /its code is (\S+),/.exec(String(await second.end))![1]!;
    const third = await new Stay({ fingerprint: code }).inside("yes");
    third.terminal.endInput();
    expect([await third.end, servers.get(`127.0.0.1:${port}`)]).toEqual([0, code]);
    expect(await new Stay({ fingerprint: "AAAA-AAAA-AAAA-AAAA" }).end).toContain(
      "and not AAAA-AAAA-AAAA-AAAA",
    );
  });

  test("one that does not encrypt any more is refused, whatever is asked; one that never did needs a yes", async () => {
    const first = await new Stay().inside();
    first.terminal.endInput();
    await first.end;
    await restart({ kind: "off" });
    expect(await new Stay({}, true).end).toContain("somebody may be listening in");
    expect(await new Stay({ legacy: true }).end).toContain("is known to encrypt");
    servers.clear();
    expect(await new Stay().end).toContain("does not encrypt; join it with --legacy.");
    const agreed = new Stay({}, true);
    await agreed.terminal.until("Join all the same?");
    agreed.terminal.type("yes", "yes");
    await agreed.terminal.until("You joined the server.");
    agreed.interrupt.abort();
    await agreed.end;
    const declined = new Stay({}, true);
    await declined.terminal.until("Join all the same?");
    declined.terminal.type("no");
    expect(await declined.end).toBe(1);
  });

  test("one that knows only the first protocol needs --legacy, or a yes", async () => {
    const seed = await SeedServer.start();
    seed.users.set("ann", password);
    try {
      expect(await new Stay({ port: seed.port }).end).toBe(
        `ExpectedError: the server at 127.0.0.1:${seed.port} speaks only the first protocol, without encryption; join it with --legacy.`,
      );
      const agreed = new Stay({ port: seed.port }, true);
      await agreed.terminal.until("Join all the same?");
      agreed.terminal.type("yes", "yes");
      await agreed.terminal.until("You joined the server.");
      agreed.interrupt.abort();
      await agreed.end;
    } finally {
      await seed.close();
    }
  });
});
