/** From the greeting to where a client of the second protocol may log in. */
import { X509Certificate } from "node:crypto";
import { afterEach, describe, expect, test } from "bun:test";
import { makeSelfSigned } from "../net/self-signed.ts";
import { encodeFrame } from "../protocol/frame.ts";
import { greeting, invalidMessage } from "../protocol/messages.ts";
import { encodeControl } from "../protocol/v2/control.ts";
import type { TlsPolicy } from "./classroom.ts";
import { hello, PeerClient } from "./peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "./session/test-client.test-support.ts";

const identity = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));
const code = "AAAA-BBBB-CCCC-DDDD";

let running: TestServer;
afterEach(() => running.stop());

async function start(kind: TlsPolicy["kind"]): Promise<void> {
  running = await startTestServer({ ports: { tls: kind === "off" ? { kind } : { kind, identity, code } } });
}

async function greeted(): Promise<PeerClient> {
  const client = await PeerClient.connect(running.port);
  expect(await client.next()).toMatchObject({ header: "v1" });
  return client;
}

describe("versions", () => {
  test("the lower minor is spoken, and what a later one adds is passed over", async () => {
    await start("off");
    for (const version of ["2.0", "2.1", "2.17"]) {
      const client = await greeted();
      const later = { ...hello, version, later: [1], capabilities: ["teleport"] };
      expect(await client.shakeHands(later)).toMatchObject({ version: "2.0", tls: false });
      client.raw("ping", "there?");
      expect(await client.next()).toEqual({ header: "pong", content: "there?" });
      client.raw("teleport", "x");
      expect(await client.next()).toMatchObject({ header: "error", content: { code: "unknown" } });
    }
  });

  test("another major is told, and the connection ends", async () => {
    await start("off");
    for (const version of ["1.0", "3.0", "99.0", "two"]) {
      const client = await greeted();
      client.becomeV2();
      client.send("hello", { ...hello, version });
      expect(await client.next()).toEqual({
        header: "error",
        content: { code: "version", text: `This server speaks version 2.0, and the client ${version}.` },
      });
      await client.untilClosed();
    }
  });
});

test("a hello that is none, or not the first frame, is what an unknown header is to the first protocol", async () => {
  await start("off");
  for (const payload of ["", "x", "{}", '{"version":2}', `${JSON.stringify(hello)}x`]) {
    const client = await TestClient.connect(running.port);
    await client.expect("info", greeting);
    client.send("hello", payload);
    await client.expect("error", invalidMessage);
    client.send("hello", JSON.stringify(hello));
    await client.expect("error", invalidMessage);
    client.send("info", "maybe");
    await client.expect("info", "Invalid response.");
  }
});

test("bytes behind the hello end the connection, with TLS and without", async () => {
  for (const kind of ["off", "auto"] as const) {
    await start(kind);
    const client = await greeted();
    client.becomeV2();
    const said = encodeControl("hello", { ...hello, tls: kind === "auto" });
    client.connection.send(Buffer.concat([said, encodeFrame("ping", "x")]));
    expect(await client.next()).toMatchObject({ header: "error", content: { code: "early" } });
    await client.untilClosed();
    if (kind === "off") await running.stop();
  }
});

describe("TLS in place", () => {
  test("both hellos are said again inside, and the client sees the server's key", async () => {
    await start("auto");
    const client = await PeerClient.greeted(running.port, { tls: true });
    const spki = new X509Certificate(identity.certificate).publicKey.export({ type: "spki", format: "der" });
    expect(Buffer.from(client.publicKey!).equals(spki)).toBe(true);
    client.raw("ping", "x");
    expect(await client.next()).toEqual({ header: "pong", content: "x" });
  });

  test("another hello inside is told as what it is, and ends the connection", async () => {
    await start("auto");
    for (const changed of [
      { ...hello, tls: true, capabilities: [] },
      { ...hello, tls: false },
    ]) {
      const client = await greeted();
      client.becomeV2();
      client.send("hello", { ...hello, tls: true });
      await client.next();
      await new Promise<void>((resolve) =>
        client.connection.startTls({ kind: "client", host: "x" }, () => resolve()),
      );
      client.send("hello", changed);
      expect(await client.next()).toMatchObject({ header: "error", content: { code: "downgrade" } });
      await client.untilClosed();
    }
  });

  test("garbage instead of a handshake ends that connection and no other", async () => {
    await start("auto");
    const other = await PeerClient.registered(running.port, "ann", { tls: true });
    const client = await greeted();
    client.becomeV2();
    client.send("hello", { ...hello, tls: true });
    await client.next();
    client.connection.send(Buffer.alloc(5000, "garbage"));
    await client.untilClosed();
    other.raw("ping", "x");
    expect(await other.expect("pong")).toBe("x");
    expect(running.server.classroom.newcomers.size).toBe(0);
  });

  test("whoever wants none gets none, unless the server takes only TLS", async () => {
    await start("auto");
    await PeerClient.registered(running.port, "ann", { tls: false });
    await running.stop();
    await start("require");
    const client = await PeerClient.connect(running.port);
    expect(await client.next()).toEqual({ header: "v1", content: "This server takes only pcs with TLS.\n" });
    client.becomeV2();
    client.send("hello", hello);
    expect(await client.next()).toMatchObject({ header: "error", content: { code: "tls-required" } });
    await client.untilClosed();
    await PeerClient.registered(running.port, "ann", { tls: true });
  });

  test("a server that takes only TLS lets nobody in by the first protocol", async () => {
    await start("require");
    const client = await TestClient.connect(running.port);
    await client.expect("info", "This server takes only pcs with TLS.\n");
    for (const text of ["no", "ann", "password"]) client.send("info", text);
    await client.expect("error", "Server: This server takes only pcs with TLS.\n");
    await client.untilClosed();
    expect(running.server.classroom.memberCount).toBe(0);
  });
});
