import { expect, test } from "bun:test";
import type { NetworkInterfaceInfo } from "node:os";
import { joinHint, pageLinks } from "./join-hint.ts";

const at = (address: string, internal = false): NetworkInterfaceInfo =>
  ({ address, internal, family: address.includes(":") ? "IPv6" : "IPv4" }) as NetworkInterfaceInfo;

const interfaces = {
  lo: [at("127.0.0.1", true), at("::1", true)],
  eth0: [at("192.168.1.10"), at("fe80::1"), at("2001:db8::1")],
  wlan0: [at("10.0.0.7"), at("169.254.3.4")],
};

test("every address for a server on all of them, the port only where it is not the usual one", () => {
  expect(joinHint(interfaces, "::", 10_000)).toBe(
    "Students join with: pcs join 192.168.1.10  or  pcs join 10.0.0.7",
  );
  expect(joinHint(interfaces, "0.0.0.0", 12_000)).toBe(
    "Students join with: pcs join 192.168.1.10 12000  or  pcs join 10.0.0.7 12000",
  );
});

test("the one address for a server on one, nothing where only this machine can join", () => {
  expect(joinHint(interfaces, "2001:db8::1", 10_000)).toBe("Students join with: pcs join 2001:db8::1");
  expect(joinHint(interfaces, "127.0.0.1", 10_000)).toBeUndefined();
  expect(joinHint({}, "::", 10_000)).toBeUndefined();
});

test("the page's links: those other machines reach, else this machine's own", () => {
  expect(pageLinks(interfaces, "::", 10_081, "http")).toEqual([
    "http://192.168.1.10:10081/",
    "http://10.0.0.7:10081/",
  ]);
  expect(pageLinks(interfaces, "2001:db8::1", 80, "https")).toEqual(["https://[2001:db8::1]:80/"]);
  expect(pageLinks(interfaces, "127.0.0.1", 81, "http")).toEqual(["http://127.0.0.1:81/"]);
  expect(pageLinks({}, "::", 81, "http")).toEqual(["http://localhost:81/"]);
});
