import { expect, test } from "bun:test";
import { looksAtAnything, sipInvite, text } from "./payload-builder.test-support.ts";
import { isSip, readSip } from "./sip.ts";

test("requests and answers", () => {
  expect(isSip(sipInvite, 0, sipInvite.length)).toBe(true);
  expect(readSip(sipInvite, 0, sipInvite.length)).toEqual({ name: "sip:bob@example.org", detail: "INVITE" });
  const answer = text("SIP/2.0 180 Ringing\r\n");
  expect(isSip(answer, 0, answer.length)).toBe(true);
  expect(readSip(answer, 0, answer.length)).toEqual({ detail: "180" });
  expect(isSip(text("INVITE friends"), 0, 14)).toBe(false);
});

test("any bytes", () => {
  looksAtAnything(isSip);
  looksAtAnything(readSip);
});
