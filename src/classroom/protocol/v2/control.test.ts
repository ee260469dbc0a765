import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { controlHeader, controlShapes, decodeControl, encodeControl, type ControlHeader } from "./control.ts";
import { v2HeaderCode } from "./header.ts";
import { maxControlBytes, maxHelloBytes } from "./limits.ts";

const headers = Object.keys(controlShapes) as ControlHeader[];

function decode(header: ControlHeader, payload: string | Uint8Array): unknown {
  const bytes = Buffer.concat([Buffer.from("??"), Buffer.from(payload as string), Buffer.from("??")]);
  return decodeControl(header, bytes, 2, bytes.length - 2);
}

test("unknown fields are passed over, wrong ones are not", () => {
  expect(decode("part", '{"ask":1,"number":2,"later":[1]}')).toEqual({ ask: 1, number: 2 });
  for (const payload of [
    "",
    "{",
    "null",
    "[]",
    '"part"',
    "{}",
    '{"ask":1}',
    '{"ask":-1,"number":2}',
    '{"ask":1,"number":-1}',
    '{"ask":1,"number":1.5}',
    '{"ask":4294967296,"number":1}',
    '{"ask":"1","number":2}',
    '{"ask":1,"number":null}',
    '\ufeff{"ask":1,"number":2}',
  ])
    expect([payload, decode("part", payload)]).toEqual([payload, undefined]);
  expect(decode("notice", Buffer.from('{"text":"\xff"}', "latin1"))).toBeUndefined();
  expect(decode("notice", '{"text":"\\ud800"}')).toBeUndefined();
  expect(decode("end", `{"transfer":1,"size":1,"sha256":"${"A".repeat(64)}"}`)).toBeUndefined();
  expect(decode("seen", `{"id":${2 ** 53}}`)).toBeUndefined();
});

test("a payload that is too long is refused before it is parsed", () => {
  expect(decode("seen", `{"id":1}`.padEnd(maxControlBytes))).toEqual({ id: 1 });
  expect(decode("seen", `{"id":1}`.padEnd(maxControlBytes + 1))).toBeUndefined();
  const hello = '{"version":"2.0","tls":true,"capabilities":[]}';
  expect(decode("hello", hello.padEnd(maxHelloBytes, " "))).toBeDefined();
  expect(decode("hello", hello.padEnd(maxHelloBytes + 1, " "))).toBeUndefined();
  expect(() => encodeControl("notice", { text: "x".repeat(maxControlBytes) })).toThrow(RangeError);
});

test("bombs of brackets and of keys are no exception", () => {
  for (const bomb of [
    "[".repeat(maxControlBytes),
    '{"a":'.repeat(10_000),
    `{"ask":${"[".repeat(30_000)}${"]".repeat(30_000)},"number":1}`,
    `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join()}}`,
    '{"__proto__":{"ask":1,"number":1}}',
  ])
    for (const header of headers)
      // All fields of a login may be missing, and unknown ones are passed over.
      if (header !== "login") expect(decode(header, bomb)).toBeUndefined();
  expect(decode("part", `{"ask":1,"number":2,"later":${"[".repeat(15)}${"]".repeat(15)}}`)).toBeDefined();
  expect(decode("part", `{"ask":1,"number":2,"later":${"[".repeat(16)}${"]".repeat(16)}}`)).toBeUndefined();
  expect(decode("notice", '{"text":"\\"[[[[[[[[[[[[[[[[[[[["}')).toEqual({ text: '"[[[[[[[[[[[[[[[[[[[[' });
});

test("any JSON and any bytes are no exception", () => {
  const anyHeader = fc.constantFrom(...headers);
  fc.assert(
    fc.property(anyHeader, fc.json(), (header, json) => {
      decode(header, json);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(anyHeader, fc.uint8Array(), (header, bytes) => {
      decode(header, bytes);
    }),
  );
});

test("which headers hold JSON", () => {
  expect(headers.map((header) => controlHeader(v2HeaderCode[header]))).toEqual(headers);
  for (const binary of ["m", "say", "chunk", "ack", "ping"] as const)
    expect(controlHeader(v2HeaderCode[binary])).toBeUndefined();
  expect(controlHeader(-1)).toBeUndefined();
});
