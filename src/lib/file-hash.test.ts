import { createHash, randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { startHash, threadedBytes } from "./file-hash.ts";

const shared = (bytes: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

test("large files and small ones, several at once, pieces of any kind: the hash is that of all bytes in order", async () => {
  const sizes = [0, 5, 300_000, threadedBytes, threadedBytes + 12_345];
  const work = sizes.map(async (size) => {
    const bytes = randomBytes(size);
    const hash = startHash(size);
    for (let at = 0; at < size; at += 200_000) {
      const next = bytes.subarray(at, at + 200_000);
      await hash.update([next.subarray(0, 70_001), shared(next.subarray(70_001))]);
    }
    expect(await hash.digest()).toBe(createHash("sha256").update(bytes).digest("hex"));
    hash.forget();
  });
  await Promise.all(work);
});

test("what is forgotten takes nothing from the others", async () => {
  const [one, other] = [startHash(threadedBytes), startHash(threadedBytes)];
  void one.update([Uint8Array.of(1)]);
  void other.update([Uint8Array.of(2)]);
  one.forget();
  one.forget();
  expect(await other.digest()).toBe(createHash("sha256").update(Uint8Array.of(2)).digest("hex"));
});

test("what is read of an open file into the pieces is hashed, and a file that is shorter by now is told by the count", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pcs-hash-"));
  const path = join(folder, "file");
  const bytes = randomBytes(700_000);
  writeFileSync(path, bytes);
  const file = openSync(path, "r");
  const hash = startHash(threadedBytes);
  const buffer = new Uint8Array(new SharedArrayBuffer(700_000));
  const pieces = (from: number, to: number): Uint8Array[] => [
    buffer.subarray(from, from + 10),
    buffer.subarray(from + 10, to),
  ];
  try {
    expect(await hash.read?.(file, 0, pieces(0, 400_000))).toBe(400_000);
    expect(await hash.read?.(file, 400_000, pieces(400_000, 700_000))).toBe(300_000);
    expect(Buffer.from(buffer).equals(bytes)).toBe(true);
    expect(await hash.digest()).toBe(createHash("sha256").update(bytes).digest("hex"));
    const short = startHash(threadedBytes);
    expect(await short.read?.(file, 699_995, pieces(0, 20))).toBe(5);
    expect(await short.read?.(12_345, 0, pieces(0, 20)).catch(String)).toContain("EBADF");
    short.forget();
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
});

test("the thread does not keep a program from ending", () => {
  const script = `
    import { startHash } from ${JSON.stringify(`${import.meta.dir}/file-hash.ts`)};
    await startHash(1e9).update([new Uint8Array(5)]);
    console.log("over");
  `;
  const run = Bun.spawnSync({ cmd: [process.execPath, "-e", script], timeout: 10_000 });
  expect([run.stdout.toString(), run.exitCode]).toEqual(["over\n", 0]);
});
