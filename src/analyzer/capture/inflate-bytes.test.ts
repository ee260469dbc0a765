import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { memoryBytes } from "./capture-builder.test-support.ts";
import { compressionOf, inflateBytes, type Compression } from "./inflate-bytes.ts";

const content = new Uint8Array(600_000).map((_, i) => (i * i) >> 7).fill(7, 0, 300_000);

async function inflate(
  compressed: Uint8Array,
  as: Compression,
): Promise<{ bytes: Uint8Array; problem: string | undefined }> {
  const source = inflateBytes(memoryBytes(compressed, 1000), as);
  const parts: Uint8Array[] = [];
  const into = new Uint8Array(4096);
  for (let length = await source.read(into); length > 0; length = await source.read(into))
    parts.push(into.slice(0, length));
  await source.close();
  return { bytes: Buffer.concat(parts), problem: source.problem };
}

describe.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)("%s", (as, compress) => {
  const member = compress(content);

  test("what was compressed comes back, also in several members", async () => {
    const { bytes, problem } = await inflate(Buffer.concat([member, member]), as);
    expect(problem).toBeUndefined();
    expect(Buffer.compare(bytes, Buffer.concat([content, content]))).toBe(0);
  });

  test("a cut file gives what came before the cut, and says so", async () => {
    const { bytes, problem } = await inflate(member.subarray(0, member.length >> 1), as);
    expect(problem).toBe("The compressed file ends too early; what came before counts.");
    expect(bytes.length).toBeGreaterThan(5000);
    expect(bytes.length).toBeLessThan(content.length);
    expect(Buffer.compare(bytes, content.subarray(0, bytes.length))).toBe(0);
  });

  test("damage is told", async () => {
    const damaged = Buffer.from(member);
    damaged.fill(0xff, 20, 400);
    const { problem } = await inflate(damaged, as);
    expect(problem).toBe("The compressed file is damaged; what came before the damage counts.");
  });

  test("much out of little waits until it is taken", async () => {
    // In a process of its own, so that nothing but this takes memory.
    const script = `
      import { ${as === "gzip" ? "gzipSync" : "zstdCompressSync"} as compress } from "node:zlib";
      import { memoryBytes } from ${JSON.stringify(join(import.meta.dir, "capture-builder.test-support.ts"))};
      import { inflateBytes } from ${JSON.stringify(join(import.meta.dir, "inflate-bytes.ts"))};
      const bomb = compress(new Uint8Array(200_000_000));
      Bun.gc(true);
      const before = process.memoryUsage.rss();
      const source = inflateBytes(memoryBytes(bomb, 1 << 20), ${JSON.stringify(as)});
      const into = new Uint8Array(1 << 16);
      let total = 0;
      let most = 0;
      for (let length = await source.read(into); length > 0; length = await source.read(into)) {
        total += length;
        if (total % (1 << 20) === 0) most = Math.max(most, process.memoryUsage.rss());
      }
      console.log(JSON.stringify({ total, grown: most - before }));`;
    const run = Bun.spawnSync({ cmd: [process.execPath, "-e", script], stderr: "pipe" });
    const { total, grown } = JSON.parse(run.stdout.toString()) as { total: number; grown: number };
    expect(total).toBe(200_000_000);
    expect(grown).toBeLessThan(100e6);
  });
});

test("compressions by their first bytes", () => {
  expect(compressionOf(new Uint8Array([0x1f, 0x8b]))).toBe("gzip");
  expect(compressionOf(new Uint8Array([0x1f]))).toBeUndefined();
  expect(compressionOf(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]))).toBe("zstd");
  expect(compressionOf(new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1]))).toBeUndefined();
});
