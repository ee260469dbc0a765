import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readInput } from "./read-input.ts";

test("a file whole, one that is too large, a folder, and none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pcs-read-"));
  try {
    const path = join(folder, "a");
    writeFileSync(path, "12345");
    expect(Buffer.from(await readInput(path, 5)).toString()).toBe("12345");
    writeFileSync(path, "");
    expect(await readInput(path, 5)).toHaveLength(0);
    writeFileSync(path, "123456");
    expect(readInput(path, 5)).rejects.toThrow(`${path} is too large: 5 bytes are allowed.`);
    expect(readInput(folder, 5)).rejects.toThrow(`cannot read ${folder}: `);
    expect(readInput(join(folder, "b"), 5)).rejects.toThrow(`cannot read ${join(folder, "b")}: `);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("standard input without an end is not read to its end", async () => {
  const program = `import { readInput } from ${JSON.stringify(join(import.meta.dir, "read-input.ts"))};
    await readInput("-", 1_000_000).catch((error) => console.log(error.message)); process.exit();`;
  const child = Bun.spawn([process.execPath, "-e", program], {
    stdin: Bun.file("/dev/zero"),
    stdout: "pipe",
  });
  expect(await child.stdout.text()).toBe("- is too large: 1000000 bytes are allowed.\n");
});
