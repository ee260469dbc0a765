import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Download, type DownloadResult } from "./download.ts";
import { maxWaitingFileBytes } from "./limits.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pcs-download-"));
  folder = join(root, "downloads");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const noFlow = { pause() {}, resume() {} };
const bytes = (text: string) => new TextEncoder().encode(text);

async function receive(name: string, content: string): Promise<DownloadResult> {
  const download = new Download(folder, name, noFlow);
  if (content !== "") download.add(bytes(content));
  return await download.end();
}

describe("a received file", () => {
  test("is saved whole, in a folder made for it", async () => {
    expect(existsSync(folder)).toBe(false);
    expect(await receive("a.txt", "hello")).toEqual({ kind: "saved", name: "a.txt" });
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("hello");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  test("may be empty", async () => {
    expect(await receive("a.txt", "")).toEqual({ kind: "saved", name: "a.txt" });
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("");
  });

  test("never replaces what is there, be it a folder", async () => {
    mkdirSync(join(folder, "a.txt"), { recursive: true });
    writeFileSync(join(folder, "a (2).txt"), "mine");
    expect(await receive("a.txt", "1")).toEqual({ kind: "saved", name: "a (3).txt" });
    expect(await receive("a.txt", "2")).toEqual({ kind: "saved", name: "a (4).txt" });
    expect(readFileSync(join(folder, "a (2).txt"), "utf8")).toBe("mine");
  });

  test("never leaves the folder", async () => {
    expect(await receive("../../escaped.txt", "x")).toEqual({ kind: "saved", name: "escaped.txt" });
    expect(readdirSync(root)).toEqual(["downloads"]);
  });

  test("comes in many pieces, each copied", async () => {
    const download = new Download(folder, "a.bin", noFlow);
    const piece = new Uint8Array(1000);
    for (let i = 0; i < 500; i++) {
      piece.fill(i & 255);
      download.add(piece);
      if (i % 100 === 0) await Bun.sleep(1);
    }
    expect(await download.end()).toEqual({ kind: "saved", name: "a.bin" });
    const saved = readFileSync(join(folder, "a.bin"));
    expect(saved.length).toBe(500_000);
    for (let i = 0; i < saved.length; i++)
      if (saved[i] !== (Math.trunc(i / 1000) & 255)) throw new Error(`${i}`);
  });

  test("two of one name at the same time are both kept", async () => {
    const results = await Promise.all([receive("a.txt", "1"), receive("a.txt", "2")]);
    expect(results.map((result) => (result.kind === "saved" ? result.name : "")).toSorted()).toEqual([
      "a (2).txt",
      "a.txt",
    ]);
  });
});

test("the giver pauses while the disk is behind", async () => {
  const told: string[] = [];
  const download = new Download(folder, "a.bin", {
    pause: () => told.push("pause"),
    resume: () => told.push("resume"),
  });
  for (let i = 0; i < 3; i++) download.add(new Uint8Array(maxWaitingFileBytes));
  expect(told).toEqual(["pause"]);
  await download.end();
  expect(told).toEqual(["pause", "resume"]);
});

describe("a fault is told once and the rest swallowed", () => {
  test("a file stands where the folder should", async () => {
    writeFileSync(folder, "");
    const download = new Download(folder, "a.txt", noFlow);
    download.add(bytes("1"));
    await Bun.sleep(5);
    download.add(bytes("2"));
    const result = await download.end();
    expect(result.kind).toBe("failed");
    expect(readdirSync(root)).toEqual(["downloads"]);
  });

  test("the folder vanishes on the way", async () => {
    const download = new Download(folder, "a.txt", noFlow);
    download.add(bytes("1"));
    await Bun.sleep(10);
    rmSync(folder, { recursive: true });
    expect(await download.end()).toEqual({
      kind: "failed",
      reason: "there is no such file or folder",
    });
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk", async () => {
    // The temporary name cannot be foreseen, so the folder itself is on the device that is always full.
    const download = new Download("/dev/full", "a.txt", noFlow);
    download.add(bytes("1"));
    expect((await download.end()).kind).toBe("failed");
  });

  test("an aborted file leaves nothing", async () => {
    const download = new Download(folder, "a.txt", noFlow);
    download.add(bytes("1"));
    await Bun.sleep(5);
    expect(await download.abort("the connection was cut")).toEqual({
      kind: "failed",
      reason: "the connection was cut",
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
