import { expect, test } from "bun:test";
import { isOwnHost, isOwnOrigin } from "./host-guard.ts";

test.each([
  ["localhost:8050", true],
  ["LOCALHOST", true],
  ["127.0.0.1:8050", true],
  ["192.168.1.5", true],
  ["[::1]:8050", true],
  ["lab:8050", true],
  ["evil.example:8050", false],
  ["localhost.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["user@localhost", false],
  ["localhost:8050:1", false],
  ["127.0.0.1:99999", false],
  ["999.1.1.1", false],
  ["[1111111111111111:]", false],
  ["", false],
  [undefined, false],
])("Host %p: %p", (host, own) => {
  expect(isOwnHost(host, ["Lab"])).toBe(own);
});

test.each([
  [undefined, true],
  ["http://127.0.0.1:8050", true],
  ["http://127.0.0.1:8051", false],
  ["http://evil.example", false],
  ["null", false],
])("Origin %p: %p", (origin, own) => {
  expect(isOwnOrigin(origin, "127.0.0.1:8050")).toBe(own);
});
