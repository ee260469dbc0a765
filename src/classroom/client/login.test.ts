import { describe, expect, test } from "bun:test";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { isLoginAnswer } from "./login.ts";
import { useStay } from "./stay.test-support.ts";

const at = useStay();

describe("coming in", () => {
  test("registering asks again until the server accepts", async () => {
    at.server.users.set("bob", "x");
    at.terminal.type("no", "bob", "alice", "secret", "cmd:disconnect");
    expect(await at.stay()).toBe(0);
    expect(at.terminal.printed).toBe(
      [
        `Connected to 127.0.0.1:${at.server.port}`,
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
    expect(at.server.users.get("alice")).toBe("secret");
    expect(at.terminal.hiddenQuestions).toEqual(["Enter a password: "]);
    expect(at.terminal.closed).toBe(true);
  });

  test("a known person is asked for name and password", async () => {
    at.server.users.set("alice", "secret");
    at.terminal.type("yes", "alice", "secret", "cmd:disconnect");
    expect(await at.stay()).toBe(0);
    expect(at.terminal.printed).toContain("(yes/no):\nEnter your username: \nEnter your password: \n====");
    expect(at.server.seen.map((frame) => frame.payload)).toEqual(["yes", "alice", "secret", "disconnect"]);
  });

  test("what is given is not asked for, and is used once", async () => {
    at.server.users.set("bob", "x");
    at.terminal.type("no", "alice", "cmd:disconnect");
    expect(await at.stay({ user: "bob", password: "secret" })).toBe(0);
    expect(at.terminal.printed.match(/^Enter.*$/gm)).toEqual(["Enter a username: "]);
  });

  test("names and passwords of any script", async () => {
    at.terminal.type("no", "Zoë", "пароль", "msg:é", "cmd:disconnect");
    expect(await at.stay()).toBe(0);
    expect(at.server.users.get("Zoë")).toBe("пароль");
  });

  test("a refused login is told in the server's words", async () => {
    at.terminal.type("yes", "alice", "wrong");
    expect(await at.stay()).toBe(1);
    expect(at.terminal.printed).toEndWith("Enter your password: \nInvalid username or password.\n");
  });

  test("neither yes nor no", async () => {
    at.terminal.type("maybe");
    expect(await at.stay()).toBe(1);
    expect(at.terminal.printed).toEndWith("(yes/no):\nInvalid response.\n");
  });

  test("a person may mistype yes", async () => {
    at.terminal = new FakeTerminal(true);
    at.terminal.type("yess", " NO ", "alice", "secret", "cmd:disconnect");
    expect(await at.stay()).toBe(0);
    expect(at.terminal.printed).toContain("Please type yes or no.");
  });

  test("an empty password is asked for again", async () => {
    at.terminal.type("no", "alice", "", "x".repeat(257), "ok", "cmd:disconnect");
    expect(await at.stay()).toBe(0);
    expect(at.terminal.printed.split("A password has 1 to 256 bytes.").length).toBe(3);
  });

  test("news that the original tells everybody is no answer to the login", async () => {
    at.terminal.type("no");
    const end = at.stay();
    await at.terminal.until("Enter a username");
    at.server.broadcast("info", "Server: Client bob joined the server.\n");
    at.server.broadcast("msg", "Client bob: hi\n");
    at.server.broadcast("info", "bob (private): psst\n");
    await at.terminal.until("psst");
    at.terminal.type("alice", "secret", "cmd:disconnect");
    expect(await end).toBe(0);
    expect(at.server.users.get("alice")).toBe("secret");
  });

  test("a server that asks nothing is not told anything", async () => {
    at.server.greeting = "This server takes only pcs with TLS.\n";
    expect(await at.stay()).toBe(1);
    expect(at.terminal.printed).toEndWith("\nThis server takes only pcs with TLS.\n");
    expect(at.server.seen).toEqual([]);
  });

  test("a server that hangs up while the name is typed", async () => {
    at.terminal.type("no");
    const end = at.stay();
    await at.terminal.until("Enter a username");
    at.server.broadcast("info", "This class has a roster: ask your teacher for an account.");
    at.server.drop();
    await end;
    expect(at.terminal.printed).toMatch(/Enter a username: \n(This class has a roster.*\n)?$/);
  });
});

test("what is an answer to a login, and what is everybody's news", () => {
  for (const text of ["Server: You joined the server.\n", "Invalid username or password.", "Whatever else."])
    expect(isLoginAnswer(text)).toBe(true);
  for (const text of ["Server: Client bob joined the server.\n", "bob (private): hi\n"])
    expect(isLoginAnswer(text)).toBe(false);
});
