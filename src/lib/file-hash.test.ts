import { createHash, randomBytes } from "node:crypto";
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

test("the thread does not keep a program from ending", () => {
  const script = `
    import { startHash } from ${JSON.stringify(`${import.meta.dir}/file-hash.ts`)};
    await startHash(1e9).update([new Uint8Array(5)]);
    console.log("over");
  `;
  const run = Bun.spawnSync({ cmd: [process.execPath, "-e", script], timeout: 10_000 });
  expect([run.stdout.toString(), run.exitCode]).toEqual(["over\n", 0]);
});
