import { expect, test } from "bun:test";
import { looksAtAnything, sshBanner } from "./payload-builder.test-support.ts";
import { isSshBanner, readSsh } from "./ssh.ts";

test("the banner without its line end", () => {
  expect(isSshBanner(sshBanner, 0, sshBanner.length)).toBe(true);
  expect(readSsh(sshBanner, 0, sshBanner.length)).toEqual({ detail: "SSH-2.0-OpenSSH_9.6" });
});

test("any bytes", () => {
  looksAtAnything(isSshBanner);
  looksAtAnything(readSsh);
});
