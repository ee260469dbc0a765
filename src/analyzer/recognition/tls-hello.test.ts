import { expect, test } from "bun:test";
import { helloOf, looksAtAnything, serverHello } from "./payload-builder.test-support.ts";
import { readClientHello, readServerVersion } from "./tls-hello.ts";

const hello = helloOf("example.org", "h2");

test("a hello split over segments: what the first one has", () => {
  const nameEnd = Buffer.from(hello).indexOf("example.org") + "example.org".length;
  expect(readClientHello(hello, 0, nameEnd)).toEqual({ name: "example.org" });
  expect(readClientHello(hello, 0, nameEnd - 1)).toEqual({});
  expect(readClientHello(hello, 0, 20)).toEqual({});
});

test("versions in words; none where the hello ends before it", () => {
  const record = serverHello();
  expect(readServerVersion(record, 5, record.length)).toBe("TLS 1.3");
  expect(readServerVersion(record, 5, record.length - 6)).toBe("TLS 1.2");
  expect(readServerVersion(record, 5, 30)).toBeUndefined();
});

test("any bytes", () => {
  looksAtAnything(readClientHello);
  looksAtAnything(readServerVersion);
});
