/** What is wrong about files in the second protocol: it ends that transfer, is told in one sentence, and costs nobody else. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { DiskFile } from "../../../store/disk/incoming-file.ts";
import { encodeChunk, encodeCredit } from "../../protocol/v2/chunk.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { PeerClient } from "../peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "./test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ limits: { quotaBytes: 1_000_000 } });
});
afterEach(() => running.stop());

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const parts = (): string[] => readdirSync(join(running.folder, "data/parts"));

async function enter(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

function offer(client: PeerClient, more: Partial<Control<"offer">> = {}): void {
  client.send("offer", { tag: client.tag++, transfer: 1, name: "a.bin", size: content.length, ...more });
}

function send(client: PeerClient, transfer: number, bytes = content): void {
  for (let at = 0; at < bytes.length; at += 50_000)
    client.connection.send(encodeChunk(transfer, at, bytes.subarray(at, at + 50_000)));
  client.send("end", { transfer, size: bytes.length, sha256: sha256(bytes) });
}

/** The person is still here and heard. */
async function stillTalks(client: PeerClient): Promise<void> {
  client.raw("ping", "x");
  await client.expect("pong");
}

const cancelled = async (client: PeerClient): Promise<{ code: string; text: string }> =>
  (await client.expect("cancel")) as { code: string; text: string };

describe("frames out of order", () => {
  test("before an offer, and about transfers that nobody has offered, are passed over or told", async () => {
    const ann = await enter("ann");
    ann.send("accept", { transfer: 2, offset: 0, upTo: 5 });
    ann.send("received", { transfer: 2, name: "a", sha256: sha256(content) });
    ann.send("cancel", { transfer: 99, code: "refused" });
    ann.send("end", { transfer: 1, size: 1, sha256: sha256(content) });
    ann.connection.send(encodeCredit({ transfer: 2, upTo: 9 }));
    ann.raw("credit", "short");
    expect(await ann.expect("error")).toMatchObject({ code: "malformed" });
    ann.raw("chunk", "short");
    expect(await ann.expect("error")).toMatchObject({ code: "malformed" });
    ann.connection.send(encodeChunk(1, 0, Buffer.from("x")));
    expect((await cancelled(ann)).code).toBe("unknown");
    await stillTalks(ann);
  });

  test("an end before the offer is accepted, and data before it", async () => {
    const ann = await enter("ann");
    offer(ann);
    ann.send("end", { transfer: 1, size: content.length, sha256: sha256(content) });
    expect((await cancelled(ann)).code).toBe("size");
    offer(ann, { transfer: 3 });
    ann.connection.send(encodeChunk(3, 0, Buffer.from("x")));
    expect((await cancelled(ann)).code).toBe("credit");
    await stillTalks(ann);
    while (parts().length > 0) await Bun.sleep(5);
  });

  test("an id that was used before, also after its file is there; a tag that was used is done once", async () => {
    const ann = await enter("ann");
    offer(ann);
    await ann.expect("accept");
    send(ann, 1);
    await ann.expect("received");
    offer(ann);
    expect((await cancelled(ann)).code).toBe("malformed");
    const { tag } = ann;
    offer(ann, { transfer: 3, size: 0 });
    await ann.expect("accept");
    ann.send("offer", { tag, transfer: 5, name: "b.bin", size: 5 });
    await stillTalks(ann);
    expect(running.server.classroom.transfers.size).toBe(1);
  });

  test("credit that goes down, and an answer that comes twice, change nothing", async () => {
    const bob = await enter("bob");
    writeFileSync(join(running.folder, "a.bin"), content);
    await running.operator.type("send_file:bob:.:a.bin");
    const { transfer } = (await bob.expect("offer")) as Control<"offer">;
    bob.send("accept", { transfer, offset: 0, upTo: 100_000 });
    bob.send("accept", { transfer, offset: 5, upTo: 5 });
    bob.connection.send(encodeCredit({ transfer, upTo: 10 }));
    let at = 0;
    while (at < content.length) {
      const chunk = (await bob.expect("chunk")) as { offset: number; data: Buffer };
      expect(chunk.offset).toBe(at);
      at += chunk.data.length;
      if (at === 100_000) bob.connection.send(encodeCredit({ transfer, upTo: content.length }));
    }
    await bob.expect("end");
  });

  test("an end that says received before all was sent is believed by nobody else", async () => {
    const bob = await enter("bob");
    writeFileSync(join(running.folder, "a.bin"), content);
    await running.operator.type("send_file:bob:.:a.bin");
    const { transfer } = (await bob.expect("offer")) as Control<"offer">;
    bob.send("received", { transfer, name: "a.bin", sha256: sha256(content) });
    while (!running.screen.some((line) => line.startsWith("File 'a.bin' "))) await Bun.sleep(5);
    expect(running.screen.at(-1)).toBe("File 'a.bin' was not sent to bob: it was not sent yet.");
  });
});

describe("a file to a person", () => {
  test("whose hash does not match reaches nobody", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    offer(ann, { to: "bob" });
    const { transfer } = (await bob.expect("offer")) as Control<"offer">;
    bob.send("accept", { transfer, offset: 0, upTo: content.length });
    await ann.expect("accept");
    ann.connection.send(encodeChunk(1, 0, content.subarray(0, 100_000)));
    ann.connection.send(encodeChunk(1, 100_000, content.subarray(100_000, 200_000)));
    ann.connection.send(encodeChunk(1, 200_000, content.subarray(0, 100_000)));
    ann.send("end", { transfer: 1, size: content.length, sha256: sha256(content) });
    expect((await cancelled(ann)).code).toBe("hash");
    expect(await bob.expect("cancel")).toMatchObject({ transfer, text: "'a.bin' from ann does not come." });
    await bob.expectNothing();
  });

  test("a resume for somebody else's part begins at 0, and leaves that part alone", async () => {
    const ann = await enter("ann");
    offer(ann);
    const { resume } = (await ann.expect("accept")) as Control<"accept">;
    ann.connection.send(encodeChunk(1, 0, content.subarray(0, 100_000)));
    await stillTalks(ann);
    ann.connection.destroy();
    const eve = await enter("eve");
    offer(eve, { resume: resume! });
    const taken = (await eve.expect("accept")) as Control<"accept">;
    expect([taken.offset, taken.resume === resume]).toEqual([0, false]);
    expect(parts()).toContain(`${resume}.part`);
  });
});

describe("the disk", () => {
  test("that is full in the middle of a file ends that file, and chat goes on", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const { parts: store } = running.server.classroom.ports;
    const begin = store.begin.bind(store);
    store.begin = async (info) => {
      const part = await begin(info);
      await part.file.discard();
      // As if others had filled it since the offer was accepted.
      return {
        ...part,
        file: new DiskFile(join(running.folder, "full.part"), { reserved: Number.MAX_SAFE_INTEGER }),
      };
    };
    offer(ann);
    await ann.expect("accept");
    send(ann, 1);
    ann.say("still here");
    expect(await bob.expect("m")).toMatchObject({ text: "still here" });
    expect(await cancelled(ann)).toEqual({
      transfer: 1,
      code: "not-kept",
      text: "File 'a.bin' was not kept: the disk of the server is full.",
    } as never);
    store.begin = begin;
    expect(existsSync(join(running.folder, "data/files/ann"))).toBe(false);
    offer(ann, { transfer: 3 });
    await ann.expect("accept");
    send(ann, 3);
    await ann.expect("received");
  });

  test("that has no room for so much refuses it before a byte is sent, and counts it", async () => {
    const ann = await enter("ann");
    const bob = await enter("bob");
    offer(ann, { size: Number.MAX_SAFE_INTEGER, to: "bob" });
    const { transfer } = (await bob.expect("offer")) as Control<"offer">;
    bob.send("accept", { transfer, offset: 0, upTo: 5 });
    expect(await cancelled(ann)).toMatchObject({
      code: "no-room",
      text: "There is not so much room on the disk of the server.",
    });
    expect(await bob.expect("cancel")).toMatchObject({ transfer });
    expect(running.server.classroom.counters.noRoom).toBe(1);
  });
});

describe("what one student may keep", () => {
  test("is refused in one sentence beyond that, what is on its way counted; other files are kept on", async () => {
    const ann = await enter("ann");
    offer(ann, { size: 1_000_001 });
    expect(await cancelled(ann)).toMatchObject({
      code: "quota",
      text: "File 'a.bin' was not taken: it has 1.0 MB, and 1.0 MB are left of your 1.0 MB.",
    });
    for (const transfer of [3, 5, 7]) {
      offer(ann, { transfer });
      await ann.expect("accept");
    }
    offer(ann, { transfer: 9 });
    expect((await cancelled(ann)).code).toBe("quota");
    for (const transfer of [3, 5, 7]) {
      send(ann, transfer);
      await ann.expect("received");
    }
    offer(ann, { transfer: 11, size: 100_001 });
    expect((await cancelled(ann)).code).toBe("quota");
    offer(ann, { transfer: 13, size: 100_000 });
    await ann.expect("accept");
    expect(running.server.classroom.counters.overQuota).toBe(3);
  });

  test("is so many files, too, however small they are, in both protocols", async () => {
    await running.stop();
    running = await startTestServer({ limits: { quotaFiles: 2 } });
    const ann = await enter("ann");
    const sha256 = new Bun.CryptoHasher("sha256").update("").digest("hex");
    for (const transfer of [1, 3]) {
      offer(ann, { transfer, size: 0 });
      await ann.expect("accept");
      ann.send("end", { transfer, size: 0, sha256 });
      await ann.expect("received");
    }
    offer(ann, { transfer: 5, size: 0 });
    expect(await cancelled(ann)).toMatchObject({
      code: "quota",
      text: "File 'a.bin' was not taken: you have as many files here as one person may, 2.",
    });
    ann.connection.close();
    const old = await TestClient.registered(running.port, "old");
    for (const name of ["a", "b", "c"]) {
      old.send("file_transfer", `file_to_server:${name}`);
      old.raw(Buffer.from("EOF"));
      const [, text] = await old.frame();
      if (name === "c") expect(text).toContain("'c' was not kept: you have as many files here");
      else expect(text).toContain("uploaded by old");
    }
  });

  test("is looked through after a new start, links not followed", async () => {
    const folder = join(running.folder, "data/files/ann/project");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "there.bin"), Buffer.alloc(900_000));
    symlinkSync("/usr/bin", join(folder, "link"));
    const ann = await enter("ann");
    offer(ann);
    expect((await cancelled(ann)).code).toBe("quota");
    offer(ann, { transfer: 3, size: 100_000 });
    await ann.expect("accept");
  });

  test("holds for what is collected, too, and for the first protocol", async () => {
    const ann = await enter("ann");
    await running.operator.type("/collect hw1");
    const { number = 0 } = (await ann.expect("collect")) as Control<"collect">;
    for (let transfer = 1; transfer <= 5; transfer += 2) {
      offer(ann, { transfer, collect: number });
      await ann.expect("accept");
      send(ann, transfer);
      await ann.expect("receipt");
      await ann.expect("received");
    }
    offer(ann, { transfer: 7, collect: number });
    expect((await cancelled(ann)).code).toBe("quota");
    const old = await TestClient.registered(running.port, "old");
    await old.frame();
    old.send("file_transfer", "file_to_server:big.bin");
    old.raw(Buffer.concat([Buffer.alloc(1_000_001), Buffer.from("EOF")]));
    expect((await old.frame())[1]).toBe(
      "Server: File 'big.bin' was not kept: it has 1.0 MB, and 1.0 MB are left of your 1.0 MB.\n",
    );
    expect(readdirSync(join(running.folder, "data/tmp"))).toEqual([]);
    expect(existsSync(join(running.folder, "data/files/old"))).toBe(false);
  });
});
