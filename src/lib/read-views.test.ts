import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolders } from "../store/temporary-folder.test-support.ts";
import { readViews } from "./read-views.ts";

const makeFolder = temporaryFolders();
const content = Buffer.from("what stands in a file");

for (const [what, most] of [
  ["as much as is asked for", 100],
  ["little at once", 2],
] as const)
  test(`views are filled where the system gives ${what}, and less only at the end`, async () => {
    const path = join(makeFolder(), "a");
    writeFileSync(path, content);
    const handle = await open(path);
    const stingy = {
      readv: async (views: Uint8Array[], position: number) =>
        handle.read(views[0]!, 0, Math.min(most, views[0]!.length), position),
      read: (view: Uint8Array, at: number, length: number, position: number) =>
        handle.read(view, at, Math.min(most, length), position),
    } as unknown as FileHandle;
    for (const [position, wanted, given] of [
      [0, 6, 6],
      [5, 16, 16],
      [5, 30, 16],
      [21, 3, 0],
    ] as const) {
      const bytes = new Uint8Array(wanted);
      const views = [bytes.subarray(0, 3), bytes.subarray(3)];
      expect(await readViews(stingy, views, position)).toBe(given);
      expect(Buffer.from(bytes.subarray(0, given)).equals(content.subarray(position, position + given))).toBe(
        true,
      );
    }
    await handle.close();
  });
