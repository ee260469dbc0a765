/** People of a roster who come with a one-time code, in both protocols and with the terminal client. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { memoryAccounts } from "../../store/memory/memory-accounts.ts";
import { memoryTokens } from "../../store/memory/memory-tokens.ts";
import { newAccount, type AccountStore } from "../accounts/account-store.ts";
import { Accounts } from "../accounts/accounts.ts";
import { SessionTokens } from "../accounts/session-tokens.ts";
import { FakeTerminal } from "../client/fake-terminal.test-support.ts";
import { runSession } from "../client/session.ts";
import { makeSelfSigned } from "../net/self-signed.ts";
import { greeting, welcome } from "../protocol/messages.ts";
import { PeerClient } from "./peer/peer-client.test-support.ts";
import {
  quickGate,
  startTestServer,
  TestClient,
  type TestServer,
} from "./session/test-client.test-support.ts";

const code = "K7PM-2XQA-9TDV";
const chosen = "my own password";
let store: AccountStore;
let running: TestServer;
beforeEach(async () => {
  store = memoryAccounts();
  store.add("bob", { ...newAccount("bob", `hash of ${code}`), isOneTime: true }, 0);
  const tls = {
    kind: "auto",
    identity: makeSelfSigned(crypto.getRandomValues(new Uint8Array(16))),
    code: "TEST-TEST-TEST-TEST",
  } as const;
  running = await startTestServer({
    ports: {
      tls,
      registration: "roster",
      accounts: new Accounts(store, quickGate(), Date.now),
      tokens: new SessionTokens(memoryTokens(), store, Date.now, (bytes) => new Uint8Array(bytes)),
    },
  });
});
afterEach(() => running.stop());

const changed = (): [boolean, string] => {
  const { isOneTime, passwordHash } = store.find("bob")!;
  return [isOneTime, passwordHash];
};

const refusal = async (client: PeerClient): Promise<string> =>
  ((await client.expect("error")) as { code: string }).code;

test("in the second protocol a password is asked for, and the code opens nothing from then on", async () => {
  const bob = await PeerClient.greeted(running.port, { tls: true });
  bob.send("login", { name: "bob", password: "k7pm 2xqa 9tdv" });
  expect(await refusal(bob)).toBe("new-password");
  bob.send("login", { name: "bob", password: code, newPassword: "short" });
  expect(await refusal(bob)).toBe("password-refused");
  expect(changed()[0]).toBe(true);
  expect(await bob.logIn({ name: "bob", password: code, newPassword: chosen })).toMatchObject({
    name: "bob",
  });
  expect(changed()).toEqual([false, `hash of ${chosen}`]);
  const again = await PeerClient.greeted(running.port, { tls: true });
  again.send("login", { name: "bob", password: code, newPassword: "another one" });
  expect(await refusal(again)).toBe("login");
  await again.logIn({ name: "bob", password: chosen });
  again.send("name", { name: "eve" });
  expect(running.screen.at(-1)).not.toContain(code);
});

for (const protocol of ["first", "second"] as const)
  test(`who is banned while the new password is kept does not come in: in the ${protocol} protocol`, async () => {
    const { accounts } = running.server.classroom.ports;
    const choose = accounts.choosePassword.bind(accounts);
    accounts.choosePassword = async (...given) => {
      const problem = await choose(...given);
      await running.operator.type("/ban bob");
      return problem;
    };
    if (protocol === "first") {
      const bob = await enter(`${code} ${chosen}`);
      expect((await bob.frame())[1]).toContain("You are banned from this class");
    } else {
      const bob = await PeerClient.greeted(running.port, { tls: true });
      bob.send("login", { name: "bob", password: code, newPassword: chosen });
      expect(await refusal(bob)).toBe("banned");
    }
    expect(running.server.classroom.memberCount).toBe(0);
  });

async function enter(password: string): Promise<TestClient> {
  const client = await TestClient.connect(running.port);
  for (const text of ["yes", "bob", password]) client.send("info", text);
  await client.expect("info", greeting);
  return client;
}

test("in the first protocol the password stands behind the code", async () => {
  const asked = await enter(code);
  await asked.expect(
    "info",
    "Server: This code works once: as your password, type the code, a blank and a password of your own choice.\n",
  );
  await asked.untilClosed();
  await (await enter("K7PM-2XQA-9TDX pw")).expect("info", "Invalid username or password.");
  await (await enter(`${code.toLowerCase()}  pw 1`)).expect("info", welcome);
  expect(changed()).toEqual([false, "hash of pw 1"]);
  await (await enter("pw 1")).expect("info", welcome);
});

test("the terminal client asks for it, and goes on", async () => {
  const terminal = new FakeTerminal();
  const interrupt = new AbortController();
  const end = runSession(
    {
      host: "127.0.0.1",
      port: running.port,
      user: "bob",
      password: undefined,
      downloads: tmpdir(),
      home: undefined,
      limits: { connectMs: 2_000, greetingMs: 2_000, quietMs: 50, quietAtMostMs: 500, leaveMs: 500 },
      legacy: false,
      fingerprint: undefined,
      known: { place: "nowhere", find: () => undefined, remember: () => undefined },
    },
    { terminal, interrupted: interrupt.signal, now: () => performance.now(), list: () => [] },
  );
  terminal.type("yes", code, "short", chosen);
  await terminal.until("This code works once: please choose a password.");
  await terminal.until("A password has 8 to 256 bytes.");
  await terminal.until("You joined the server.");
  expect(terminal.hiddenQuestions).toContain("Choose a password: ");
  terminal.endInput();
  expect([await end, changed()]).toEqual([0, [false, `hash of ${chosen}`]]);
});

test("an account that was reset meanwhile: its session ends", async () => {
  const bob = await PeerClient.greeted(running.port, { tls: true });
  await bob.logIn({ name: "bob", password: code, newPassword: chosen });
  store.update("bob", { isOneTime: true });
  store.wasChangedElsewhere = () => true;
  running.server.classroom.moderation.recheck();
  expect(await bob.expect("bye")).toEqual({
    code: "disabled",
    text: "Your password was reset: please log in with the code that you were given.",
  });
});

test("where nobody can come in the console says so", async () => {
  await running.stop();
  running = await startTestServer({ ports: { registration: "roster" } });
  running.server.classroom.showCode();
  running.server.classroom.showCode();
  expect(running.screen.slice(1)).toEqual([
    "There are no accounts, so nobody can come in: pcs accounts import FILE makes those of a roster.",
  ]);
});

test("where nobody teaches yet the console shows how to, once", async () => {
  const bob = await PeerClient.greeted(running.port, { tls: true });
  await bob.logIn({ name: "bob", password: code, newPassword: chosen });
  expect(running.screen).toEqual([
    "The code of this server is TEST-TEST-TEST-TEST.",
    expect.stringMatching(
      /^Whoever types \/teacher [A-Z2-9-]{14} in pcs join, or the code on the page, is a teacher from then on; it works once/,
    ),
  ]);
});
