import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepUpload } from "./keep-upload.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
afterAll(() => rmSync(folder, { recursive: true }));

function stream(...pieces: (string | Error)[]): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (typeof piece === "string") controller.enqueue(new TextEncoder().encode(piece));
      else controller.error(piece);
    },
  });
}

test("all of it is there, nobody else can read it, and it goes when it is removed", async () => {
  const kept = await keepUpload(stream("one ", "", "two"), 7, [join(folder, "nowhere"), folder]);
  if (kept.kind !== "kept") throw new Error(kept.message);
  expect([kept.bytes, readFileSync(kept.path, "utf8")]).toEqual([7, "one two"]);
  if (process.platform !== "win32") expect(statSync(kept.path).mode & 0o077).toBe(0);
  kept.remove();
  expect(readdirSync(folder)).toEqual([]);
});

describe("what is refused leaves nothing behind", () => {
  const tooLarge = "A capture may have at most 10 bytes here; pcs analyze --read takes any.";
  test.each<[string, ReadableStream<Uint8Array> | null, number | undefined, string]>([
    ["more than the limit, as was announced", stream("x"), 11, `too_large: ${tooLarge}`],
    ["more than the limit, unannounced", stream("12345", "67890", "x"), undefined, `too_large: ${tooLarge}`],
    ["less than announced", stream("12345"), 9, "cut_short: Of 9 bytes that were announced 5 came."],
    ["more than announced", stream("12345"), 4, "cut_short: Of 4 bytes that were announced 5 came."],
    ["nothing though something was announced", null, 4, "cut_short: Of 4 bytes that were announced 0 came."],
    [
      "a connection that breaks",
      stream("12345", new Error("The connection was closed.\nstack")),
      9,
      "cut_short: The capture ended after 5 bytes: The connection was closed.",
    ],
  ])("%s", async (_, body, announced, problem) => {
    const refused = await keepUpload(body, announced, [folder], 10);
    if (refused.kind === "kept") throw new Error("it was kept");
    expect(`${refused.kind}: ${refused.message}`).toBe(problem);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("no folder for it", async () => {
    expect(await keepUpload(stream("x"), 1, [])).toEqual({
      kind: "no_room",
      message: "The capture cannot be kept: there is no folder for it.",
    });
  });

  test("what never ends is not waited for", async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (c) => c.enqueue(new Uint8Array(8)) });
    expect((await keepUpload(endless, undefined, [folder], 10)).kind).toBe("too_large");
  });
});
