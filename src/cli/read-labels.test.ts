import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readLabels } from "./read-labels.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-labels-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = "packet,label,attack\n1,0,\n2,1,scan\n";

test.each<[string, Uint8Array | string]>([
  ["plain", text],
  ["gzip", gzipSync(text)],
])("labels, %s", async (name, content) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  expect(await readLabels(path)).toEqual({ attack: Uint16Array.of(0, 1), attackNames: ["scan"] });
});

test("what cannot be read, inflated or understood is one sentence", async () => {
  expect(readLabels(join(folder, "none"))).rejects.toThrow("cannot read the labels in");
  writeFileSync(join(folder, "cut"), gzipSync(text).subarray(0, 20));
  expect(readLabels(join(folder, "cut"))).rejects.toThrow("cannot be inflated");
  writeFileSync(join(folder, "odd"), "a,b\n");
  expect(readLabels(join(folder, "odd"))).rejects.toThrow('no column named "packet"');
});
