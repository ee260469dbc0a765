import { expect, test } from "bun:test";
import { looksAtAnything, syslogLine, text } from "./payload-builder.test-support.ts";
import { isSyslog } from "./syslog.ts";

test("a priority of at most 191 in angle brackets", () => {
  expect(isSyslog(syslogLine, 0, syslogLine.length)).toBe(true);
  expect(
    ["<0>a", "<191>", "<192>", "<>ab", "<1234>"].map((line) => isSyslog(text(line), 0, line.length)),
  ).toEqual([true, true, false, false, false]);
});

test("any bytes", () => looksAtAnything(isSyslog));
