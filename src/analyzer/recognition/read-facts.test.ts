import { expect, test } from "bun:test";
import { bytes, u16 } from "../capture/bytes-builder.test-support.ts";
import { application } from "./application-protocols.ts";
import { clientHello, dnsQuery, looksAtAnything, ntpRequest } from "./payload-builder.test-support.ts";
import { readFacts } from "./read-facts.ts";

test("by the application; DNS over TCP has a length before it", () => {
  const hello = clientHello();
  expect(readFacts(application.tls, hello, 0, hello.length, true)?.name).toBe("example.org");
  const query = dnsQuery("example.org");
  const stream = bytes(u16(query.length), query);
  expect(readFacts(application.dns, query, 0, query.length, false)?.name).toBe("example.org");
  expect(readFacts(application.dns, stream, 0, stream.length, true)?.name).toBe("example.org");
  expect(readFacts(application.ntp, ntpRequest, 0, 48, false)).toBeUndefined();
});

test("any payload under any application", () => {
  for (const protocol of Object.values(application))
    looksAtAnything((b, s, e) => (e - s < 13 ? 0 : readFacts(protocol, b, s, e, false)));
});
