import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { looksAtAnything, smb2 } from "./payload-builder.test-support.ts";
import { isNetbiosSession, isSmb, readSmb } from "./smb.ts";

test("each version by its signature", () => {
  expect(isSmb(smb2, 0, smb2.length)).toBe(true);
  expect(readSmb(smb2, 0, smb2.length)).toEqual({ detail: "SMB 2" });
  expect(readSmb(bytes("00000020 ff534d42"), 0, 8)).toEqual({ detail: "SMB 1" });
  expect(isSmb(bytes("00000020 ff534d43"), 0, 8)).toBe(false);
});

test("the session around them", () => {
  expect(
    ["81000044", "82000000", "8300000180", "85000000"].map((hex) => isNetbiosSession(bytes(hex), 0, 4)),
  ).toEqual([true, true, true, true]);
  expect(isNetbiosSession(bytes("81000043"), 0, 4)).toBe(false);
});

test("any bytes", () => {
  looksAtAnything((b, s, e) => [isSmb(b, s, e), isNetbiosSession(b, s, e)]);
  looksAtAnything(readSmb);
});
