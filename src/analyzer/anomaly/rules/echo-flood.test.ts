import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { countsOf, host, overIpv4, overIpv6, reasonsOf, times } from "./rules.test-support.ts";

const [asked, answered] = [bytes("0800 0000 0001 0001"), bytes("0000 0000 0001 0001")];
const request = overIpv4(1, asked);

test("a flood of requests is told, as soon as it is one, and says how many there are", () => {
  const packets = times(500, (i) => ({ data: request, at: i / 500 }));
  expect(countsOf(packets)["echo-flood"]).toBeGreaterThan(250);
  expect(reasonsOf(packets).at(-1)!.text).toMatch(/^is among 4\d\d echo requests in 10 s to the receiver$/);
});

test("of many sources, and over IPv6", () => {
  const spread = times(500, (i) => ({ data: overIpv4(1, asked, { from: host(1000 + i) }), at: i / 500 }));
  expect(countsOf(spread)["echo-flood"]).toBeGreaterThan(250);
  const sixth = overIpv6(58, bytes("8000 0000 0001 0001"));
  expect(countsOf(times(500, (i) => ({ data: sixth, at: i / 500 })))["echo-flood"]).toBeGreaterThan(250);
});

test("the victim's answers are told too", () => {
  const back = overIpv4(1, answered, { from: host(2), to: host(1) });
  const packets = times(800, (i) => ({ data: i % 2 === 0 ? request : back, at: i / 800 }));
  const counts = countsOf(packets);
  expect(counts["echo-flood"]).toBeGreaterThan(150);
  expect(counts["echo-answers"]).toBe(counts["echo-flood"]);
  expect(reasonsOf(packets).at(-1)!.text).toMatch(/^answers 3\d\d echo requests in 10 s$/);
});

test.each<[string, { data: Uint8Array; at: number }[]]>([
  ["five a second for a minute", times(300, (i) => ({ data: request, at: i / 5 }))],
  [
    "a monitor that asks 1,000 hosts",
    times(1000, (i) => ({ data: overIpv4(1, asked, { to: host(i) }), at: 0 })),
  ],
  ["answers alone", times(500, (i) => ({ data: overIpv4(1, answered), at: i / 500 }))],
  ["a request that is cut", times(500, (i) => ({ data: overIpv4(1, bytes("08")), at: i / 500 }))],
])("%s: nothing", (_, packets) => {
  expect(countsOf(packets)).toEqual({});
});
