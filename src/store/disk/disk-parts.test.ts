import { readdirSync, readFileSync, statfsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "bun:test";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { DiskParts, maxPartsOfPerson, partDays } from "./disk-parts.ts";
import { reservedBytes } from "./incoming-file.ts";

const makeFolder = temporaryFolders();
let folder: string;
beforeEach(() => {
  folder = makeFolder();
});

const info = { owner: "ann", name: "a.txt", size: 10, to: "" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function half(parts: DiskParts): Promise<string> {
  const part = await parts.begin(info);
  part.file.write(bytes("hello"), 0, 5);
  await parts.leave(part);
  return part.word;
}

test("what has arrived is there after a restart, and the rest is put behind it", async () => {
  const word = await half(new DiskParts(folder, Date.now()));
  const parts = new DiskParts(folder, Date.now());
  const part = await parts.resume(word, info);
  expect(part?.bytes).toBe(5);
  part!.file.write(bytes("world"), 0, 5);
  expect(await part!.file.finish()).toBeUndefined();
  expect(readFileSync(join(folder, `${word}.part`), "utf8")).toBe("helloworld");
  expect(part!.file.sha256).toBe(new Bun.CryptoHasher("sha256").update("helloworld").digest("hex"));
  await parts.forget(part!);
  expect(readdirSync(folder)).toEqual([]);
});

test("it is gone on with only by whom it belongs to, with the same name, size and receiver, and by one at a time", async () => {
  const parts = new DiskParts(folder, Date.now());
  const word = await half(parts);
  for (const other of [{ owner: "eve" }, { name: "b.txt" }, { size: 11 }, { to: "bob" }])
    expect(await parts.resume(word, { ...info, ...other })).toBeUndefined();
  for (const wrong of ["", "x".repeat(16), "../../etc/passwd", `${word}x`])
    expect(await parts.resume(wrong, info)).toBeUndefined();
  const part = await parts.resume(word, info);
  expect(await parts.resume(word, info)).toBeUndefined();
  await parts.leave(part!);
  await parts.leave((await parts.resume(word, info))!);
});

test("a part that is longer than its file, or damaged, is not gone on with", async () => {
  const parts = new DiskParts(folder, Date.now());
  const long = await half(parts);
  writeFileSync(join(folder, `${long}.part`), "x".repeat(11));
  expect(await parts.resume(long, info)).toBeUndefined();
  const damaged = await half(parts);
  writeFileSync(join(folder, `${damaged}.json`), "{");
  expect(await parts.resume(damaged, info)).toBeUndefined();
});

test("old ones go at the start, and one person has so many", async () => {
  const parts = new DiskParts(folder, Date.now());
  const first = await half(parts);
  for (const kind of ["part", "json"]) utimesSync(join(folder, `${first}.${kind}`), 1, 1);
  for (let i = 0; i < maxPartsOfPerson; i++) await half(parts);
  expect(readdirSync(folder).length).toBe(2 * maxPartsOfPerson);
  expect(readdirSync(folder)).not.toContain(`${first}.part`);
  const later = new DiskParts(folder, Date.now() + (partDays + 1) * 86_400_000);
  expect(readdirSync(folder)).toEqual([]);
  await later.forget(await later.begin(info));
});

test("parts of many others cost nobody anything, and those of a server before count", async () => {
  for (let i = 0; i < 3_000; i++) {
    writeFileSync(join(folder, `${i}.json`), JSON.stringify({ ...info, owner: `student${i % 100}` }));
    writeFileSync(join(folder, `${i}.part`), "x");
  }
  const parts = new DiskParts(folder, Date.now());
  const beganMs = performance.now();
  for (let i = 0; i < 40; i++) await parts.forget(await parts.begin({ ...info, owner: "zoe" }));
  expect(performance.now() - beganMs).toBeLessThan(1_000);
  for (let i = 0; i < 5; i++) await parts.leave(await parts.begin({ ...info, owner: "student7" }));
  const left = readdirSync(folder).filter((file) => file.endsWith(".json")).length;
  expect(left).toBe(3_000 - 30 + maxPartsOfPerson);
});

test("more than there is room for is refused before a byte is taken", async () => {
  const parts = new DiskParts(folder, Date.now());
  const sentence = await parts.begin({ ...info, size: Number.MAX_SAFE_INTEGER }).catch(String);
  expect(sentence).toBe("ExpectedError: there is not so much room on the disk of the server.");
  expect(readdirSync(folder)).toEqual([]);
});

test("what was accepted and never comes keeps out no small file, and a file to a person takes half of the room at most", async () => {
  const parts = new DiskParts(folder, Date.now());
  const { bavail, bsize } = statfsSync(folder);
  const size = bavail * bsize - reservedBytes - (20 << 20);
  expect(await parts.begin({ ...info, size, to: "bob" }).catch(String)).toContain("not so much room");
  const large = await parts.begin({ ...info, size });
  expect(await parts.begin({ ...info, size: 100 << 20 }).catch(String)).toContain("not so much room");
  await parts.forget(await parts.begin({ ...info, size: 50 << 20 }));
  await parts.forget(large);
});

test("parts that wait have so many bytes together, the latest in any case", async () => {
  const parts = new DiskParts(folder, Date.now(), 12);
  const words: string[] = [];
  for (let i = 0; i < 4; i++) {
    words.push(await half(parts));
    utimesSync(join(folder, `${words[i]}.json`), 1_000 + i, 1_000 + i);
  }
  expect(
    readdirSync(folder)
      .filter((file) => file.endsWith(".part"))
      .toSorted(),
  ).toEqual(
    words
      .slice(1)
      .map((word) => `${word}.part`)
      .toSorted(),
  );
});

test("the word of a kept file stands for it, for its owner, after a restart too; of one that could not be kept, for nothing", async () => {
  const parts = new DiskParts(folder, Date.now());
  const [kept, lost] = [await parts.begin(info), await parts.begin(info)];
  for (const part of [kept, lost]) {
    part.file.write(bytes("helloworld"), 0, 10);
    await part.file.finish();
    await parts.seal(part, info, "hash");
    expect(parts.finished(part.word, info)).toBeUndefined();
  }
  await parts.finish(kept);
  await parts.forget(lost);
  for (const each of [parts, new DiskParts(folder, Date.now())]) {
    expect(each.finished(kept.word, info)).toBe("hash");
    expect(each.finished(kept.word, { ...info, owner: "eve" })).toBeUndefined();
    expect(each.finished(lost.word, info)).toBeUndefined();
  }
});
