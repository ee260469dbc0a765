import { describe, expect, test } from "bun:test";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { SeedServer } from "./seed-server.test-support.ts";
import { useStay } from "./stay.test-support.ts";

const at = useStay();

describe("the end of a stay", () => {
  test("nothing listens", async () => {
    const { port } = at.server;
    await at.server.close();
    expect(await at.stay({ port })).toBe(
      `ExpectedError: cannot connect to 127.0.0.1 port ${port}: nothing listens there.`,
    );
    expect(at.terminal.closed).toBe(true);
  });

  test("Ctrl-C says goodbye", async () => {
    const [end] = await at.enter();
    at.interrupt.abort();
    expect(await end).toBe(130);
    await Bun.sleep(10);
    expect(at.server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("Ctrl-C at a question", async () => {
    at.terminal.type("no");
    const end = at.stay();
    await at.terminal.until("Enter a username");
    at.interrupt.abort();
    expect(await end).toBe(130);
  });

  test("the connection drops under a script", async () => {
    const [end] = await at.enter();
    at.server.drop();
    expect(await end).toBe("ExpectedError: the connection to the server was lost.");
  });
});

describe("coming back", () => {
  test("with the name and password that opened before", async () => {
    at.terminal = new FakeTerminal(true);
    at.terminal.type("no", "alice", "secret");
    const end = at.stay();
    await at.terminal.until("You joined the server.");
    at.server.drop();
    await at.terminal.until("Connection lost. Reconnect? [Y/n] ");
    at.terminal.type("");
    await at.terminal.until("You joined the server.", 2);
    at.terminal.type("msg:back", "cmd:disconnect");
    expect(await end).toBe(0);
    expect(at.server.seen.map((frame) => frame.payload).slice(-5)).toEqual([
      "yes",
      "alice",
      "secret",
      "back",
      "disconnect",
    ]);
  });

  test("to a server that is not there, and then is", async () => {
    at.terminal = new FakeTerminal(true);
    const [end] = await at.enter();
    const { port, users } = at.server;
    await at.server.close();
    await at.terminal.until("Reconnect?");
    at.terminal.type("y");
    await at.terminal.until("nothing listens there.");
    await at.terminal.until("Reconnect?", 2);
    at.server = await SeedServer.start("127.0.0.1", port);
    at.server.users = users;
    at.terminal.type("yes");
    await at.terminal.until("You joined the server.", 2);
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });

  test("not at all", async () => {
    at.terminal = new FakeTerminal(true);
    const [end] = await at.enter();
    at.server.drop();
    await at.terminal.until("Reconnect?");
    at.terminal.type("n");
    expect(await end).toBe(1);
  });

  test("nor after Ctrl-C at the question", async () => {
    at.terminal = new FakeTerminal(true);
    const [end] = await at.enter();
    at.server.drop();
    await at.terminal.until("Reconnect?");
    at.interrupt.abort();
    expect(await end).toBe(130);
  });
});
