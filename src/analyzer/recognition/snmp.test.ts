import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { looksAtAnything, snmpGet } from "./payload-builder.test-support.ts";
import { isSnmp, readSnmp } from "./snmp.ts";

test("versions 1 to 3", () => {
  expect(isSnmp(snmpGet, 0, snmpGet.length)).toBe(true);
  expect(readSnmp(snmpGet, 0, snmpGet.length)).toEqual({ detail: "version 2c" });
  const three = bytes("3030 020103 300d 0201010202 05c0 0401 04 020103");
  expect(isSnmp(three, 0, three.length)).toBe(true);
  expect(readSnmp(three, 0, three.length)).toEqual({ detail: "version 3" });
});

test("another sequence, such as a certificate, is none", () => {
  expect(isSnmp(bytes("30820122 300d 0609 2a864886"), 0, 12)).toBe(false);
  expect(isSnmp(bytes("3008 020101 0401 61 30 00"), 0, 10)).toBe(false);
});

test("any bytes", () => {
  looksAtAnything(isSnmp);
  looksAtAnything(readSnmp);
});
