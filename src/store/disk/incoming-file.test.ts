import { describe, expect, test } from "bun:test";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { startHash } from "../../lib/file-hash.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { DiskFile } from "./incoming-file.ts";

const makeFolder = temporaryFolders();
const newPath = () => join(makeFolder(), "1.part");

describe("a file that arrives", () => {
  test("in pieces of any size is whole, and its bytes are copied when they are taken", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(300_000), { maxLength: 6 }), async (sizes) => {
        const path = newPath();
        const file = new DiskFile(path);
        const parts: Buffer[] = [];
        for (const [i, size] of sizes.entries()) {
          const part = Buffer.alloc(size, i + 1);
          parts.push(Buffer.from(part));
          const chunk = Buffer.concat([Buffer.from("before"), part, Buffer.from("behind")]);
          file.write(chunk, 6, 6 + size);
          chunk.fill(0xff);
        }
        expect(await file.finish()).toBeUndefined();
        expect(readFileSync(path).equals(Buffer.concat(parts))).toBe(true);
        expect(file.pendingBytes).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test("tells how much waits, and when that is little again", async () => {
    const file = new DiskFile(newPath());
    let drains = 0;
    file.onDrain = () => {
      drains++;
      expect(file.pendingBytes).toBeLessThanOrEqual(256 << 10);
    };
    const chunk = new Uint8Array(1 << 20);
    for (let i = 0; i < 8; i++) file.write(chunk, 0, chunk.length);
    expect(file.pendingBytes).toBe(8 << 20);
    await file.finish();
    expect(file.pendingBytes).toBe(0);
    expect(drains).toBeGreaterThan(0);
  });

  test("is gone when it is given up, before or behind its end", async () => {
    for (const isFinished of [false, true]) {
      const path = newPath();
      const file = new DiskFile(path);
      file.write(new Uint8Array(1_000_000), 0, 1_000_000);
      if (isFinished) await file.finish();
      await file.discard();
      file.write(new Uint8Array(1_000_000), 0, 1_000_000);
      expect(existsSync(path)).toBe(false);
      await file.discard();
    }
  });
});

describe("a large file, past the system's cache", () => {
  const content = randomBytes((9 << 20) + 12_345);
  const sha256 = createHash("sha256").update(content).digest("hex");

  test("is whole, its hash is made meanwhile, and what waits is bounded by what was given", async () => {
    const path = newPath();
    const hash = startHash(content.length);
    const file = new DiskFile(path, { expectedBytes: content.length, hash });
    for (let at = 0; at < content.length; at += 1 << 20) {
      file.write(content, at, Math.min(content.length, at + (1 << 20)));
      await Bun.sleep(2);
    }
    expect(await file.finish()).toBeUndefined();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect([file.sha256, file.pendingBytes]).toEqual([sha256, 0]);
  });

  test("goes on at any place", async () => {
    for (const there of [1, 4095, 4096, 300_000, 5 << 20]) {
      const path = newPath();
      writeFileSync(path, content.subarray(0, there));
      const hash = startHash(content.length);
      await hash.update([content.subarray(0, there)]);
      const file = new DiskFile(path, { expectedBytes: content.length, hash, goOnAt: there });
      file.write(content, there, content.length);
      expect(await file.finish()).toBeUndefined();
      expect(readFileSync(path).equals(content)).toBe(true);
      expect(file.sha256).toBe(sha256);
    }
  });

  test("is left with all that came, however little that was", async () => {
    const path = newPath();
    const file = new DiskFile(path, { expectedBytes: content.length, hash: startHash(content.length) });
    file.write(content, 0, 700_001);
    expect(await file.finish()).toBeUndefined();
    expect(readFileSync(path).equals(content.subarray(0, 700_001))).toBe(true);
  });
});

describe("told by the end", () => {
  test("a folder that is not there", async () => {
    const file = new DiskFile(join(makeFolder(), "nowhere/1.part"));
    file.write(new Uint8Array(600_000), 0, 600_000);
    expect(await file.finish()).toBe("there is no such file or folder");
    expect(file.pendingBytes).toBe(0);
    await file.discard();
  });

  test("a place that is taken, which is left alone until it is discarded", async () => {
    const path = newPath();
    mkdirSync(path);
    const file = new DiskFile(path);
    expect(await file.finish()).toBe("it exists already");
  });

  test("a disk on which too little would be left", async () => {
    const path = newPath();
    const file = new DiskFile(path, { reserved: Number.MAX_SAFE_INTEGER });
    file.write(new Uint8Array(600_000), 0, 600_000);
    expect(await file.finish()).toBe("the disk of the server is full");
    expect(readFileSync(path)).toHaveLength(0);
    await file.discard();
    expect(existsSync(path)).toBe(false);
  });
});

test("a disk that gets full in the middle of a file is told, and what came of it can be taken away", () => {
  const script = `
    import { DiskFile } from ${JSON.stringify(join(import.meta.dir, "incoming-file.ts"))};
    import { existsSync } from "node:fs";
    const file = new DiskFile(process.argv[1] + "/a.part", { reserved: 0 });
    // Free space is looked at before the first bytes are written, and then not for 16 MiB.
    const piece = new Uint8Array(300_000);
    for (let i = 0; i < 20; i++) {
      file.write(piece, 0, piece.length);
      await Bun.sleep(1);
    }
    const failure = await file.finish();
    await file.discard();
    console.log(failure, file.pendingBytes, existsSync(file.path));
  `;
  const folder = makeFolder();
  const inNamespace = 'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$1" -e "$2" "$0"';
  const run = Bun.spawnSync(["unshare", "-m", "sh", "-c", inNamespace, folder, process.execPath, script]);
  if (/unshare|mount/.test(run.stderr.toString()))
    process.stderr.write("skipped: a full disk (needs root and a mount namespace)\n");
  else expect(run.stdout.toString()).toBe("the disk is full 0 false\n");
});
