import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeSelfSigned } from "../net/self-signed.ts";
import { encodeChunk } from "../protocol/v2/chunk.ts";
import { encodeControl } from "../protocol/v2/control.ts";
import { hello, PeerClient } from "../server/peer/peer-client.test-support.ts";
import { TestClient } from "../server/session/test-client.test-support.ts";
import { maxNewcomerPageBytes } from "./limits.ts";
import {
  openPage,
  registeredPage,
  startTestClassroom,
  type TestClassroom,
} from "./page-client.test-support.ts";
import { PortTaken, startWeb } from "./start-web.ts";

let here: TestClassroom;
beforeEach(async () => {
  here = await startTestClassroom();
});
afterEach(() => here.stop());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${here.web.port}/metrics`)).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  );
}

describe("a page is a peer like any other", () => {
  test("it chats with an old client and with one over TCP, and each sees the others", async () => {
    const ann = await registeredPage(here.web, "ann");
    await ann.join();
    const bob = await PeerClient.registered(here.port, "bob");
    await bob.join();
    const old = await TestClient.registered(here.port, "carl");
    ann.say("héllo <b>");
    expect(await bob.expect("m")).toMatchObject({ sender: "ann", text: "héllo <b>" });
    expect(await old.frame()).toEqual(["msg", "Client ann: héllo <b>\n"]);
    old.send("msg", "hi");
    expect(await ann.expect("m")).toMatchObject({ sender: "carl", text: "hi" });
    bob.tell("ann", "for you");
    expect(await ann.expect("p")).toMatchObject({ from: "bob", to: "ann", text: "for you" });
    expect(here.screen).toContain("Client ann: héllo <b>");
    expect(await metric("pcs_pages")).toBe(1);
    expect(await metric('pcs_people{protocol="2"}')).toBe(2);
    expect(await metric("pcs_connections")).toBe(3);
  });

  test("it leaves: the others are told", async () => {
    const { client, ws } = await openPage(here.web);
    await client.next();
    await client.shakeHands(hello);
    await client.logIn({ name: "ann", password: "long enough", create: true });
    const old = await TestClient.registered(here.port, "carl");
    ws.close();
    expect(await old.frame()).toEqual(["info", "Server: Client ann left the server.\n"]);
    expect(here.screen).toContain("Client ann disconnected.");
  });

  test("its token brings the seat back over another carrier", async () => {
    const { client } = await openPage(here.web);
    await client.next();
    await client.shakeHands(hello);
    const { token } = await client.logIn({ name: "ann", password: "long enough", create: true });
    const again = await PeerClient.greeted(here.port);
    expect(await again.logIn({ token: token! })).toMatchObject({ name: "ann" });
    expect(await client.expect("bye")).toMatchObject({ code: "replaced" });
    await client.untilClosed();
  });

  test("frames may be cut anywhere", async () => {
    const { client, ws } = await openPage(here.web);
    await client.next();
    client.becomeV2();
    for (const byte of encodeControl("hello", hello)) ws.send(Uint8Array.of(byte));
    expect(await client.expect("hello")).toMatchObject({ version: "2.0", tls: false });
  });

  test("a file of 3 MiB goes up, in one piece", async () => {
    const ann = await registeredPage(here.web, "ann");
    const data = new Uint8Array(3 << 20).map((_, at) => at * 7);
    ann.send("offer", { tag: ann.tag++, transfer: 1, name: "a.bin", size: data.length });
    expect(await ann.expect("accept")).toMatchObject({ transfer: 1, offset: 0 });
    for (let at = 0; at < data.length; at += 64 << 10)
      ann.connection.send(encodeChunk(1, at, data.subarray(at, at + (64 << 10))));
    const sha256 = createHash("sha256").update(data).digest("hex");
    ann.send("end", { transfer: 1, size: data.length, sha256 });
    expect(await ann.expect("received")).toEqual({ transfer: 1, name: "a.bin", sha256 });
    expect(readFileSync(join(here.folder, "data/files/ann/a.bin"))).toEqual(Buffer.from(data));
    expect(await metric('pcs_files_total{to="server"}')).toBe(1);
  });
});

describe("what is not let in", () => {
  test("a page of another site, or under another name", async () => {
    for (const headers of [{ Origin: "http://evil.example" }, { Host: "evil.example" }])
      expect(await openPage(here.web, headers).catch((error: Error) => error.message)).toBe("no web socket");
    expect(await metric('pcs_dropped_total{why="foreign_requests"}')).toBe(2);
    const own = await openPage(here.web, { Origin: `http://127.0.0.1:${here.web.port}` });
    own.ws.close();
  });

  test("text, which no page of ours sends", async () => {
    const { client, ws } = await openPage(here.web);
    ws.send("hello");
    await client.untilClosed();
  });

  test("one that sends on and on while its password is checked", async () => {
    const { client, ws } = await openPage(here.web);
    await client.next();
    await client.shakeHands(hello);
    ws.send(encodeControl("login", { name: "ann", password: "long enough", create: true }).slice());
    const ping = new Uint8Array(maxNewcomerPageBytes);
    for (let i = 0; i < 5; i++) ws.send(ping);
    await client.untilClosed();
    expect(await metric('pcs_dropped_total{why="page_overruns"}')).toBe(1);
  });

  test("a frame that is too long is told, and ends it", async () => {
    const { client, ws } = await openPage(here.web);
    await client.next();
    await client.shakeHands(hello);
    ws.send(Uint8Array.of(0, 4, 112, 105, 110, 103, 0xff, 0, 0, 0));
    expect(await client.next()).toMatchObject({ header: "error", content: { code: "malformed" } });
    await client.untilClosed();
  });
});

test("a page that reads nothing is told apart as a slow reader, and costs nobody else", async () => {
  const { client, ws } = await openPage(here.web);
  await client.next();
  await client.shakeHands(hello);
  await client.logIn({ name: "ann", password: "long enough", create: true });
  await client.join();
  const bob = await PeerClient.registered(here.port, "bob");
  await bob.join();
  expect(ws.readyState).toBe(WebSocket.OPEN);
  const words = "x".repeat(60_000);
  for (let i = 0; i < 20; i++) bob.say(words);
  for (let i = 0; i < 20; i++) expect(await client.expect("m")).toMatchObject({ text: words });
});

test("a port that is taken is told in one sentence", () => {
  const again = (): unknown =>
    startWeb({
      host: "127.0.0.1",
      port: here.web.port,
      names: [],
      identity: undefined,
      server: here.server,
      page: new Map(),
      linksOf: () => [],
    });
  expect(again).toThrow(PortTaken);
  expect(again).toThrow(
    `port ${here.web.port} is in use, so the web page cannot be there: choose another with --web.`,
  );
});

describe("--tls require", () => {
  const identity = makeSelfSigned(new Uint8Array(16).fill(3));

  test("a page over HTTPS comes in, without another TLS inside", async () => {
    const secure = await startTestClassroom({ ports: { tls: { kind: "require", identity, code: "CODE" } } });
    try {
      expect(secure.web.isEncrypted).toBe(true);
      const ann = await registeredPage(secure.web, "ann");
      await ann.join();
      expect(secure.screen).toContain("The code of this server is CODE.");
    } finally {
      await secure.stop();
    }
  });

  test("over plain HTTP nobody logs in", async () => {
    const secure = await startTestClassroom({ ports: { tls: { kind: "require", identity, code: "CODE" } } });
    const plain = startWeb({
      host: "127.0.0.1",
      port: 0,
      names: [],
      identity: undefined,
      server: secure.server,
      page: new Map(),
      linksOf: () => [],
    });
    try {
      for (const tls of [true, false]) {
        const { client } = await openPage(plain);
        await client.next();
        client.send("hello", { ...hello, tls });
        client.becomeV2();
        expect(await client.next()).toMatchObject({ header: "error", content: { code: "tls-required" } });
        await client.untilClosed();
      }
      expect(existsSync(join(secure.folder, "data/files/ann"))).toBe(false);
    } finally {
      await plain.stop();
      await secure.stop();
    }
  });
});
