import { expect, test } from "bun:test";
import { bytes, u16 } from "../capture/bytes-builder.test-support.ts";
import { isDnsMessage, isDnsStream, readDns } from "./dns.ts";
import { dnsAnswer, dnsName, dnsQuery, looksAtAnything, text } from "./payload-builder.test-support.ts";

const query = dnsQuery("www.example.org");
const answer = dnsAnswer("example.org", "0a000001", "20010db8000000000000000000000001");

test("questions and answers on any port, odd ones on DNS's own", () => {
  expect(isDnsMessage(query, 0, query.length, true)).toBe(true);
  expect(isDnsMessage(answer, 0, answer.length, true)).toBe(true);
  const update = bytes(u16(1), u16(0x2800), new Uint8Array(8));
  expect(isDnsMessage(update, 0, update.length, true)).toBe(false);
  expect(isDnsMessage(update, 0, update.length, false)).toBe(true);
  const other = text("not DNS at all, though long enough");
  expect(isDnsMessage(other, 0, other.length, false)).toBe(false);
});

test("over TCP behind a length, which may come alone", () => {
  const stream = bytes(u16(query.length), query);
  expect(isDnsStream(stream, 0, stream.length, true)).toBe(true);
  expect(isDnsStream(stream, 0, 2, false)).toBe(true);
  expect(isDnsStream(stream, 0, 2, true)).toBe(false);
});

test("the name asked for and the addresses answered", () => {
  expect(readDns(query, 0, query.length)).toEqual({ name: "www.example.org" });
  const { name, hosts } = readDns(answer, 0, answer.length);
  expect(name).toBe("example.org");
  expect(hosts?.map((host) => [host.name, host.address.toHex()])).toEqual([
    ["example.org", "0a000001"],
    ["example.org", "20010db8000000000000000000000001"],
  ]);
});

test("an announcement without a question names its owner (RFC 6762, section 8.3)", () => {
  const record = bytes(dnsName("kim.local"), u16(1), u16(0x8001), new Uint8Array(4), u16(4), "0a000007");
  const message = bytes(u16(0), u16(0x8400), u16(0), u16(1), u16(0), u16(0), record);
  expect(readDns(message, 0, message.length)).toMatchObject({
    name: "kim.local",
    hosts: [{ name: "kim.local" }],
  });
});

test("a name that points at itself ends", () => {
  const loop = bytes(u16(1), u16(0x0100), u16(1), u16(0), u16(0), u16(0), "c00c", u16(1), u16(1));
  expect(readDns(loop, 0, loop.length)).toEqual({});
});

test("any bytes", () => {
  looksAtAnything((b, start, end) => [isDnsMessage(b, start, end, true), isDnsStream(b, start, end, false)]);
  looksAtAnything(readDns);
});
