import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { content, sizes, useStay, withMark } from "./stay.test-support.ts";

const at = useStay();

describe("talking", () => {
  test("typed lines become frames", async () => {
    const [end] = await at.enter();
    at.terminal.type("msg:hi", "to:bob: psst", "quiz_answer:a b c", "foo:bar", "hello", "help", "");
    await at.terminal.until("Invalid message format");
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
    expect(at.server.seen.slice(3)).toEqual([
      { header: "msg", payload: "hi" },
      { header: "to", payload: "bob: psst" },
      { header: "quiz_answer", payload: "a b c" },
      { header: "foo", payload: "bar" },
      { header: "cmd", payload: "disconnect" },
    ]);
    expect(at.terminal.printed).toContain("for example msg:hi");
    expect(at.terminal.printed).toContain("file_transfer:file_to:NAME:FILE");
  });

  test("messages stand below a rule, without control characters", async () => {
    const [end] = await at.enter();
    at.server.broadcast("msg", "Client bob: \x1b[2Jhi 漢\n");
    await at.terminal.until("=================\nClient bob: �[2Jhi 漢\n");
    expect(at.terminal.complete("to:")).toEqual([["bob:"], ""]);
    at.terminal.type("cmd:disconnect");
    expect(await end).toBe(0);
  });
});

describe("files to the server and to people", () => {
  test(
    "every size goes up byte for byte, chat between them",
    async () => {
      const [end] = await at.enter();
      for (const size of sizes) {
        at.terminal.type(
          `file_transfer:file_to_server:${at.file(`${size}.bin`, content(size))}`,
          `msg:after ${size}`,
        );
      }
      at.terminal.type(`file_transfer:file_to:bob:${at.file("mark.bin", withMark)}`);
      at.terminal.endInput();
      expect(await end).toBe(0);
      for (const size of sizes)
        expect(Bun.hash(at.server.uploads.get(`${size}.bin`)!)).toBe(Bun.hash(content(size)));
      expect(at.server.uploads.get("mark.bin")).toEqual(withMark);
      expect(at.terminal.printed).toContain("File '2047.bin' sent to server.\n");
      expect(at.terminal.printed).toContain("File 'mark.bin' sent to bob.\n");
      expect(at.server.seenWith("msg")).toEqual(sizes.map((size) => `after ${size}`));
      expect(at.server.seenWith("file_transfer").at(-1)).toBe("file_to:bob:mark.bin");
    },
    { timeout: 20_000 },
  );

  test("what cannot be sent is told, and nothing leaves", async () => {
    const [end] = await at.enter();
    mkdirSync(join(at.folder, "docs"));
    at.terminal.type(
      `file_transfer:file_to_server:${join(at.folder, "gone.txt")}`,
      `file_transfer:file_to_server:${join(at.folder, "docs")}`,
      "file_transfer:gone.txt",
      `msg:${"x".repeat(1_048_577)}`,
      "cmd:disconnect",
    );
    expect(await end).toBe(0);
    expect(at.terminal.printed).toContain("cannot be sent: there is no such file or folder.");
    expect(at.terminal.printed).toContain("cannot be sent: it is a folder.");
    expect(at.server.seen.map((frame) => frame.payload)).toEqual(["yes", "alice", "secret", "disconnect"]);
  });

  test("a person types on while files go out one after the other", async () => {
    at.terminal = new FakeTerminal(true);
    const [end] = await at.enter();
    const upload = (name: string) => `file_transfer:file_to_server:${at.file(name, content(3000))}`;
    at.terminal.type(upload("1.bin"), upload("2.bin"), "msg:meanwhile", "help", "cmd:disconnect");
    await at.terminal.until("quiz_answer:a b c");
    expect(at.terminal.printed).not.toContain("sent to server");
    expect(await end).toBe(0);
    expect([...at.server.uploads.keys()]).toEqual(["1.bin", "2.bin"]);
    expect(at.server.uploads.get("2.bin")).toEqual(content(3000));
    expect(at.server.seenWith("msg")).toEqual(["meanwhile"]);
    expect(at.terminal.statuses[0]).toBe("1.bin  [--------------------] 0 %");
  });

  test("Ctrl-C within an upload sends no mark: a part must not pass for the whole", async () => {
    const [end] = await at.enter();
    at.terminal.type(`file_transfer:file_to_server:${at.file("a.bin", content(3_000_000))}`);
    while (at.server.seenWith("file_transfer").length === 0) await Bun.sleep(1);
    at.interrupt.abort();
    expect(await end).toBe(130);
    expect(at.server.uploads.size).toBe(0);
  });
});
