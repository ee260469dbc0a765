import { expect, test } from "bun:test";
import { parseSelectionQuery } from "./selection-query.ts";

test.each([
  ["", "all"],
  ["capture=2&limit=5", "all"],
  ["src=10.0.0.0/8", "source = a000000/8"],
  ["dst=::1", "destination = 0:0:0:1/128"],
  ["protocol=dns&port=53", "(any 0 port = 53 and protocol 10)"],
  ["from=1&to=1", "(time < 1 0 and time >= 1 0)"],
  ["from=1.5&to=1700000000.123456789", "(time < 1700000000 123456789 and time >= 1 500000000)"],
  ["q=dns+or+tcp&port=53", "((layer 2048 or protocol 10) and any 0 port = 53)"],
])("%p selects %p", (query, key) => {
  const parsed = parseSelectionQuery(new URLSearchParams(query));
  expect(parsed.kind === "filter" && parsed.key).toBe(key);
});

test("the same by parameters and by filter, in any order", () => {
  const keys = ["src=10.0.0.1&protocol=tcp", "protocol=tcp&src=10.0.0.1", "q=tcp+and+src+10.0.0.1"].map(
    (query) => {
      const parsed = parseSelectionQuery(new URLSearchParams(query));
      return parsed.kind === "filter" ? parsed.key : undefined;
    },
  );
  expect(new Set(keys).size).toBe(1);
});

test.each([
  ["src=", "The parameter 'src' is empty."],
  ["q=+", "The parameter 'q' is empty."],
  ["src=1.2.3.4&src=1.2.3.5", "The parameter 'src' stands there 2 times."],
  ["src=1.2.3", "'1.2.3' is no address: write one like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32."],
  ["dst=1.2.3.4/x", "'1.2.3.4/x' is no range: behind an address of IPv4 stands / and a number from 0 to 32."],
  ["port=http", "'http' is no port: ports are numbers from 0 to 65535."],
  ["port=-1", "'-1' is no port: ports are numbers from 0 to 65535."],
  ["protocol=dsn", "There is no protocol 'dsn': did you mean 'dns'?"],
  ["from=yesterday", "'yesterday' is no time: times are seconds since 1970, such as 1700000000.25."],
  ["from=2&to=1.5", "The span ends before it begins: 'to' must not be less than 'from'."],
  ["from=1e9", "'1e9' is no time: times are seconds since 1970, such as 1700000000.25."],
])("%p is refused: %p", (query, message) => {
  expect(parseSelectionQuery(new URLSearchParams(query))).toEqual({ kind: "problem", message });
});

test("what is wrong in a display filter has its place", () => {
  expect(parseSelectionQuery(new URLSearchParams("port=53&q=dns+and+x"))).toMatchObject({
    at: { start: 8, end: 9 },
  });
});
