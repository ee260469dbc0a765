/** Connections over real loopback sockets: what the system and the runtime do with the ends of a connection. */
import { afterEach, describe, expect, test } from "bun:test";
import type { Socket } from "bun";
import { ExpectedError } from "../../lib/errors.ts";
import { encodeFrame } from "../protocol/frame.ts";
import type { Connection } from "./connection.ts";
import { dial } from "./dial.ts";
import { listen, type Listener } from "./listen.ts";
import { WriteTick } from "./write-tick.ts";

const frame = (text: string) => encodeFrame("msg", text);

/** The server's end: what it was told, and the connection. */
interface Served {
  connection: Connection;
  told: string[];
  faults: string[];
  closed: Promise<void>;
}

let listener: Listener | undefined;
let peers: Socket[] = [];
afterEach(() => {
  for (const peer of peers) peer.terminate();
  peers = [];
  listener?.stop();
  listener = undefined;
});

/** A listener for one connection, and a peer that has connected to it. */
async function connected(onFrame: (payload: string, connection: Connection) => void = () => {}): Promise<{
  served: Served;
  peer: Socket;
  heard: () => string;
  peerClosed: Promise<void>;
}> {
  const opened = Promise.withResolvers<() => Connection>();
  const closed = Promise.withResolvers<void>();
  const told: string[] = [];
  const faults: string[] = [];
  listener = listen(
    "127.0.0.1",
    0,
    new WriteTick(),
    (connection) => {
      queueMicrotask(() => opened.resolve(connection));
      return {
        frame(_header, bytes, start, end) {
          const payload = Buffer.from(bytes.subarray(start, end)).toString();
          told.push(payload);
          onFrame(payload, connection());
        },
        fileData() {},
        fileEnd() {},
        violation: () => connection().destroy(),
        overflow: () => void told.push("overflow"),
        closed() {
          told.push("closed");
          closed.resolve();
        },
      };
    },
    (error) => void faults.push(error.message),
  );
  let heard = "";
  const peerClosed = Promise.withResolvers<void>();
  const peer = await Bun.connect({
    hostname: "127.0.0.1",
    port: listener.port,
    socket: {
      data: (_socket, chunk) => void (heard += chunk.toString("latin1")),
      close: () => peerClosed.resolve(),
      error() {},
    },
  });
  peers.push(peer);
  const connection = (await opened.promise)();
  return {
    served: { connection, told, faults, closed: closed.promise },
    peer,
    heard: () => heard,
    peerClosed: peerClosed.promise,
  };
}

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i === 400) throw new Error("it never came");
    await Bun.sleep(5);
  }
}

describe("a peer that closes", () => {
  test("while its socket is not read is heard to the end", async () => {
    const { served, peer } = await connected();
    served.connection.pause("disk");
    peer.write(frame("last words"));
    peer.end();
    await Bun.sleep(30);
    expect(served.told).toEqual([]);
    served.connection.resume("disk");
    await served.closed;
    expect(served.told).toEqual(["last words", "closed"]);
  });

  test("while on hold is heard to the end", async () => {
    const { served, peer } = await connected((payload, connection) => {
      if (payload === "password") connection.hold();
    });
    peer.write(Buffer.concat([frame("password"), frame("behind")]));
    peer.end();
    await until(() => served.connection.isGone);
    expect(served.told).toEqual(["password"]);
    served.connection.release();
    await served.closed;
    expect(served.told).toEqual(["password", "behind", "closed"]);
  });

  test("by breaking off while its socket is not read is told", async () => {
    const { served, peer } = await connected();
    served.connection.pause("disk");
    peer.terminate();
    await Bun.sleep(20);
    served.connection.resume("disk");
    await served.closed;
    expect(served.told).toEqual(["closed"]);
  });
});

describe("closing", () => {
  test("delivers the last frame though the peer keeps sending and nobody reads that", async () => {
    const { served, peer, heard, peerClosed } = await connected();
    const flood = Buffer.concat(Array.from({ length: 2_000 }, () => frame("x".repeat(200))));
    served.connection.pause("screen");
    peer.write(flood);
    await Bun.sleep(20);
    served.connection.send(frame("one before"));
    served.connection.close(frame("last"));
    const flooding = setInterval(() => peer.write(flood), 1);
    await peerClosed;
    clearInterval(flooding);
    await served.closed;
    expect(heard()).toBe(Buffer.concat([frame("one before"), frame("last")]).toString("latin1"));
    expect(served.told).toEqual(["closed"]);
  });

  test("delivers megabytes that wait, to a peer that reads slowly", async () => {
    const { served, peer, heard, peerClosed } = await connected();
    peer.pause();
    const large = frame("x".repeat(1_000_000));
    for (let i = 0; i < 8; i++) served.connection.send(large);
    served.connection.close(frame("last"));
    await Bun.sleep(50);
    expect(served.connection.queue.unwrittenBytes).toBeGreaterThan(0);
    peer.resume();
    await peerClosed;
    expect(heard()).toHaveLength(8 * large.length + frame("last").length);
    expect(heard()).toEndWith("last");
  });
});

test("what a handler throws ends that connection alone, and is told as a fault", async () => {
  const { served, peer, peerClosed } = await connected(() => {
    throw new Error("a bug");
  });
  peer.write(frame("x"));
  await peerClosed;
  await served.closed;
  expect(served.faults).toEqual(["a bug"]);
});

/** The sentence that says why one cannot listen there. */
const listenAgain = (host: string, port: number): string => {
  try {
    listen(
      host,
      port,
      new WriteTick(),
      () => {
        throw new Error("nobody connects");
      },
      () => {},
    ).stop();
    return "it listened";
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.message;
  }
};

describe("told in one sentence", () => {
  test("a port in use", async () => {
    await connected();
    const { port } = listener!;
    expect(listenAgain("127.0.0.1", port)).toBe(
      `port ${port} is in use: another server is running, or choose one with --port.`,
    );
  });

  test("an address that this machine has not", () => {
    expect(listenAgain("192.0.2.1", 0)).toMatch(/^cannot listen on 192\.0\.2\.1 port 0: [^\n]+\.$/);
  });

  test("a server that is not there", async () => {
    await connected();
    const { port } = listener!;
    listener!.stop();
    const dialled = dial(
      "127.0.0.1",
      port,
      new WriteTick(),
      () => {
        throw new Error("nobody answers");
      },
      () => {},
    );
    const error = await dialled.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ExpectedError);
    expect(String(error)).toContain(`cannot connect to 127.0.0.1 port ${port}: nothing listens there.`);
  });
});
