import { describe, expect, test } from "bun:test";
import { createAccess, isLoopback, isSame, makeSecret, mayRead, needsToken } from "./access.ts";

test.each([
  ["127.0.0.1", false, false],
  ["127.8.0.1", false, false],
  ["::1", false, false],
  ["localhost", false, false],
  ["127.0.0.1", true, true],
  ["0.0.0.0", false, true],
  ["::", false, true],
  ["192.168.1.5", false, true],
  ["127.0.0.1.example", false, true],
])("on %s, root %p: token needed %p", (host, isRoot, needed) => {
  expect(needsToken(host, isRoot)).toBe(needed);
  expect(isLoopback(host)).toBe(!needed || isRoot);
});

describe("mayRead", () => {
  const access = createAccess("secret");
  test("everyone where no token is needed", () => {
    expect(mayRead(createAccess(undefined), undefined, undefined)).toBe(true);
  });
  test.each([
    ["Bearer secret", undefined, true],
    ["bearer  secret", undefined, true],
    ["Bearer other", undefined, false],
    ["Bearer ", undefined, false],
    ["Basic secret", undefined, false],
    [undefined, undefined, false],
    [undefined, "secret", false],
    [undefined, access.session, true],
    [`Bearer ${access.session}`, undefined, false],
    ["Bearer other", access.session, false],
  ])("%p with cookie %p: %p", (authorization, cookie, may) => {
    expect(mayRead(access, authorization, cookie)).toBe(may);
  });
});

test("secrets are new each time, long, and fit a URL", () => {
  expect(makeSecret()).toMatch(/^[\w-]{32}$/);
  expect(makeSecret()).not.toBe(makeSecret());
  expect(isSame("a", "a")).toBe(true);
  expect(isSame("a", "ab")).toBe(false);
});
