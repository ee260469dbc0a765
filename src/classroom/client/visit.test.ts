import { describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import { limits, useStay } from "./stay.test-support.ts";

const at = useStay();

describe("what answers is no classroom", () => {
  test("the input ends before the login does", async () => {
    at.terminal.type("no", "alice");
    at.terminal.endInput();
    expect(await at.stay()).toBe("ExpectedError: the input ended before the login did.");
  });

  test("a server that says nothing", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await at.stay({ port, limits: { ...limits, greetingMs: 20 } })).toBe(
      "ExpectedError: the server says nothing: it may be no classroom server.",
    );
    silent.close();
  });

  test("a server of another kind", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await at.stay({ port })).toBe(
      "ExpectedError: what answers there does not speak the classroom's protocol.",
    );
    other.close();
  });
});

describe("how it ends", () => {
  test("the end of the input leaves, when what is on its way has been printed", async () => {
    const [end] = await at.enter();
    at.terminal.type("foo:bar");
    at.terminal.endInput();
    expect(await end).toBe(0);
    expect(at.terminal.printed).toContain("Invalid message format");
    expect(at.server.seenWith("cmd")).toEqual(["disconnect"]);
  });

  test("the server shuts down", async () => {
    const [end] = await at.enter();
    at.server.shutDown();
    expect(await end).toBe(0);
    expect(at.terminal.printed).toEndWith(
      "=================\nServer is shutting down.\nThe classroom is closed.\n",
    );
  });

  test("garbage ends it with a sentence", async () => {
    const [end] = await at.enter();
    at.server.write(Buffer.alloc(100, 0xff));
    expect(await end).toBe("ExpectedError: what answers there does not speak the classroom's protocol.");
  });
});
