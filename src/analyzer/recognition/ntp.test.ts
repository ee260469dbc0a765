import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { isNtp } from "./ntp.ts";
import { looksAtAnything, ntpRequest } from "./payload-builder.test-support.ts";

test("requests whole, control messages short", () => {
  expect(isNtp(ntpRequest, 0, 48)).toBe(true);
  expect(isNtp(ntpRequest, 0, 47)).toBe(false);
  expect(isNtp(bytes("1602 0001 0000 0000 0000 0000"), 0, 12)).toBe(true);
  expect(isNtp(new Uint8Array(48), 0, 48)).toBe(false);
});

test("any bytes", () => looksAtAnything(isNtp));
