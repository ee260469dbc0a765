import { expect, test } from "bun:test";
import { isDhcp, readDhcp } from "./dhcp.ts";
import { dhcpRequest, looksAtAnything } from "./payload-builder.test-support.ts";

const request = dhcpRequest("kim-pc");

test("the cookie tells it anywhere, the port without it", () => {
  expect(isDhcp(request, 0, request.length, false)).toBe(true);
  expect(isDhcp(request, 0, 236, false)).toBe(false);
  expect(isDhcp(request, 0, 236, true)).toBe(true);
});

test("host name, vendor class, and the address asked for", () => {
  const facts = readDhcp(request, 0, request.length);
  expect(facts).toMatchObject({ name: "kim-pc", detail: "MSFT", hosts: [{ name: "kim-pc" }] });
  expect(facts.hosts![0]!.address.toHex()).toBe("0a000105");
});

test("any bytes", () => {
  looksAtAnything((b, s, e) => [isDhcp(b, s, e, false), isDhcp(b, s, e, true)]);
  looksAtAnything(readDhcp);
});
