/** Connections that end, are taken over or are shut down in the middle of something. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeFrame } from "../../protocol/frame.ts";
import * as messages from "../../protocol/messages.ts";
import { OutgoingFile } from "../files/outgoing-file.ts";
import { maxWaitingFiles, noLimits } from "../limits.ts";
import { startTestServer, TestClient, type TestServer } from "./test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

const enter = (name: string) => TestClient.registered(running.port, name);
const temporaryFiles = () => readdirSync(join(running.folder, "data/tmp"));

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i === 400) throw new Error("it never came");
    await Bun.sleep(5);
  }
}

describe("a connection that ends while its password is hashed", () => {
  test("has registered all the same, and nobody else takes the name meanwhile", async () => {
    const first = await TestClient.connect(running.port);
    const second = await TestClient.connect(running.port);
    for (const client of [first, second]) {
      await client.frame();
      client.send("info", "no");
    }
    first.send("info", "ann");
    await first.expect("info", messages.registered);
    first.send("info", "pw1");
    first.terminate();
    second.send("info", "ann");
    await second.expect("info", messages.nameTaken);
    const ann = await TestClient.loggedIn(running.port, "ann").catch(() => undefined);
    await until(() => running.server.classroom.newcomers.size === 1);
    ann?.end();
    const again = await TestClient.loggedIn(running.port, "ann");
    again.send("msg", "x");
  });

  test("leaves no seat behind", async () => {
    (await enter("ann")).send("cmd", "disconnect");
    const dying = await TestClient.connect(running.port);
    for (const text of ["yes", "ann", "pw1"]) dying.send("info", text);
    dying.terminate();
    await until(() => running.server.connectionCount === 0);
    expect([running.server.classroom.roster.size, running.server.classroom.newcomers.size]).toEqual([0, 0]);
  });
});

describe("a seat that is taken over", () => {
  test("while a file goes to it: the old connection gets the whole file or none of its mark", async () => {
    const ann = await enter("ann");
    const bob = await enter("bob");
    await ann.expect("info", messages.joined("bob"));
    const content = Buffer.alloc(300_000, "b");
    ann.send("file_transfer", "file_to:bob:a.bin");
    ann.raw(Buffer.concat([content, Buffer.from("EOF")]));
    await bob.expect("file_transfer", "file_to:ann:a.bin");
    const again = await TestClient.loggedIn(running.port, "bob");
    expect(await bob.bytes(content.length)).toEqual(content);
    expect((await bob.bytes(3)).toString()).toBe("EOF");
    expect((await bob.frame())[1]).toContain("logged in from another place");
    await bob.untilClosed();
    const told = [await ann.frame(), await ann.frame(), await ann.frame()].map(([, payload]) => payload);
    expect(told).toContain(messages.fileSent("a.bin", "bob"));
    ann.send("msg", "to the new one");
    await again.expect("msg", "Client ann: to the new one\n");
  });

  test("while a file comes from it: what has arrived of it is forgotten", async () => {
    const ann = await enter("ann");
    const bob = await enter("bob");
    await ann.expect("info", messages.joined("bob"));
    bob.send("file_transfer", "file_to_server:half.bin");
    bob.raw(Buffer.alloc(600_000, 1));
    await until(() => temporaryFiles().length === 1);
    await TestClient.loggedIn(running.port, "bob");
    await bob.untilClosed();
    await until(() => temporaryFiles().length === 0);
    expect(readdirSync(join(running.folder, "data/files"))).toEqual([]);
  });
});

describe("a person who leaves", () => {
  test("gets what was said before, in the same moment", async () => {
    const ann = await enter("ann");
    const bob = await enter("bob");
    await ann.expect("info", messages.joined("bob"));
    // Both come in one read: what ann says is not written yet when bob's leave is heard.
    bob.raw(Buffer.concat([encodeFrame("to", "bob:note to myself"), encodeFrame("cmd", "disconnect")]));
    await bob.expect("info", "bob (private): note to myself\n");
    await bob.untilClosed(1_000);
    await ann.expect("info", messages.left("bob"));
  });
});

describe("shutting down", () => {
  test("while a file goes out: it is whole, and only then the farewell is said", async () => {
    const ann = await enter("ann");
    const bob = await enter("bob");
    await ann.expect("info", messages.joined("bob"));
    const content = Buffer.alloc(200_000, "c");
    ann.send("file_transfer", "file_to:bob:a.bin");
    ann.raw(Buffer.concat([content, Buffer.from("EOF")]));
    await bob.expect("file_transfer", "file_to:ann:a.bin");
    const stopped = running.server.stop();
    expect(await bob.bytes(content.length + 3)).toEqual(Buffer.concat([content, Buffer.from("EOF")]));
    await bob.expect("info", messages.shuttingDown);
    await bob.untilClosed();
    await stopped;
  });

  test("while a file comes in whole: it is kept", async () => {
    const ann = await enter("ann");
    ann.send("file_transfer", "file_to_server:a.bin");
    ann.raw(Buffer.concat([Buffer.alloc(3_000_000, 1), Buffer.from("EOF")]));
    ann.send("msg", "behind it");
    await ann.expect("info", messages.fileUploaded("a.bin", "ann"));
    await running.server.stop();
    expect(readFileSync(join(running.folder, "data/files/ann/a.bin"))).toHaveLength(3_000_000);
  });

  test("ends though somebody reads nothing", async () => {
    await running.stop();
    running = await startTestServer({ limits: noLimits });
    const ann = await enter("ann");
    const bob = await enter("bob");
    await ann.expect("info", messages.joined("bob"));
    bob.pause();
    for (let i = 0; i < 12; i++) ann.send("msg", "x".repeat(1_000_000));
    await until(() => running.server.classroom.room.size === 2 && running.screen.length >= 12);
    const startedAt = performance.now();
    await running.server.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(running.server.connectionCount).toBe(0);
  }, 10_000);
});

test("files that wait for one person are bounded, and each refusal is told", async () => {
  const ann = await enter("ann");
  const bob = await enter("bob");
  await ann.expect("info", messages.joined("bob"));
  const { outbox } = running.server.classroom.roster.find("bob")!;
  const opened: string[] = [];
  const never = Promise.withResolvers<never>();
  const waiting = Array.from({ length: maxWaitingFiles }, (_, i) =>
    outbox.sendFile(
      encodeFrame("file_transfer", "x"),
      new OutgoingFile(
        { name: "x", from: undefined },
        () => {
          opened.push(String(i));
          return never.promise;
        },
        false,
      ),
      () => {},
    ),
  );
  ann.send("file_transfer", "file_to:bob:one-too-many.txt");
  ann.raw(Buffer.from("xEOF"));
  expect((await ann.frame())[1]).toBe(
    "Server: File 'one-too-many.txt' was not sent to bob: 32 files wait for bob already.\n",
  );
  await until(() => temporaryFiles().length === 0);
  expect(opened).toEqual(["0"]);
  bob.terminate();
  await until(() => running.server.classroom.roster.size === 1);
  never.reject(new Error("given up"));
  expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual([
    "rejected",
    ...Array.from({ length: maxWaitingFiles - 1 }, () => "fulfilled" as const),
  ]);
});
