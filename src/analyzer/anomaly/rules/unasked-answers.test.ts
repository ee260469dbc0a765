import { describe, expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { answeredHosts } from "./limits.ts";
import {
  countsOf,
  datagram,
  dnsQuestion,
  host,
  overIpv4,
  reasonsOf,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

const [victim, server] = [host(9), host(20)];
const [dns, ntp, snmp] = [53, 123, 161];

function answer(from: number, port: number, length: number, at: number, to = victim): TimedPacket {
  return { data: overIpv4(17, datagram(port, 4000, new Uint8Array(length)), { from, to }), at };
}

function question(port: number, payload: Uint8Array, at: number, to = server): TimedPacket {
  return { data: overIpv4(17, datagram(4000, port, payload), { from: victim, to }), at };
}

describe("answers that nobody asked for", () => {
  test("large ones of one server", () => {
    const packets = times(100, (i) => answer(server, dns, 1200, i / 50));
    expect(countsOf(packets)["amplification"]).toBeGreaterThan(85);
    expect(reasonsOf(packets).at(-1)!.text).toMatch(
      /^is among \d+ answers of about 1,242 bytes from about 1 server/,
    );
  });

  test("small ones of many servers", () => {
    const packets = times(100, (i) => answer(host(20 + i), ntp, 60, i / 50));
    expect(countsOf(packets)["amplification"]).toBeGreaterThan(70);
  });

  test("their later pieces, which have no ports", () => {
    const later = overIpv4(17, new Uint8Array(800), {
      from: server,
      to: victim,
      fragment: 185,
      identification: 7,
    });
    const packets = times(20, (i) => answer(server, dns, 1200, i / 50));
    expect(countsOf([...packets, { data: later, at: 0.5 }])["amplification"]).toBe(
      countsOf(packets)["amplification"]! + 1,
    );
    expect(countsOf([{ data: later }])).toEqual({});
  });

  test("not those that were asked for, by name or of everyone", () => {
    const asked = times(100, (i) => [
      question(dns, dnsQuestion("example.org"), i / 50),
      answer(server, dns, 1200, i / 50),
    ]);
    expect(countsOf(asked.flat())).toEqual({});
    const everyone = question(1900, new Uint8Array(80), 0, 0xeffffffa);
    expect(countsOf([everyone, ...times(100, (i) => answer(host(20 + i), 1900, 400, i / 50))])).toEqual({});
  });

  test("not the small ones of a few servers, where only one direction is seen", () => {
    expect(countsOf(times(300, (i) => answer(host(20 + (i % 3)), dns, 120, i / 50)))).toEqual({});
  });

  test("ever new victims give way to each other", () => {
    const flood = times(answeredHosts * 3, (i) => answer(server, dns, 100, 0, host(100 + i)));
    expect(reasonsOf(flood).at(-1)!.evicted).toBeGreaterThan(answeredHosts);
  });
});

describe("questions for as much as there is", () => {
  const getBulk = bytes("3026 020101 0406", "7075626c6963", "a519 0201 01");

  test.each<[string, number, Uint8Array, boolean]>([
    ["DNS for anything", dns, dnsQuestion("example.org", 255), true],
    ["NTP's monitor list", ntp, bytes("1700 032a 00000000"), true],
    ["SNMP in bulk", snmp, bytes("3026 020101 0406 7075626c6963 a519 020101"), true],
    ["DNS for an address", dns, dnsQuestion("example.org"), false],
    ["NTP for the time", ntp, new Uint8Array(48).fill(0x23, 0, 1), false],
    ["SNMP for one value", snmp, bytes("3026 020101 0406 7075626c6963 a019 020101"), false],
    ["SNMP cut short", snmp, getBulk.subarray(0, 8), false],
  ])("%s", (_, port, payload, isTold) => {
    const counts = countsOf(times(60, (i) => question(port, payload, i / 50)));
    expect(counts["amplifier-request"] ?? 0).toBe(isTold ? 40 : 0);
    const seldom = countsOf(times(60, (i) => question(port, payload, i * 5)));
    expect(seldom).toEqual({});
  });
});
