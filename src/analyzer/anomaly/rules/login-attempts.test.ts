import { describe, expect, test } from "bun:test";
import { loginPairs } from "./limits.ts";
import {
  ascii,
  countsOf,
  host,
  overIpv4,
  reasonsOf,
  segment,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

const [syn, synAck, ack] = [0x02, 0x12, 0x10];
const [client, service] = [host(5), host(6)];

function sent(port: number, servicePort: number, flags: number, text = "", from = client): Uint8Array {
  return overIpv4(6, segment(port, servicePort, flags, ascii(text)), { from, to: service });
}

function answered(port: number, servicePort: number, flags: number, text = "", to = client): Uint8Array {
  return overIpv4(6, segment(servicePort, port, flags, ascii(text)), { from: service, to });
}

/** A connection of four packets. */
function connection(i: number, seconds: number, servicePort = 22): TimedPacket[] {
  const [port, at] = [4000 + i, i * seconds];
  return [
    { data: sent(port, servicePort, syn), at },
    { data: answered(port, servicePort, synAck), at },
    { data: sent(port, servicePort, ack), at },
    { data: answered(port, servicePort, ack, "SSH-2.0-x"), at },
  ];
}

describe("logins one after the other", () => {
  test("connections, of which all packets are told from the fifteenth on", () => {
    const packets = times(100, (i) => connection(i, 0.2)).flat();
    expect(countsOf(packets)["login-attempts"]).toBeGreaterThan(300);
    expect(reasonsOf(packets).at(-1)!.text).toMatch(
      /^belongs to \d+ connections to port 22 of 10.0.0.6 in 30 s/,
    );
  });

  test.each([
    ["FTP", 21, "530 Login incorrect.\r\n"],
    ["POP3", 110, "-ERR no\r\n"],
    ["SMTP", 587, "535 no\r\n"],
  ])("refusals of %s", (_, port, text) => {
    const packets = times(10, (i) => ({ data: answered(4000, port, ack, text), at: i / 2 }));
    expect(countsOf(packets)).toEqual({ "login-attempts": 5 });
  });

  test("not someone at work, nor a long session, nor answers of another kind", () => {
    expect(countsOf(times(30, (i) => connection(i, 20)).flat())).toEqual({});
    const session = times(2000, (i) => ({ data: sent(4000, 22, ack, "x"), at: i / 100 }));
    expect(countsOf([...connection(0, 1), ...session])).toEqual({});
    expect(countsOf(times(50, (i) => ({ data: answered(4000, 21, ack, "230 ok\r\n"), at: i })))).toEqual({});
  });

  test("not connections that are never accepted, nor those of the web", () => {
    expect(countsOf(times(200, (i) => ({ data: sent(4000 + i, 22, syn), at: i / 50 })))).toEqual({});
    expect(countsOf(times(100, (i) => connection(i, 0.2, 443)).flat())).toEqual({});
  });
});

test("ever new clients give way to each other", () => {
  const flood = times(loginPairs * 3, (i) => ({ data: answered(4000, 22, synAck, "", host(100 + i)) }));
  expect(reasonsOf(flood).at(-1)!.evicted).toBeGreaterThan(loginPairs);
});
