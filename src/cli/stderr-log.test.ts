import { expect, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { temporaryFolders } from "../store/temporary-folder.test-support.ts";
import { maxFaultBytes, stderrLog } from "./stderr-log.ts";

const folder = temporaryFolders();

function logInto(file: string): { log: ReturnType<typeof stderrLog>; told: () => string } {
  const stream = new PassThrough();
  let text = "";
  stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { log: stderrLog(file, stream as unknown as NodeJS.WriteStream), told: () => text };
}

test("a fault is a sentence without a stack, and whole in its file", async () => {
  const file = join(folder(), "faults.log");
  const { log, told } = logInto(file);
  log.fault(new Error("it broke"));
  await Bun.sleep(0);
  expect(told()).toContain("a fault inside pcs: it broke");
  expect(told()).not.toContain("    at ");
  expect(readFileSync(file, "utf8")).toMatch(/Error: it broke\n.* at /s);
});

test("a file that is full, or cannot be written, keeps nothing and the fault is told all the same", async () => {
  const file = join(folder(), "faults.log");
  writeFileSync(file, "x".repeat(maxFaultBytes + 1));
  for (const path of [file, "/nowhere/faults.log"]) {
    const { log, told } = logInto(path);
    log.fault("odd");
    await Bun.sleep(0);
    expect(told()).toContain("a fault inside pcs: odd");
  }
  expect(statSync(file).size).toBe(maxFaultBytes + 1);
});

test("a warning is one line", async () => {
  const { log, told } = logInto(join(folder(), "faults.log"));
  log.warn("eve read too slowly");
  await Bun.sleep(0);
  expect(told().trimEnd()).not.toContain("\n");
  expect(told()).toContain("eve read too slowly");
});

test("a terminal that is gone: the fault is in its file, and nothing is thrown", () => {
  const file = join(folder(), "faults.log");
  const broken = {
    write() {
      throw new Error("EIO: i/o error, write");
    },
  };
  stderrLog(file, broken as unknown as NodeJS.WriteStream).fault(new Error("it broke"));
  expect(readFileSync(file, "utf8")).toContain("Error: it broke");
});
