/** TLS put over connections in place, over real loopback sockets. */
import { createHash, X509Certificate } from "node:crypto";
import { afterEach, expect, test } from "bun:test";
import { encodeFrame } from "../protocol/frame.ts";
import type { Connection, ConnectionEvents } from "./connection.ts";
import { dial } from "./dial.ts";
import { listen, type Listener } from "./listen.ts";
import { makeSelfSigned } from "./self-signed.ts";
import { WriteTick } from "./write-tick.ts";

const { key, certificate } = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));

/** What one end got, and what it does about it. */
interface End {
  events: ConnectionEvents;
  received: () => { bytes: number; sha256: string };
  onFrame: (payload: Buffer) => void;
  closed: Promise<void>;
}

function end(connection: () => Connection): End {
  let bytes = 0;
  const hash = createHash("sha256");
  const closed = Promise.withResolvers<void>();
  const made: End = {
    received: () => ({ bytes, sha256: hash.copy().digest("hex") }),
    onFrame() {},
    closed: closed.promise,
    events: {
      frame(_header, chunk, start, end) {
        const payload = Buffer.from(chunk.subarray(start, end));
        bytes += payload.length;
        hash.update(payload);
        made.onFrame(payload);
      },
      fileData() {},
      fileEnd() {},
      violation: () => connection().destroy(),
      overflow: () => connection().destroy(),
      closed: () => closed.resolve(),
    },
  };
  return made;
}

function fault(error: Error): void {
  throw error;
}

let listener: Listener | undefined;
let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
  listener?.stop();
});

/** A client and the server's end of its connection, both in clear. */
async function connect(): Promise<{
  client: Connection;
  server: Connection;
  clientEnd: End;
  serverEnd: End;
}> {
  const accepted = Promise.withResolvers<{ server: Connection; serverEnd: End }>();
  listener = listen(
    "127.0.0.1",
    0,
    new WriteTick(),
    (connection) => {
      const serverEnd = end(connection);
      queueMicrotask(() => accepted.resolve({ server: connection(), serverEnd }));
      return serverEnd.events;
    },
    fault,
  );
  let clientEnd!: End;
  const client = await dial(
    "127.0.0.1",
    listener.port,
    new WriteTick(),
    (connection) => {
      clientEnd = end(connection);
      return clientEnd.events;
    },
    fault,
  );
  const { server, serverEnd } = await accepted.promise;
  stops.push(
    () => client.destroy(),
    () => server.destroy(),
  );
  for (const each of [client, server]) each.decoder.readPlainFrames(() => 0);
  return { client, server, clientEnd, serverEnd };
}

/** The same with TLS between them. */
async function connectSecurely(): Promise<
  Awaited<ReturnType<typeof connect>> & { publicKey: Uint8Array | undefined }
> {
  const ends = await connect();
  const secured = Promise.withResolvers<Uint8Array | undefined>();
  const serverSecured = Promise.withResolvers<void>();
  ends.server.startTls({ kind: "server", key, certificate }, () => serverSecured.resolve());
  ends.client.startTls({ kind: "client", host: "127.0.0.1" }, secured.resolve);
  await serverSecured.promise;
  return { ...ends, publicKey: await secured.promise };
}

test("frames go both ways, and the client sees the server's key", async () => {
  const { client, server, clientEnd, serverEnd, publicKey } = await connectSecurely();
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  expect(Buffer.from(publicKey!).equals(spki)).toBe(true);
  const echoed = Promise.withResolvers<string>();
  serverEnd.onFrame = (payload) => server.send(encodeFrame("msg", payload));
  clientEnd.onFrame = (payload) => echoed.resolve(payload.toString());
  client.send(encodeFrame("msg", "hello"));
  expect(await echoed.promise).toBe("hello");
  expect([client.isSecure, server.isSecure]).toEqual([true, true]);
});

test("much at once goes both ways whole, whatever the socket takes, and a pause stops it", async () => {
  const { client, server, clientEnd, serverEnd } = await connectSecurely();
  const payload = Buffer.alloc(1 << 20);
  for (let i = 0; i < payload.length; i++) payload[i] = (i * 31 + (i >> 8)) & 255;
  const expected = createHash("sha256");
  server.pause("test");
  for (let i = 0; i < 12; i++) {
    expected.update(payload);
    client.send(encodeFrame("msg", payload));
    server.send(encodeFrame("msg", payload));
  }
  const total = 12 * payload.length;
  const sha256 = expected.digest("hex");
  while (clientEnd.received().bytes < total) await Bun.sleep(5);
  expect(clientEnd.received()).toEqual({ bytes: total, sha256 });
  expect(client.queue.queuedBytes).toBeGreaterThan(0);
  expect(serverEnd.received().bytes).toBe(0);
  server.resume("test");
  while (serverEnd.received().bytes < total) await Bun.sleep(5);
  expect(serverEnd.received()).toEqual({ bytes: total, sha256 });
});

test("what is written last arrives before the end, from either side", async () => {
  for (const last of ["client", "server"] as const) {
    const { client, server, clientEnd, serverEnd } = await connectSecurely();
    const [from, to] = last === "client" ? [client, serverEnd] : [server, clientEnd];
    const payload = Buffer.alloc(700_000, "x");
    from.close(encodeFrame("msg", payload));
    await Promise.all([clientEnd.closed, serverEnd.closed]);
    expect(to.received().bytes).toBe(payload.length);
    listener?.stop();
  }
});

test("garbage instead of a handshake closes that connection, without an exception", async () => {
  const { client, server, serverEnd } = await connect();
  let secured = 0;
  server.startTls({ kind: "server", key, certificate }, () => secured++);
  client.send(encodeFrame("msg", "GET / HTTP/1.1\r\n\r\n".repeat(10)));
  await serverEnd.closed;
  expect(secured).toBe(0);
});

test("a server without TLS behind it closes the client that begins a handshake", async () => {
  const { client, server, clientEnd } = await connect();
  let secured = 0;
  client.startTls({ kind: "client", host: "127.0.0.1" }, () => secured++);
  server.send(encodeFrame("info", "no handshake at all, but words"));
  await clientEnd.closed;
  expect(secured).toBe(0);
});

test("a peer that breaks off in the handshake is gone, and so is one that never begins it", async () => {
  const { client, server, serverEnd } = await connect();
  server.startTls({ kind: "server", key, certificate }, () => {});
  client.send(Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3));
  await client.whenEmpty();
  client.destroy();
  await serverEnd.closed;
  const other = await connect();
  other.server.startTls({ kind: "server", key, certificate }, () => {});
  other.server.close();
  await Promise.all([other.serverEnd.closed, other.clientEnd.closed]);
});
