import { expect, test } from "bun:test";
import { nearestName } from "./nearest-name.ts";

const names = ["src", "dst", "port", "protocol", "dns", "udp.port"];

test.each([
  ["srx", "src"],
  ["scr", "src"],
  ["DSN", "dns"],
  ["prot", "port"],
  ["proto", "port"],
  ["protoc", "protocol"],
  ["udpport", "udp.port"],
  ["x", undefined],
  ["", undefined],
  ["quite else", undefined],
  ["a".repeat(100_000), undefined],
])("%p may mean %p", (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});
