import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { content, sizes, useStay, withMark } from "./stay.test-support.ts";

const at = useStay();

describe("files from the server", () => {
  test(
    "every size comes down byte for byte",
    async () => {
      const [end] = await at.enter();
      for (const size of sizes) await at.server.push(`${size}.bin`, content(size));
      await at.server.sendFile("file_to:bob:mark.bin\n", withMark);
      await at.terminal.until("File 'mark.bin' received from bob.");
      at.terminal.type("cmd:disconnect");
      expect(await end).toBe(0);
      for (const size of sizes)
        expect(Bun.hash(readFileSync(join(at.downloads, `${size}.bin`)))).toBe(Bun.hash(content(size)));
      expect(readFileSync(join(at.downloads, "mark.bin"))).toEqual(withMark);
      expect(at.terminal.printed).toContain("File '2047.bin' received from server.\n");
      expect(readdirSync(at.downloads).length).toBe(sizes.length + 1);
    },
    { timeout: 20_000 },
  );

  test("what comes behind a file is told behind it", async () => {
    const [end] = await at.enter();
    const mark = Buffer.from("EOF");
    at.server.broadcast("file_transfer", "file from server:a.bin\n");
    await Bun.sleep(5);
    at.server.write(Buffer.concat([content(300_000), mark]));
    at.server.broadcast("msg", "Client bob: behind\n");
    at.server.broadcast("file_transfer", "file_to:bob:b.bin\n");
    at.server.write(mark);
    at.server.broadcast("msg", "Client bob: at last\n");
    await at.terminal.until("at last");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(at.terminal.printed.split("\n").filter((line) => /received|behind|last/.test(line))).toEqual([
      "File 'a.bin' received from server.",
      "Client bob: behind",
      "File 'b.bin' received from bob.",
      "Client bob: at last",
    ]);
  });

  test("a name in characters and not in bytes, as the original counts", async () => {
    const [end] = await at.enter();
    await at.server.push("résumé 漢.txt", Buffer.from("hello"));
    await at.terminal.until("File 'résumé 漢.txt' received from server.");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readFileSync(join(at.downloads, "résumé 漢.txt"), "utf8")).toBe("hello");
  });

  test("a name in bytes, as pcs counts", async () => {
    const [end] = await at.enter();
    const notice = "file_to:bob:résumé 漢.txt";
    const start = Buffer.from("\0\x0dfile_transfer\0\0\0\0");
    start.writeUInt32BE(Buffer.byteLength(notice), 15);
    at.server.write(Buffer.concat([start, Buffer.from(notice), Buffer.from("helloEOF")]));
    await at.terminal.until("File 'résumé 漢.txt' received from bob.");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readFileSync(join(at.downloads, "résumé 漢.txt"), "utf8")).toBe("hello");
  });

  test("names that would leave the folder or replace a file", async () => {
    const [end] = await at.enter();
    mkdirSync(at.downloads);
    writeFileSync(join(at.downloads, "a.txt"), "mine");
    await at.server.push("../../a.txt", Buffer.from("theirs"));
    await at.terminal.until("File '../../a.txt' received from server.\nIt is saved as 'a (2).txt'.\n");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(readdirSync(at.folder)).toEqual(["downloads"]);
    expect(readFileSync(join(at.downloads, "a.txt"), "utf8")).toBe("mine");
  });

  test("a folder that cannot be written: one sentence, and the talk goes on", async () => {
    const [end] = await at.enter({ downloads: at.file("downloads", "a file stands here") });
    await at.server.push("big.bin", content(500_000));
    await at.terminal.until("File 'big.bin' from server could not be kept");
    at.server.broadcast("msg", "Client bob: still here\n");
    await at.terminal.until("still here");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });

  test("a connection that drops within a file leaves nothing of it", async () => {
    const [end] = await at.enter();
    at.server.broadcast("file_transfer", "file from server:a.txt\n");
    at.server.write(content(5000));
    await Bun.sleep(30);
    at.server.drop();
    expect(await end).toContain("lost");
    expect(at.terminal.printed).toContain(
      "File 'a.txt' from server could not be kept: the connection was cut.",
    );
    expect(readdirSync(at.downloads)).toEqual([]);
  });

  test("a server learns that lengths count bytes before the first name that is not ASCII", async () => {
    const [end] = await at.enter();
    at.terminal.type(
      `file_transfer:file_to_server:${at.file("a.txt", "1")}`,
      `file_transfer:file_to_server:${at.file("é.txt", "2")}`,
      `file_transfer:file_to_server:${at.file("ü.txt", "3")}`,
      "cmd:disconnect",
    );
    expect(await end).toBe(0);
    expect(at.server.seen.slice(3).map(({ header, payload }) => `${header}|${payload}`)).toEqual([
      "file_transfer|file_to_server:a.txt",
      "info|é",
      "info|.",
      "file_transfer|file_to_server:é.txt",
      "file_transfer|file_to_server:ü.txt",
      "cmd|disconnect",
    ]);
    expect(existsSync(at.downloads)).toBe(false);
  });
});
