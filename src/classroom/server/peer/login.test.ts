/** Logging in by the second protocol: passwords, tokens, and how often they may be tried. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { Accounts } from "../../accounts/accounts.ts";
import { HashGate } from "../../accounts/hash-gate.ts";
import { memoryAccounts } from "../../../store/memory/memory-accounts.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

const password = "long enough";

async function refused(client: PeerClient): Promise<string> {
  return ((await client.expect("error")) as { code: string }).code;
}

test("a new account gets a seat and a token; the token and the password open it again", async () => {
  const ann = await PeerClient.greeted(running.port);
  const seat = await ann.logIn({ name: "Ann", password, create: true });
  expect(seat).toMatchObject({ name: "Ann", role: "student", lastTag: 0, seen: 0, room: "main" });
  expect(seat.token).toMatch(/^[\w-]{43}$/);
  ann.connection.destroy();
  const again = await PeerClient.greeted(running.port);
  const second = await again.logIn({ token: seat.token });
  expect(second).toMatchObject({ name: "Ann" });
  expect(second.token).toBeUndefined();
  const third = await PeerClient.greeted(running.port);
  expect((await third.logIn({ name: "ANN", password })).name).toBe("Ann");
});

test("nothing but the login before the login", async () => {
  const client = await PeerClient.greeted(running.port);
  client.say("hello?");
  expect(await refused(client)).toBe("login-first");
  client.send("join", { ask: 1, room: "main" });
  expect(await refused(client)).toBe("login-first");
  expect(running.screen).toEqual([]);
});

test("what is wrong is told with its code, and another try is possible", async () => {
  await PeerClient.registered(running.port, "ann");
  const client = await PeerClient.greeted(running.port);
  const rows: [object, string][] = [
    [{ name: "ann", password: "wrong password" }, "login"],
    [{ name: "nobody", password }, "login"],
    [{ name: "ann", password, create: true }, "name-taken"],
    [{ name: "a:b", password, create: true }, "name-refused"],
    [{ name: "Server", password, create: true }, "name-refused"],
    [{ name: "bob", password: "short", create: true }, "password-refused"],
    [{ name: "bob" }, "malformed"],
    [{ token: "no token" }, "token"],
    [{}, "malformed"],
  ];
  for (const [login, code] of rows) {
    client.send("login", login);
    expect([login, await refused(client)]).toEqual([login, code]);
  }
  expect((await client.logIn({ name: "bob", password, create: true })).name).toBe("bob");
  client.send("login", { name: "bob", password });
  expect(await refused(client)).toBe("malformed");
});

test("a name may be asked for first, and is kept for whoever asked", async () => {
  const [one, two] = [await PeerClient.greeted(running.port), await PeerClient.greeted(running.port)];
  one.send("name", { name: "ann" });
  expect(await one.expect("name")).toEqual({ name: "ann" });
  two.send("name", { name: "ANN" });
  expect(await refused(two)).toBe("name-taken");
  const old = await TestClient.connect(running.port);
  for (const text of ["no", "ann"]) old.send("info", text);
  await old.frame();
  await old.expect("info", "Username already exists. Please choose another: ");
  one.connection.destroy();
  for (;;) {
    two.send("name", { name: "ann" });
    if ((await two.next()).header === "name") break;
  }
  await two.logIn({ name: "ann", password, create: true });
});

test("a name has one seat: who comes in later takes it, in whichever protocol", async () => {
  const first = await PeerClient.registered(running.port, "ann", {});
  const second = await TestClient.loggedIn(running.port, "ann", password);
  expect(await first.expect("bye")).toMatchObject({ code: "replaced" });
  await first.untilClosed();
  const third = await PeerClient.greeted(running.port);
  await third.logIn({ name: "ann", password });
  expect((await second.frame())[1]).toContain("You logged in from another place");
  await second.untilClosed();
  expect(running.server.classroom.memberCount).toBe(1);
});

test("a server that cannot keep a token lets people in by their passwords, without one, and tells the operator", async () => {
  const { tokens } = running.server.classroom.ports;
  tokens.issue = () => {
    throw new ExpectedError("a login cannot be kept: the disk is full.");
  };
  const ann = await PeerClient.greeted(running.port);
  const seat = await ann.logIn({ name: "ann", password, create: true });
  expect([seat.name, seat.token]).toEqual(["ann", undefined]);
  expect(running.screen).toContain("A login cannot be kept: the disk is full.");
});

describe("how often", () => {
  test("after five wrong passwords from an address the right one waits too, in both protocols; a token does not", async () => {
    const seat = await (
      await PeerClient.greeted(running.port)
    ).logIn({ name: "ann", password, create: true });
    const thief = await PeerClient.greeted(running.port);
    for (let i = 0; i < 5; i++) {
      thief.send("login", { name: "ann", password: `guess ${i} long` });
      expect(await refused(thief)).toBe("login");
    }
    thief.send("login", { name: "ann", password });
    expect(await thief.next()).toMatchObject({
      header: "error",
      content: { code: "busy", text: "Too many logins were tried; please wait 2 seconds and try again." },
    });
    const old = await TestClient.connect(running.port);
    for (const text of ["yes", "ann", password]) old.send("info", text);
    await old.frame();
    expect((await old.frame())[1]).toStartWith("Too many logins were tried; please wait");
    const ann = await PeerClient.greeted(running.port);
    expect((await ann.logIn({ token: seat.token })).name).toBe("ann");
    const bob = await PeerClient.greeted(running.port);
    await bob.logIn({ name: "bob", password, create: true });
    expect(running.server.classroom.counters.throttledLogins).toBe(2);
  });

  test("a connection may try so often and no more", async () => {
    const client = await PeerClient.greeted(running.port);
    for (let i = 0; i < 51; i++) client.send("login", { token: `${i}` });
    for (let i = 0; i < 50; i++) expect(await refused(client)).toBe("token");
    expect(await client.next()).toMatchObject({ header: "bye" });
    await client.untilClosed();
  });

  test("a reconnect with a token hashes nothing", async () => {
    await running.stop();
    const gate = new HashGate(1);
    let hashed = 0;
    const verify = gate.verify.bind(gate);
    gate.verify = (...given) => (hashed++, verify(...given));
    running = await startTestServer({ ports: { accounts: new Accounts(memoryAccounts(), gate, Date.now) } });
    // The tokens' own store of accounts knows nobody here: what counts is what was hashed.
    const client = await PeerClient.greeted(running.port);
    client.send("login", { token: "x" });
    expect(await refused(client)).toBe("token");
    expect(hashed).toBe(0);
  });
});

test("a roster lets no new name in", async () => {
  await running.stop();
  running = await startTestServer({ ports: { registration: "roster" } });
  const client = await PeerClient.greeted(running.port);
  client.send("name", { name: "ann" });
  expect(await refused(client)).toBe("roster");
  client.send("login", { name: "ann", password, create: true });
  expect(await refused(client)).toBe("roster");
});

test("one that hangs up while its password is hashed leaves no seat behind", async () => {
  const client = await PeerClient.greeted(running.port);
  client.send("login", { name: "ann", password, create: true });
  await client.connection.whenEmpty();
  client.connection.destroy();
  while (running.server.connectionCount > 0) await Bun.sleep(5);
  expect(running.server.classroom.memberCount).toBe(0);
  const again = await PeerClient.greeted(running.port);
  expect((await again.logIn({ name: "ann", password })).name).toBe("ann");
});
