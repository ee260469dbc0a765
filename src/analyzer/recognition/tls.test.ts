import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import {
  clientHello,
  looksAtAnything,
  serverHello,
  text,
  tlsRecord,
} from "./payload-builder.test-support.ts";
import { isSsl2Hello, isTlsHandshake, isTlsRecord, readTls } from "./tls.ts";

test("records of every type, and of no other length or version", () => {
  for (const type of [20, 21, 22, 23, 24]) {
    const record = tlsRecord(type, new Uint8Array(type === 20 ? 1 : 32));
    expect(isTlsRecord(record, 0, record.length)).toBe(true);
  }
  for (const wrong of [
    "19 0303 0010",
    "17 0305 0010",
    "17 0303 0000",
    "17 0303 ffff",
    "14 0303 0002",
    "16 03 03",
  ])
    expect(isTlsRecord(bytes(wrong), 0, bytes(wrong).length)).toBe(false);
});

test("only hellos begin a handshake", () => {
  expect(isTlsHandshake(clientHello(), 0, 60)).toBe(true);
  const data = tlsRecord(23, new Uint8Array(32));
  expect(isTlsHandshake(data, 0, data.length)).toBe(false);
});

test("server name, application protocol and the version that the server chose", () => {
  const hello = clientHello();
  expect(readTls(hello, 0, hello.length)).toEqual({ name: "example.org", detail: "h2" });
  expect(readTls(serverHello(), 0, serverHello().length)).toEqual({ detail: "TLS 1.3" });
});

test("the hello of SSL 2", () => {
  const hello = bytes("801c 01 0301 0003 0000 0010 010080", new Uint8Array(16));
  expect(isSsl2Hello(hello, 0, hello.length)).toBe(true);
  expect(isSsl2Hello(text("\u0080 something else"), 0, 16)).toBe(false);
});

test("any bytes", () => {
  looksAtAnything((b, s, e) => [isTlsRecord(b, s, e), isTlsHandshake(b, s, e), isSsl2Hello(b, s, e)]);
  looksAtAnything(readTls);
});
