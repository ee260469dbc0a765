import { expect, test } from "bun:test";
import { describeFlags, isImpossible } from "./tcp-flags.ts";
import { overIpv4, rulesOf, segment } from "./rules.test-support.ts";

test("of all 64 sets, those that a connection has", () => {
  const possible = Array.from({ length: 64 }, (_, flags) => flags).filter((flags) => !isImpossible(flags));
  const withoutAck = possible.filter((flags) => (flags & 0x10) === 0);
  // SYN and RST, alone or with PSH and URG.
  expect(withoutAck).toEqual([0x02, 0x04, 0x0a, 0x0c, 0x22, 0x24, 0x2a, 0x2c]);
  for (const flags of [0x10, 0x11, 0x12, 0x14, 0x15, 0x18, 0x19, 0x30, 0x38])
    expect(possible).toContain(flags);
});

test.each([
  ["null scan", 0x00, "tcp-flags"],
  ["FIN scan", 0x01, "tcp-flags"],
  ["Christmas tree", 0x29, "tcp-flags"],
  ["SYN and FIN", 0x03, "tcp-flags"],
  ["SYN", 0x02, ""],
  ["SYN of ECN", 0xc2, ""],
  ["data", 0x18, ""],
  ["reset", 0x14, ""],
])("%s", (_, flags, name) => {
  expect(rulesOf([{ data: overIpv4(6, segment(4000, 80, flags)) }])).toEqual([name]);
});

test("in words", () => {
  expect(describeFlags(0).text).toBe("sends TCP without any flag");
  expect(describeFlags(0x29).text).toBe("sends TCP with the flags FIN, PSH, URG");
});
